//! A request, as the person decides on it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{TextView, ValueView};

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RequestStateView {
    /// Not answered.
    Open,
    /// Put off.
    Deferred,
    /// Answered.
    Answered,
    /// Taken back by its sender.
    Cancelled,
    /// Its time is over.
    Expired,
}

/// Whom a request is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SubjectView {
    /// Whether it is the person themselves.
    pub is_self: bool,
    /// The first name, if the vault knows it.
    pub name: Option<String>,
}

/// A request in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RequestSummaryView {
    /// The request.
    pub id: String,
    /// The service's name.
    pub service: TextView,
    /// The organisation's name.
    pub requester: TextView,
    /// What for.
    pub purpose: TextView,
    /// Whom it is about.
    pub subject: SubjectView,
    /// Where it stands.
    pub state: RequestStateView,
    /// When it came (ISO 8601, UTC).
    pub received_at: String,
    /// By when an answer is hoped for.
    pub reply_by: Option<String>,
    /// Whether yes can be said.
    pub can_give: bool,
}

/// Why yes cannot be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ObstacleView {
    /// The sender is not registered with the operator.
    UnregisteredRequester,
    /// The signature does not hold.
    BadSignature,
    /// The purpose is not in the agreed list.
    UnknownPurpose,
    /// A kind of data is not in the agreed list.
    UnknownCategory,
    /// The legal ground is not in the agreed list.
    UnknownLegalBasis,
    /// A wanted field does not exist.
    UnknownField,
    /// It asks for something else than was registered.
    TermsDiffer,
    /// The notice is missing or is not the one named.
    NoticeDiffers,
    /// Its time is over.
    Expired,
    /// It asks for several purposes at once.
    SeveralPurposes,
    /// The person has no valid right to decide for the one it is about.
    NoAuthority,
}

/// Whether the vault knows a field's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum AvailabilityView {
    /// The value is in the vault.
    Known,
    /// The source was read, and has no such value.
    Absent,
    /// The vault has no copy of the source.
    NotFetched,
}

/// One field that a service wants, with the person's own value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldView {
    /// Its path: names it in the answer.
    pub path: String,
    /// Its name.
    pub label: TextView,
    /// Whether yes needs it.
    pub is_required: bool,
    /// Whether it is marked as sensitive.
    pub is_sensitive: bool,
    /// Whether the vault knows the value.
    pub availability: AvailabilityView,
    /// The person's own values (one, or several parts).
    pub values: Vec<LabelledValueView>,
}

/// A value with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LabelledValueView {
    /// The part's name; absent when the field is the value.
    pub label: Option<TextView>,
    /// The value.
    pub value: ValueView,
}

/// Where data is kept and for how long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StorageView {
    /// Two-letter codes of countries.
    pub countries: Vec<String>,
    /// How long it is kept, an ISO 8601 duration such as `P12M`.
    pub kept_for: Option<String>,
    /// How long deletion takes after that, an ISO 8601 duration.
    pub deleted_within: Option<String>,
}

/// The service's notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NoticeView {
    /// Its version.
    pub version: String,
    /// Its text in the languages that are here and whose hash holds.
    pub text: TextView,
}

/// A request with all that a decision needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RequestView {
    /// What a list shows of it.
    pub summary: RequestSummaryView,
    /// Whether the requester is registered with the operator and its signature holds.
    pub is_verified: bool,
    /// Whether the requester is a public body.
    pub is_public_body: bool,
    /// The requester's e-mail address for matters of data protection.
    pub contact: Option<String>,
    /// The operator that relayed it.
    pub operator: TextView,
    /// Where the data is.
    pub source: TextView,
    /// The legal ground as an article, such as `A6-1-a`.
    pub legal_basis: String,
    /// The last day of the permission (`YYYY-MM-DD`); none until withdrawn.
    pub valid_until: Option<String>,
    /// `once`, `continuous`, or what the sender wrote.
    pub frequency: String,
    /// Where the data is kept and for how long.
    pub storage: StorageView,
    /// Names of the organisations that receive the data.
    pub recipients: Vec<TextView>,
    /// `none`, `assisted`, `full`, or what the sender wrote.
    pub automated_decision: String,
    /// What follows from yes.
    pub if_yes: TextView,
    /// What follows from no.
    pub if_no: TextView,
    /// What follows from taking a yes back.
    pub if_withdrawn: TextView,
    /// The notice.
    pub notice: NoticeView,
    /// What is wanted.
    pub fields: Vec<FieldView>,
    /// Why yes cannot be said; empty if it can.
    pub obstacles: Vec<ObstacleView>,
    /// Whether no can be said.
    pub can_refuse: bool,
    /// Whether the answer can be put off.
    pub can_defer: bool,
    /// The permission that the answer made.
    pub permission_id: Option<String>,
}

/// The person's answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum AnswerView {
    /// Yes, with the optional fields that go along.
    #[serde(rename_all = "camelCase")]
    Give {
        /// The paths of the optional fields that are included.
        optional_fields: Vec<String>,
    },
    /// No.
    Refuse,
    /// Later.
    Later,
}
