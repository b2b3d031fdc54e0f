//! A value as two columns of a store, and back.
//!
//! The text column holds what the file said, so that a search over it finds what a person would
//! look for. Never holds more than the value: whether it is covered is a column of its own.

use std::fmt;
use std::str::FromStr;

use pii::Personal;

use crate::json;
use crate::{Reason, Value};

/// What sort of thing a node says. The names are those of the `kind` column of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Nothing itself: it only has children.
    Group,
    /// See [`Value::Text`].
    Text,
    /// See [`Value::Date`].
    Date,
    /// See [`Value::DateTime`].
    DateTime,
    /// See [`Value::Number`].
    Number,
    /// See [`Value::Boolean`].
    Boolean,
    /// See [`Value::Localized`].
    Localized,
    /// See [`Value::None`].
    None,
    /// See [`Value::EmptyList`].
    EmptyList,
    /// See [`Value::EmptyObject`].
    EmptyObject,
    /// See [`Value::List`].
    List,
    /// See [`Reason::Text`].
    Unavailable,
    /// See [`Reason::Localized`].
    UnavailableLocalized,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Group,
        Self::Text,
        Self::Date,
        Self::DateTime,
        Self::Number,
        Self::Boolean,
        Self::Localized,
        Self::None,
        Self::EmptyList,
        Self::EmptyObject,
        Self::List,
        Self::Unavailable,
        Self::UnavailableLocalized,
    ];

    /// Returns the name that a store keeps.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Text => "text",
            Self::Date => "date",
            Self::DateTime => "date_time",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Localized => "localized",
            Self::None => "none",
            Self::EmptyList => "empty_list",
            Self::EmptyObject => "empty_object",
            Self::List => "list",
            Self::Unavailable => "unavailable",
            Self::UnavailableLocalized => "unavailable_localized",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = StoredError;

    fn from_str(name: &str) -> Result<Self, StoredError> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == name)
            .ok_or(StoredError)
    }
}

/// A stored kind and text that no version of this crate writes together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the stored value is not one that this version writes")]
pub struct StoredError;

impl Value {
    /// Returns the text column for this value; its [`Value::kind`] is the other. `None` where the
    /// kind says everything.
    pub fn to_stored(&self) -> Option<String> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text.reveal().clone()),
            Self::Date { written, .. } | Self::DateTime { written, .. } => {
                Some(written.reveal().clone())
            }
            Self::Boolean(is_true) => Some(is_true.to_string()),
            Self::Localized(text) | Self::Unavailable(Reason::Localized(text)) => {
                serde_json::to_string(text.reveal()).ok()
            }
            Self::None | Self::EmptyList | Self::EmptyObject => None,
            Self::List(_) => Some(self.to_json_text()),
            Self::Unavailable(Reason::Text(text)) => Some(text.reveal().clone()),
        }
    }

    /// Returns the value that was stored as `kind` and `text`; `None` for a [`Kind::Group`].
    ///
    /// # Errors
    ///
    /// Fails if [`Value::to_stored`] never gives that text with that kind.
    pub fn from_stored(kind: Kind, text: Option<&str>) -> Result<Option<Self>, StoredError> {
        let given = text.ok_or(StoredError);
        let value = match kind {
            Kind::Group => return Ok(None),
            Kind::None => Self::None,
            Kind::EmptyList => Self::EmptyList,
            Kind::EmptyObject => Self::EmptyObject,
            Kind::Text => Self::Text(Personal::new(given?.to_owned())),
            Kind::Number => Self::Number(Personal::new(given?.to_owned())),
            Kind::Boolean => Self::Boolean(given?.parse().map_err(|_| StoredError)?),
            Kind::Date | Kind::DateTime => Self::of_text(given?.to_owned()),
            Kind::Localized => Self::Localized(Personal::new(from_json(given?)?)),
            Kind::List => Self::of_scalar(json::parse(given?).map_err(|_| StoredError)?.json),
            Kind::Unavailable => Self::Unavailable(Reason::Text(Personal::new(given?.to_owned()))),
            Kind::UnavailableLocalized => {
                Self::Unavailable(Reason::Localized(Personal::new(from_json(given?)?)))
            }
        };
        if value.kind() == kind {
            Ok(Some(value))
        } else {
            Err(StoredError)
        }
    }

    /// Writes a list and what may be in one as JSON, numbers as they came.
    fn to_json_text(&self) -> String {
        match self {
            Self::List(items) => {
                let items: Vec<_> = items.iter().map(Self::to_json_text).collect();
                format!("[{}]", items.join(","))
            }
            Self::Boolean(is_true) => is_true.to_string(),
            Self::Number(written) => written.reveal().clone(),
            Self::Text(text) => quoted(text.reveal()),
            Self::Date { written, .. } | Self::DateTime { written, .. } => quoted(written.reveal()),
            Self::None
            | Self::EmptyList
            | Self::EmptyObject
            | Self::Localized(_)
            | Self::Unavailable(_) => "null".to_owned(),
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, StoredError> {
    serde_json::from_str(text).map_err(|_| StoredError)
}
