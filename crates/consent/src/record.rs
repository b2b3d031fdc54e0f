//! The life of one consent record.
//!
//! The states are those of the Data Privacy Vocabulary 2.3 (requested, deferred, given, refused,
//! withdrawn, revoked, expired), and `paused`, which the MyData architecture calls deactivated.
//!
//! ```text
//! requested ◀─defer─▶ deferred
//!     │ └──────give──────┐
//!   refuse               ▼
//!     ▼                given ◀─pause / resume─▶ paused
//!  refused               └──────────┬─────────────┘
//!                       withdraw / revoke / expire
//!                                   ▼
//!                     withdrawn, revoked or expired
//! ```

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ConsentId;

/// Where a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Status {
    /// Asked for, and not answered (`dpv:ConsentRequested`).
    Requested,
    /// Put off by the person (`dpv:ConsentRequestDeferred`).
    Deferred,
    /// In force until its date (`dpv:ConsentGiven`).
    Given,
    /// Answered with no (`dpv:ConsentRefused`). Final.
    Refused,
    /// Held by the person for a while.
    Paused,
    /// Taken back by the person (`dpv:ConsentWithdrawn`). Final.
    Withdrawn,
    /// Ended by another party (`dpv:ConsentRevoked`). Final.
    Revoked,
    /// Ended by time (`dpv:ConsentExpired`). Final.
    Expired,
}

impl Status {
    /// Returns whether nothing can happen to the record any more.
    pub const fn is_final(self) -> bool {
        matches!(
            self,
            Self::Refused | Self::Withdrawn | Self::Revoked | Self::Expired
        )
    }
}

/// What someone, or time, wants to do to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Command {
    /// Says yes.
    Give,
    /// Says no, for good.
    Refuse,
    /// Says that the answer comes later.
    Defer,
    /// Holds a permission for a while.
    Pause,
    /// Lets a held permission go on.
    Resume,
    /// Takes a permission back, for good.
    Withdraw,
    /// Ends a permission from the other side.
    Revoke,
    /// Ends a permission whose date has come.
    Expire,
}

/// What happened to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EventKind {
    /// The person said yes.
    Given,
    /// The person said no.
    Refused,
    /// The person put the answer off.
    Deferred,
    /// The person holds it for a while.
    Paused,
    /// The person lets it go on.
    Resumed,
    /// The person took it back.
    Withdrawn,
    /// Another party ended it.
    Revoked,
    /// Its date came.
    Expired,
}

impl EventKind {
    /// Returns the status that a record has once this has happened to it.
    pub const fn resulting_status(self) -> Status {
        match self {
            Self::Given | Self::Resumed => Status::Given,
            Self::Refused => Status::Refused,
            Self::Deferred => Status::Deferred,
            Self::Paused => Status::Paused,
            Self::Withdrawn => Status::Withdrawn,
            Self::Revoked => Status::Revoked,
            Self::Expired => Status::Expired,
        }
    }
}

/// One step in the life of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// The record.
    pub consent: ConsentId,
    /// When it happened on this device.
    pub at: Timestamp,
    /// What happened.
    pub kind: EventKind,
}

/// What [`decide`] needs to know of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConsentRecord {
    /// The record.
    pub id: ConsentId,
    /// Where it stands.
    pub status: Status,
    /// When it ends by itself.
    pub expires_at: Timestamp,
}

/// A command that the record's status does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a record that is {status:?} does not allow {command:?}")]
pub struct TransitionError {
    /// Where the record stands.
    pub status: Status,
    /// What was wanted.
    pub command: Command,
}

/// Returns what `command` does to `record` at `now`, changing nothing.
///
/// # Errors
///
/// Returns [`TransitionError`] when the record's status, or its date, does not allow the command.
pub fn decide(
    record: &ConsentRecord,
    command: Command,
    now: Timestamp,
) -> Result<Event, TransitionError> {
    use Status::{Deferred, Expired, Given, Paused, Refused, Requested, Revoked, Withdrawn};

    let lapsed = now >= record.expires_at;
    let kind = match (record.status, command) {
        (Requested | Deferred, Command::Give) if !lapsed => EventKind::Given,
        (Requested | Deferred, Command::Refuse) => EventKind::Refused,
        (Requested | Deferred, Command::Defer) => EventKind::Deferred,
        (Given, Command::Pause) if !lapsed => EventKind::Paused,
        (Paused, Command::Resume) if !lapsed => EventKind::Resumed,
        (Given | Paused, Command::Withdraw) => EventKind::Withdrawn,
        (Given | Paused, Command::Revoke) => EventKind::Revoked,
        (Given | Paused, Command::Expire) if lapsed => EventKind::Expired,
        (
            status @ (Requested | Deferred | Given | Paused | Refused | Withdrawn | Revoked
            | Expired),
            command,
        ) => return Err(TransitionError { status, command }),
    };

    Ok(Event {
        consent: record.id,
        at: now,
        kind,
    })
}

impl ConsentRecord {
    /// Returns whether `command` would be accepted at `now`. For screens that offer choices.
    pub fn allows(&self, command: Command, now: Timestamp) -> bool {
        decide(self, command, now).is_ok()
    }

    /// Returns whether data may flow at `now`: given, and its date not yet come.
    pub fn is_in_force(&self, now: Timestamp) -> bool {
        self.status == Status::Given && now < self.expires_at
    }
}

