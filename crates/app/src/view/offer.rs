//! Proactive offers, and why the person sees them.

use serde::Serialize;
use ts_rs::TS;

use super::{SubjectView, TextView, ValueView};

/// The answer of a rule, or of a part of one, in three-valued (Kleene) logic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum VerdictView {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// The vault does not know enough.
    Unknown,
}

/// Where an offer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum OfferStateView {
    /// Not dealt with.
    Open,
    /// Set aside by the person.
    Dismissed,
    /// Accepted; the request is on its way.
    Accepting,
    /// Accepted; it became a request.
    Accepted,
}

/// An offer, matched inside the vault for one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OfferView {
    /// The offer.
    pub id: String,
    /// The service's name.
    pub service: TextView,
    /// Its title.
    pub title: TextView,
    /// What it is, in a sentence or two.
    pub summary: TextView,
    /// For whom it was matched.
    pub subject: SubjectView,
    /// The subject's identifier: names them when the offer is accepted.
    pub subject_id: String,
    /// Whether it fits.
    pub verdict: VerdictView,
    /// Its criteria in the service's words.
    pub criteria: Vec<TextView>,
    /// Its rule, step by step, with the person's values.
    pub why: TraceView,
    /// The names of values that the vault would need to know.
    pub missing: Vec<TextView>,
    /// The last day (`YYYY-MM-DD`).
    pub ends: Option<String>,
    /// Where it stands.
    pub state: OfferStateView,
    /// The request that it became.
    pub request_id: Option<String>,
}

/// What a step of a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TraceKindView {
    /// All of the parts must hold.
    All,
    /// One of the parts must hold.
    Any,
    /// The part must not hold.
    Not,
    /// A comparison.
    Comparison,
}

/// A step of a rule with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TraceView {
    /// What it is.
    pub kind: TraceKindView,
    /// Its answer.
    pub verdict: VerdictView,
    /// Its parts; empty for a comparison.
    pub parts: Vec<TraceView>,
    /// The comparison, if it is one.
    pub comparison: Option<ComparisonView>,
}

/// How two operands are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ComparisonOperatorView")]
pub enum OperatorView {
    /// Equal.
    Is,
    /// Not equal.
    IsNot,
    /// Less or earlier.
    Below,
    /// Less, earlier, or equal.
    AtMost,
    /// More or later.
    Above,
    /// More, later, or equal.
    AtLeast,
    /// One of a list.
    OneOf,
}

/// A comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ComparisonView {
    /// The left side.
    pub left: OperandView,
    /// How they are compared.
    pub operator: OperatorView,
    /// The right side.
    pub right: OperandView,
}

/// What is done with a value before it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TransformView {
    /// Nothing.
    None,
    /// Only its year counts.
    Year,
    /// The age in whole years counts.
    Age,
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OperandView {
    /// The value's name, when it is one of the person's.
    pub label: Option<TextView>,
    /// What is done with it.
    pub transform: TransformView,
    /// The value; absent when the vault does not know it.
    pub value: Option<ValueView>,
}
