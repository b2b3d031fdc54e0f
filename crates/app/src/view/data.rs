//! The resident's copy of what is held about them.

use serde::Serialize;
use ts_rs::TS;

use super::TextView;

/// How it went with one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum OutcomeView {
    /// The copy is here.
    Ok,
    /// The source holds nothing about the person.
    Empty,
    /// The source could not be asked.
    Failed,
    /// The source wants a stronger identification.
    NeedsStrongerIdentification,
}

/// One source's copy, or one opened file: a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SourceView {
    /// The snapshot's identifier.
    pub id: String,
    /// The source's name, or the file's.
    pub title: TextView,
    /// The operator it came through; none for a file.
    pub operator_id: Option<String>,
    /// How it went.
    pub outcome: OutcomeView,
    /// Why it failed, in the source's words.
    pub problem: Option<String>,
    /// The HTTP status of the failure.
    pub problem_status: Option<u16>,
    /// When it was fetched or opened (ISO 8601, UTC).
    pub fetched_at: String,
    /// How many values it has.
    #[ts(type = "number")]
    pub value_count: u64,
    /// Whether it is a file that the person opened.
    pub is_file: bool,
    /// The size of the bytes as they came.
    #[ts(type = "number")]
    pub raw_bytes: u64,
    /// SHA-256 of the bytes as they came, in hexadecimal.
    pub sha256: Option<String>,
    /// The first values, to recognise it by.
    pub preview: Vec<NodeView>,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum NodeKindView {
    /// It has nodes below it.
    Group,
    /// It has a value.
    Value,
    /// The source says why it gives no value; `value` holds the reason as text.
    NotAvailable,
}

/// One node of a source's tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NodeView {
    /// Its number within the snapshot.
    #[ts(type = "number")]
    pub seq: u64,
    /// Its key, as the source spells it.
    pub key: String,
    /// Its name in words.
    pub label: TextView,
    /// What it is.
    pub kind: NodeKindView,
    /// Its value; absent for a group, and for a hidden value until it is asked for.
    pub value: Option<ValueView>,
    /// Whether its value is hidden until asked for.
    pub is_masked: bool,
    /// How many nodes are directly below it.
    #[ts(type = "number")]
    pub child_count: u64,
}

/// A value, in the form in which a screen can write it in the person's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ValueView {
    /// Words.
    Text {
        /// As the source wrote them.
        text: String,
    },
    /// Words in several languages, or a code with its meaning.
    Localized {
        /// The words.
        text: TextView,
    },
    /// A day.
    Date {
        /// `YYYY-MM-DD`.
        date: String,
    },
    /// A moment.
    Moment {
        /// `YYYY-MM-DDTHH:MM:SS`, local to the source, or with an offset if the source gave one.
        moment: String,
    },
    /// A number, as the source wrote it.
    Number {
        /// The digits.
        number: String,
    },
    /// Yes or no.
    Boolean {
        /// Which.
        yes: bool,
    },
    /// Known to be empty.
    Nothing,
    /// A list without entries.
    EmptyList,
    /// Several values.
    List {
        /// Them.
        items: Vec<ValueView>,
    },
    /// Something that only its raw form shows.
    Raw {
        /// JSON.
        json: String,
    },
}
