//! Why something could not be done.

use city_data::ReadError;
use consent::record::TransitionError;
use operator_protocol::ProtocolError;
use vault::{OpenError, VaultError};

/// Why something could not be done, as far as a caller treats it differently.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// What was asked for is not in this vault.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// The record's status does not allow it.
    #[error(transparent)]
    Transition(#[from] TransitionError),
    /// Yes cannot be said to the request.
    #[error("the request cannot be given a yes")]
    NotAcceptable,
    /// The request has been answered already, or was taken back.
    #[error("the request is not open")]
    RequestClosed,
    /// The operator wants the person to sign in first.
    #[error("the person must sign in first")]
    SignInNeeded,
    /// The operator's keys are not those that were pinned when it was first trusted.
    #[error("the operator's keys are not those that were pinned")]
    OperatorChanged,
    /// The passphrase is shorter than it may be.
    #[error("the passphrase is too short")]
    PassphraseTooShort,
    /// A message could not be made or understood.
    #[error("a message does not hold")]
    Protocol(#[from] ProtocolError),
    /// A file could not be read.
    #[error("the file could not be read")]
    File(#[from] ReadError),
    /// Something stored is not what this version writes.
    #[error("the stored {0} is not one that this version writes")]
    Stored(&'static str),
    /// The vault could not be opened.
    #[error("the vault could not be opened")]
    Open(#[from] OpenError),
    /// The vault failed.
    #[error("the vault failed")]
    Vault(#[from] VaultError),
}
