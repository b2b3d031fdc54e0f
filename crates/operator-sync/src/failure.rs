//! Why an exchange with an operator came to nothing, as far as anyone acts on it.

use std::fmt;

use operator_protocol::problem::Problem;

use crate::backoff::RetryAfter;

/// Why a task was not carried out.
///
/// No variant carries an address, a header or a body: a failure may be logged.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Failure {
    /// There was no connection to the operator.
    #[error("no connection to the operator")]
    Offline,
    /// Whoever answered could not prove to be the operator (TLS).
    #[error("the operator's certificate is not trusted")]
    Untrusted,
    /// The operator was reached but took too long, or sent too slowly.
    #[error("the operator took too long")]
    TimedOut,
    /// The access token is missing, expired or revoked.
    #[error("not signed in at the operator")]
    Unauthorised,
    /// The operator understood and refused.
    #[error("the operator refused: {0}")]
    Refused(Refusal),
    /// The operator asked to be left alone for a while.
    #[error("the operator is busy")]
    Busy {
        /// For how long, if it said so.
        retry_after: Option<RetryAfter>,
    },
    /// The operator failed.
    #[error("the operator is in trouble")]
    ServerTrouble {
        /// How long to wait, if it said so.
        retry_after: Option<RetryAfter>,
    },
    /// The answer is not what the protocol says, as when a captive portal answers.
    #[error("the answer was not understood: {what}")]
    NotUnderstood {
        /// What about it: fixed words, never the answer's own.
        what: &'static str,
    },
    /// The answer is larger than any sound one.
    #[error("the answer is too large")]
    TooLarge,
    /// The answer is of another kind than asked for.
    #[error("the answer is of another content type")]
    WrongContentType,
    /// What was to be asked, or where the answer sent us, is not the operator's own address.
    #[error("the address is not the operator's")]
    ForeignAddress,
    /// We hung up, because something more urgent came.
    #[error("interrupted")]
    Interrupted,
}

impl Failure {
    /// Says whether it tells of the connection, and so of everything else that waits.
    pub const fn is_of_the_connection(&self) -> bool {
        matches!(self, Self::Offline | Self::Untrusted)
    }

    /// Returns how long the operator asked to be left alone.
    pub const fn retry_after(&self) -> Option<RetryAfter> {
        match self {
            Self::Busy { retry_after } | Self::ServerTrouble { retry_after } => *retry_after,
            Self::Offline
            | Self::Untrusted
            | Self::TimedOut
            | Self::Unauthorised
            | Self::Refused(_)
            | Self::NotUnderstood { .. }
            | Self::TooLarge
            | Self::WrongContentType
            | Self::ForeignAddress
            | Self::Interrupted => None,
        }
    }
}

/// A refusal: a status of the 4xx kind, and the operator's account of it (RFC 9457) if it gave one.
#[derive(Clone, PartialEq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// What the operator says about it. Its words are shown to the person, never logged.
    pub problem: Option<Problem>,
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refusal")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "status {}", self.status)
    }
}
