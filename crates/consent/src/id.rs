//! Typed identifiers: the parties', as the wire spells them, and our own.

use serde::{Deserialize, Serialize};

/// The most bytes that an identifier from outside may have.
pub const MAX_ID_BYTES: usize = 512;

/// An identifier that is empty, longer than [`MAX_ID_BYTES`], or has control characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct NotAnId;

macro_rules! wire_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Reads an identifier as the wire spells it.
            ///
            /// # Errors
            ///
            /// Fails if the text is empty, too long, or has control characters.
            pub fn parse(text: impl Into<String>) -> Result<Self, NotAnId> {
                let text = text.into();
                let sound = (1..=MAX_ID_BYTES).contains(&text.len())
                    && !text.chars().any(char::is_control);
                if sound { Ok(Self(text)) } else { Err(NotAnId) }
            }

            /// Returns the identifier as the wire spells it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;
            fn try_from(text: String) -> Result<Self, NotAnId> {
                Self::parse(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Self::parse(text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

wire_id! {
    /// A person, by the surrogate that one operator knows them by.
    PersonId
}
wire_id! {
    /// A MyData operator: its issuer URL.
    OperatorId
}
wire_id! {
    /// An organisation: the controller of a source or of a service.
    OrganisationId
}
wire_id! {
    /// A data source: where data about a person is held.
    DataSourceId
}
wire_id! {
    /// A data using service: what asks to use a person's data.
    DataUsingServiceId
}
wire_id! {
    /// An access request, as its sender numbered it.
    RequestId
}
wire_id! {
    /// A proactive offer, as its sender numbered it.
    OfferId
}

macro_rules! own_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(uuid::Uuid);

        impl $name {
            /// Names something by a freshly drawn UUID (version 7).
            pub const fn from_uuid(uuid: uuid::Uuid) -> Self {
                Self(uuid)
            }

            /// Returns the UUID.
            pub const fn as_uuid(self) -> uuid::Uuid {
                self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                text.parse().map(Self).map_err(|_| NotAnId)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

own_id! {
    /// A consent record: one answer by one person to one request.
    ConsentId
}
own_id! {
    /// A signed statement that is owed to an operator, and the key under which it counts once.
    StatementId
}
own_id! {
    /// One copy of what one source holds, as it was at one time.
    SnapshotId
}
