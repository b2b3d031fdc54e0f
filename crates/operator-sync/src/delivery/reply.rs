//! What the operator's answer means for a message.

use operator_protocol::problem::{Problem, ProblemKind};
use operator_protocol::statement::StatementHead;

use crate::backoff::RetryAfter;
use crate::failure::{Failure, Refusal};

/// The operator's reply to one message, as far as its delivery is concerned.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// It has the message.
    Accepted,
    /// It does not take the message, and will not.
    Refused,
    /// Its chain has a newer head than the one that the message was signed on.
    ChainConflict(Option<StatementHead>),
    /// It does not have the record that the message is about.
    RecordUnknown,
    /// It is still at work on an earlier copy of the same message.
    Underway,
    /// It failed on this message, or something else answered; others may fare better.
    Trouble(Option<RetryAfter>),
    /// It wants to be left alone for a while.
    Busy(Option<RetryAfter>),
    /// It could not be reached.
    Unreachable,
    /// It wants a fresh access token first.
    Unauthorised,
    /// It answered with a receipt that does not hold, so whether it has the message is not known.
    Unsound,
    /// We hung up ourselves.
    Interrupted,
}

impl Reply {
    /// Returns what a failed exchange means for the message.
    ///
    /// Only what names the message itself sets it aside. A conflict that names nothing known is
    /// the operator being at work on it: that is what the idempotency key draft has it answer.
    pub fn of(failure: &Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => Self::of_refusal(refusal),
            Failure::Unauthorised => Self::Unauthorised,
            Failure::Busy { retry_after } => Self::Busy(*retry_after),
            Failure::ServerTrouble { retry_after } => Self::Trouble(*retry_after),
            Failure::Interrupted => Self::Interrupted,
            Failure::Offline | Failure::Untrusted => Self::Unreachable,
            Failure::TimedOut
            | Failure::NotUnderstood { .. }
            | Failure::TooLarge
            | Failure::WrongContentType
            | Failure::ForeignAddress => Self::Trouble(None),
        }
    }

    fn of_refusal(refusal: &Refusal) -> Self {
        if refusal.status != 409 {
            return Self::Refused;
        }
        let problem = refusal.problem.as_ref();
        match problem.and_then(Problem::known_kind) {
            Some(ProblemKind::ChainConflict) => {
                Self::ChainConflict(problem.and_then(|problem| problem.head.clone()))
            }
            Some(ProblemKind::RecordUnknown) => Self::RecordUnknown,
            Some(
                ProblemKind::RecordDiffers
                | ProblemKind::BadSignature
                | ProblemKind::UnknownPurpose
                | ProblemKind::RequestExpired
                | ProblemKind::NotAuthorised
                | ProblemKind::KeyReused,
            ) => Self::Refused,
            None => Self::Underway,
        }
    }
}

/// What a newer head means for the chain that this device has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// The head is the very message: the operator has it, only its receipt was lost.
    AlreadyThere,
    /// The head is an earlier message of ours, or there is none yet: sign on top of it.
    Behind,
    /// The head is a statement that this vault lacks, as after restoring a backup: fetch the
    /// chain first, then sign on top of it.
    Unknown,
}

impl Conflict {
    /// Compares the operator's head with the message's hash and with the hashes of the chain.
    pub fn of<'a>(
        head: Option<&StatementHead>,
        message_hash: &str,
        chain: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let Some(head) = head else {
            return Self::Behind;
        };
        if head.hash == message_hash {
            Self::AlreadyThere
        } else if chain.into_iter().any(|hash| hash == head.hash) {
            Self::Behind
        } else {
            Self::Unknown
        }
    }
}
