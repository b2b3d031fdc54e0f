//! Why a message could not be taken, by what its receiver does about it.

/// A message that cannot be taken, or cannot be made.
///
/// No variant carries anything of the message: what is named is a part of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProtocolError {
    /// It exceeds a bound of [`crate::limits`]. Refused without being read to its end.
    #[error("the {0} is larger than this protocol allows")]
    TooLarge(&'static str),
    /// It does not have the shape that it must have. Sending it again would not help.
    #[error("the {0} does not have the shape that it must have")]
    Malformed(&'static str),
    /// It is well made, but of another kind than the place where it arrived.
    #[error("expected a {expected}")]
    WrongKind {
        /// The `typ` that was expected.
        expected: &'static str,
    },
    /// It asks for something that this version does not do. A newer one may.
    #[error("the {0} is not supported")]
    Unsupported(&'static str),
    /// No known key signed it. Fetching the signer's keys again may help.
    #[error("signed by a key that is not known")]
    UnknownKey,
    /// The signature is not of this content. Nothing in it may be believed.
    #[error("the signature does not hold")]
    BadSignature,
    /// What it says contradicts what is known otherwise, or itself.
    #[error("the {0} contradicts what is known")]
    Contradiction(&'static str),
}
