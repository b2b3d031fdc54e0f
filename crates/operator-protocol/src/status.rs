//! Where a consent stands, as statements, receipts and lists spell it.
//!
//! The terms are those of the Data Privacy Vocabulary 2.3; two states that it has no word for
//! carry this profile's prefix.

use consent::{
    PersonId,
    record::{EventKind, Status, strictest},
    request::{ActivationMode, Participant, Role},
};
use serde::{Deserialize, Serialize};

/// A status on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ConsentStatus {
    /// Asked for.
    ConsentRequested,
    /// Put off by the person.
    ConsentRequestDeferred,
    /// Given by the person.
    ConsentGiven,
    /// Given again: a paused consent goes on.
    RenewedConsentGiven,
    /// Refused by the person.
    ConsentRefused,
    /// Taken back by the person.
    ConsentWithdrawn,
    /// Ended by another party than the person.
    ConsentRevoked,
    /// Ended by its date.
    ConsentExpired,
    /// Declared void, as by a court.
    ConsentInvalidated,
    /// Held by the person for a while.
    #[serde(rename = "mdc:ConsentPaused")]
    ConsentPaused,
    /// Held by the operator for a while.
    #[serde(rename = "mdc:Suspended")]
    Suspended,
}

impl ConsentStatus {
    /// Returns what a person's device states when `kind` happened there; nothing if others, or
    /// nobody, need to know.
    pub const fn stated_for(kind: EventKind) -> Option<Self> {
        match kind {
            EventKind::Given => Some(Self::ConsentGiven),
            EventKind::Refused => Some(Self::ConsentRefused),
            EventKind::Paused => Some(Self::ConsentPaused),
            EventKind::Resumed => Some(Self::RenewedConsentGiven),
            EventKind::Withdrawn => Some(Self::ConsentWithdrawn),
            EventKind::Deferred | EventKind::Revoked | EventKind::Expired => None,
        }
    }

    /// Returns the status in the domain's words.
    pub const fn status(self) -> Status {
        match self {
            Self::ConsentRequested => Status::Requested,
            Self::ConsentRequestDeferred => Status::Deferred,
            Self::ConsentGiven | Self::RenewedConsentGiven => Status::Given,
            Self::ConsentRefused => Status::Refused,
            Self::ConsentWithdrawn => Status::Withdrawn,
            Self::ConsentRevoked | Self::ConsentInvalidated => Status::Revoked,
            Self::ConsentExpired => Status::Expired,
            Self::ConsentPaused | Self::Suspended => Status::Paused,
        }
    }

    /// Returns whether a person's device may state `self` when its chain stands at `before`.
    pub const fn may_follow(self, before: Option<Self>) -> bool {
        match self {
            Self::ConsentGiven | Self::ConsentRefused => before.is_none(),
            Self::ConsentPaused => {
                matches!(before, Some(Self::ConsentGiven | Self::RenewedConsentGiven))
            }
            Self::RenewedConsentGiven => matches!(before, Some(Self::ConsentPaused)),
            // Another device may have given it: taking back is never out of turn, but once.
            Self::ConsentWithdrawn => {
                !matches!(before, Some(Self::ConsentWithdrawn | Self::ConsentRefused))
            }
            Self::ConsentRequested
            | Self::ConsentRequestDeferred
            | Self::ConsentRevoked
            | Self::ConsentExpired
            | Self::ConsentInvalidated
            | Self::Suspended => false,
        }
    }
}

/// Folds what each participant's newest statement says into the record's status.
///
/// Fail-safe: an end or a refusal by anyone wins over what anyone else gave. Where all must
/// agree, it stays `Requested` until all have.
pub fn derive(
    activation: ActivationMode,
    participants: &[Participant],
    newest: &[(PersonId, ConsentStatus)],
) -> Status {
    let folded = strictest(newest.iter().map(|(_, status)| status.status()));
    let has_given = |person: &PersonId| {
        newest
            .iter()
            .any(|(by, status)| by == person && status.status() == Status::Given)
    };
    match activation {
        ActivationMode::AllActivatorsActivate
            if folded == Status::Given
                && !participants
                    .iter()
                    .filter(|participant| participant.role == Role::Activator)
                    .all(|participant| has_given(&participant.id)) =>
        {
            Status::Requested
        }
        ActivationMode::DataSubjectActivates
        | ActivationMode::AnyActivatorActivates
        | ActivationMode::AllActivatorsActivate
        | ActivationMode::AutomaticallyActivated => folded,
    }
}
