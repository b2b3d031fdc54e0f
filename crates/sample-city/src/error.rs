//! Why something about the city cannot be said.

use consent::PersonId;
use operator_protocol::ProtocolError;

/// What can go wrong with the sample city.
#[derive(Debug, thiserror::Error)]
pub enum CityError {
    /// A file of the city is not what it should be: the city is broken, not its caller.
    #[error("cannot read the sample city's {file}")]
    File {
        /// The file, below `data/`.
        file: &'static str,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// A schema of the city is not a schema: the city is broken, not its caller.
    #[error("cannot read the sample city's {file}")]
    Schema {
        /// The file, below `data/`.
        file: &'static str,
        /// Why.
        #[source]
        source: ProtocolError,
    },
    /// A service or a request names somebody or something that the city does not have.
    #[error("the sample city has no {0}")]
    Missing(String),
    /// The request is about a child, and nobody in the city may decide for that person.
    #[error("nobody in the sample city decides for {0}")]
    NoGuardian(PersonId),
    /// The time is too far from today to add to it.
    #[error("the time is out of range")]
    Time(#[from] jiff::Error),
}