/// Folds the answers of several people, or several devices, into one status.
///
/// Fail-safe: an end or a refusal by anyone wins over a permission by anyone else, whatever the
/// order in which they became known. With nobody's answer, the status is `Requested`.
pub fn strictest(statuses: impl IntoIterator<Item = Status>) -> Status {
    let rank = |status: &Status| match status {
        Status::Requested => 0,
        Status::Deferred => 1,
        Status::Given => 2,
        Status::Paused => 3,
        Status::Expired => 4,
        Status::Refused => 5,
        Status::Revoked => 6,
        Status::Withdrawn => 7,
    };
    statuses
        .into_iter()
        .max_by_key(rank)
        .unwrap_or(Status::Requested)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    #[rstest]
    #[case::give_answers_a_request(Status::Requested, Command::Give, Some(Status::Given))]
    #[case::give_answers_what_was_put_off(Status::Deferred, Command::Give, Some(Status::Given))]
    #[case::refuse_answers_a_request(Status::Requested, Command::Refuse, Some(Status::Refused))]
    #[case::later_keeps_the_request(Status::Requested, Command::Defer, Some(Status::Deferred))]
    #[case::later_can_be_said_again(Status::Deferred, Command::Defer, Some(Status::Deferred))]
    #[case::pause_stops_the_flow(Status::Given, Command::Pause, Some(Status::Paused))]
    #[case::resume_lets_it_go_on(Status::Paused, Command::Resume, Some(Status::Given))]
    #[case::withdraw_works_while_given(Status::Given, Command::Withdraw, Some(Status::Withdrawn))]
    #[case::withdraw_works_while_paused(Status::Paused, Command::Withdraw, Some(Status::Withdrawn))]
    #[case::another_party_may_end_it(Status::Given, Command::Revoke, Some(Status::Revoked))]
    #[case::expire_waits_for_its_date(Status::Given, Command::Expire, None)]
    #[case::a_given_permission_is_not_given_twice(Status::Given, Command::Give, None)]
    #[case::a_request_cannot_be_withdrawn(Status::Requested, Command::Withdraw, None)]
    fn decide_follows_the_life_of_a_record(
        #[case] status: Status,
        #[case] command: Command,
        #[case] expected: Option<Status>,
    ) {
        let outcome = decide(&record(status), command, day(1));

        assert_eq!(
            outcome.map(|event| event.kind.resulting_status()),
            expected.ok_or(TransitionError { status, command })
        );
    }

    #[rstest]
    #[case(Command::Give)]
    #[case(Command::Refuse)]
    #[case(Command::Defer)]
    #[case(Command::Pause)]
    #[case(Command::Resume)]
    #[case(Command::Withdraw)]
    #[case(Command::Revoke)]
    #[case(Command::Expire)]
    fn final_stays_final(
        #[case] command: Command,
        #[values(Status::Refused, Status::Withdrawn, Status::Revoked, Status::Expired)]
        status: Status,
        #[values(1, 31)] on: i64,
    ) {
        assert!(decide(&record(status), command, day(on)).is_err());
    }

    #[rstest]
    #[case::no_more_yes(Status::Requested, Command::Give, false)]
    #[case::no_more_pause(Status::Given, Command::Pause, false)]
    #[case::no_more_resume(Status::Paused, Command::Resume, false)]
    #[case::time_may_end_it(Status::Given, Command::Expire, true)]
    #[case::time_may_end_what_is_held(Status::Paused, Command::Expire, true)]
    #[case::a_person_may_still_withdraw(Status::Given, Command::Withdraw, true)]
    #[case::a_person_may_still_refuse(Status::Requested, Command::Refuse, true)]
    fn after_its_date(#[case] status: Status, #[case] command: Command, #[case] allowed: bool) {
        assert_eq!(record(status).allows(command, day(30)), allowed);
    }

    #[test]
    fn a_lapsed_permission_is_not_in_force_even_if_nobody_wrote_it_down() {
        assert!(record(Status::Given).is_in_force(day(29)));
        assert!(!record(Status::Given).is_in_force(day(30)));
        assert!(!record(Status::Paused).is_in_force(day(1)));
    }

    proptest! {
        #[test]
        fn a_no_wins_in_whatever_order_it_comes(mut statuses in proptest::collection::vec(any_status(), 0..6), no in 0..2usize) {
            let no = [Status::Withdrawn, Status::Refused][no];
            statuses.push(no);
            statuses.reverse();
            let folded = strictest(statuses.clone());
            statuses.sort();

            prop_assert_eq!(folded, strictest(statuses));
            prop_assert!(folded.is_final());
        }
    }

    fn any_status() -> impl Strategy<Value = Status> {
        prop_oneof![
            Just(Status::Requested),
            Just(Status::Deferred),
            Just(Status::Given),
            Just(Status::Paused),
            Just(Status::Withdrawn),
        ]
    }

    fn record(status: Status) -> ConsentRecord {
        ConsentRecord {
            id: ConsentId::from_uuid(Uuid::from_u128(1)),
            status,
            expires_at: day(30),
        }
    }

    fn day(number: i64) -> Timestamp {
        Timestamp::from_second(1_788_220_800 + number * 86_400).unwrap()
    }
}
