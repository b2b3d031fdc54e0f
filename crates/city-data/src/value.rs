//! What a leaf of an export says, typed as far as it can be known.
//!
//! A date keeps the text it was written as, and a number its digits: typing a value never changes
//! it. `Debug` prints the kind of a value and nothing of its content.

use std::borrow::Cow;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use pii::Personal;

use crate::date::{self, When};
use crate::json::Json;
use crate::{Kind, Language, LocalText};

/// The value of one node.
#[derive(Clone, PartialEq)]
pub enum Value {
    /// Words.
    Text(Personal<String>),
    /// A day.
    Date {
        /// The day.
        date: Date,
        /// The text it was read from.
        written: Personal<String>,
    },
    /// A day and a time of day.
    DateTime {
        /// The day and time as a clock on a wall shows them.
        civil: DateTime,
        /// The distance from UTC, if the file says it. Without it, local time is meant.
        offset: Option<Offset>,
        /// The text it was read from.
        written: Personal<String>,
    },
    /// A number, with the digits that the file has.
    Number(Personal<String>),
    /// Yes or no.
    Boolean(bool),
    /// The same words in up to three languages.
    Localized(Personal<LocalText>),
    /// `null`: the service knows the field and has nothing in it.
    None,
    /// A list with nothing in it.
    EmptyList,
    /// An object with nothing in it.
    EmptyObject,
    /// A list of texts, numbers and the like. A list of anything larger becomes children.
    List(Vec<Value>),
    /// The service could not give this part.
    Unavailable(Reason),
}

/// Why a service could not give a part of its data, in its own words.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// In one language. Empty if the service gave details only, which are then the children.
    Text(Personal<String>),
    /// In several languages.
    Localized(Personal<LocalText>),
}

impl Reason {
    /// Returns the words in `language`, or in another that has them.
    pub fn pick(&self, language: Language) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.reveal().as_str()).filter(|text| !text.is_empty()),
            Self::Localized(text) => text.reveal().pick(language),
        }
    }
}

impl Value {
    /// Types a text: a date if it is one of the known forms, else words.
    pub(crate) fn of_text(text: String) -> Self {
        match date::parse(&text) {
            Some(When::Day(date)) => Self::Date {
                date,
                written: Personal::new(text),
            },
            Some(When::Moment { civil, offset }) => Self::DateTime {
                civil,
                offset,
                written: Personal::new(text),
            },
            None => Self::Text(Personal::new(text)),
        }
    }

    /// Types anything but an object or a list with something in it.
    pub(crate) fn of_scalar(json: Json) -> Self {
        match json {
            Json::Null => Self::None,
            Json::Bool(is_true) => Self::Boolean(is_true),
            Json::Number(written) => Self::Number(Personal::new(written)),
            Json::Text(text) => Self::of_text(text),
            Json::List(items) if items.is_empty() => Self::EmptyList,
            Json::List(items) => Self::List(items.into_iter().map(Self::of_scalar).collect()),
            Json::Object(_) => Self::EmptyObject,
        }
    }

    /// Returns what sort of value this is.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Text(_) => Kind::Text,
            Self::Date { .. } => Kind::Date,
            Self::DateTime { .. } => Kind::DateTime,
            Self::Number(_) => Kind::Number,
            Self::Boolean(_) => Kind::Boolean,
            Self::Localized(_) => Kind::Localized,
            Self::None => Kind::None,
            Self::EmptyList => Kind::EmptyList,
            Self::EmptyObject => Kind::EmptyObject,
            Self::List(_) => Kind::List,
            Self::Unavailable(Reason::Text(_)) => Kind::Unavailable,
            Self::Unavailable(Reason::Localized(_)) => Kind::UnavailableLocalized,
        }
    }

    /// Returns the point in time, if the file says the distance from UTC.
    pub fn timestamp(&self) -> Option<Timestamp> {
        let Self::DateTime { civil, offset, .. } = self else {
            return None;
        };
        (*offset)?.to_timestamp(*civil).ok()
    }

    /// Returns the words of the value as the file has them, with nothing translated but
    /// [`Value::Localized`]. Empty where there is nothing to say. For searching, comparing and
    /// plain lists.
    pub fn plain(&self, language: Language) -> Cow<'_, str> {
        match self {
            Self::Text(text) | Self::Number(text) => Cow::Borrowed(text.reveal()),
            Self::Date { written, .. } | Self::DateTime { written, .. } => {
                Cow::Borrowed(written.reveal())
            }
            Self::Boolean(true) => Cow::Borrowed("true"),
            Self::Boolean(false) => Cow::Borrowed("false"),
            Self::Localized(text) => Cow::Borrowed(text.reveal().pick(language).unwrap_or("")),
            Self::None | Self::EmptyList | Self::EmptyObject => Cow::Borrowed(""),
            Self::List(items) => {
                let words: Vec<_> = items.iter().map(|item| item.plain(language)).collect();
                Cow::Owned(words.join(", "))
            }
            Self::Unavailable(reason) => Cow::Borrowed(reason.pick(language).unwrap_or("")),
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.kind())
    }
}
