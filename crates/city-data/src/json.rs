//! JSON as the file has it: members in order, repeated names kept, numbers as written.
//!
//! `serde_json::Value` keeps one of two members with the same name and rounds large numbers; both
//! would lose what a service said about a person. This type never does either.

mod parser;

pub(crate) use parser::{Parsed, parse};

/// One JSON value (RFC 8259).
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    /// The digits as the file has them.
    Number(String),
    Text(String),
    List(Vec<Json>),
    /// The members in the file's order. A name may come more than once.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Returns whether this is neither a list nor an object.
    pub(crate) const fn is_scalar(&self) -> bool {
        match self {
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) => true,
            Self::List(_) | Self::Object(_) => false,
        }
    }

    /// Returns the words, if this is a text.
    pub(crate) fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::List(_) | Self::Object(_) => None,
        }
    }
}
