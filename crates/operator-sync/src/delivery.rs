//! The outbox as the loop sees it: an order of sending, and times to wait for.
//!
//! Every consent has a lane of its own. Within a lane messages go strictly in order; between
//! lanes those with a withdrawal go first. Sends nothing and stores nothing: it is rebuilt from
//! the stored rows, and a message that was being sent when the app died is simply sent again,
//! under the same key.

mod lane;
#[cfg(test)]
mod properties;
mod reply;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use consent::{ConsentId, StatementId};
use jiff::Timestamp;
use operator_protocol::statement::StatementHead;

use crate::backoff::{Backoff, Jitter};
use lane::{Lane, Need};
pub use reply::{Conflict, Reply};

/// One message owed to the operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// Names the message, and is the key under which it counts once.
    pub message: StatementId,
    /// The consent that it is about, and so the lane that it waits in.
    pub consent: ConsentId,
    /// What kind of message it is.
    pub kind: Kind,
    /// Whether it may overtake other consents' messages.
    pub precedence: Precedence,
    /// Its place in the outbox.
    pub position: u64,
    /// Whether it is still to be sent.
    pub standing: Standing,
}

/// What kind of message is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A consent record.
    Record,
    /// A signed statement about a record's status.
    Statement,
}

/// Whether a message may overtake those of other consents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precedence {
    /// It takes a permission back: it goes first, with all that must precede it.
    Withdrawal,
    /// It waits for its turn.
    Ordinary,
}

/// Whether a message is still to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is to be sent, or was being sent when the app stopped.
    Owed,
    /// The operator refused it for good. It holds up what follows it in its own lane.
    SetAside,
}

/// What is sent at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Parcel {
    /// A message of the outbox.
    Message(StatementId),
    /// The record of a consent, once more: the operator does not have it.
    RecordOf(ConsentId),
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Send this and report the reply.
    Send(Parcel),
    /// Nothing may be sent before this time.
    WaitUntil(Timestamp),
    /// Nothing is owed that could be sent.
    Idle,
}

/// What the store must take in, in the transaction that takes in the reply.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// The operator has the message: it is no longer owed.
    Settled(StatementId),
    /// The operator refused the message for good.
    SetAside(StatementId),
    /// The chain has a newer head: this message and those after it in the consent are to be
    /// signed anew on top of it, then given to [`Delivery::replace`].
    Resign {
        /// The consent whose chain it is.
        consent: ConsentId,
        /// The first message that does not fit.
        message: StatementId,
        /// The head as the operator has it; none if its chain is empty.
        head: Option<StatementHead>,
    },
}

/// All that is owed to one operator.
#[derive(Clone, Debug, Default)]
pub struct Delivery {
    lanes: BTreeMap<ConsentId, Lane>,
    everyone: Backoff,
}

impl Delivery {
    /// Rebuilds the outbox from its stored rows, in any order.
    pub fn from_rows(rows: impl IntoIterator<Item = Item>) -> Self {
        let mut delivery = Self::default();
        for item in rows {
            delivery.enqueue(item);
        }
        delivery
    }

    /// Adds a message. Adding it twice changes nothing.
    pub fn enqueue(&mut self, item: Item) {
        self.lanes.entry(item.consent).or_default().insert(item);
    }

    /// Brings the outbox in line with its stored rows, and keeps what it is waiting for.
    pub fn reconcile(&mut self, rows: impl IntoIterator<Item = Item>) {
        let mut fresh = Self::from_rows(rows);
        fresh.everyone = self.everyone;
        for (consent, lane) in &mut fresh.lanes {
            if let Some(old) = self.lanes.get(consent) {
                lane.keep_waiting_as(old);
            }
        }
        *self = fresh;
    }

    /// Returns what to do at `now`. Calling it twice changes nothing.
    pub fn poll(&self, now: Timestamp) -> Step {
        let movable = || self.lanes.values().filter(|lane| lane.is_movable());
        if movable().next().is_none() {
            return Step::Idle;
        }
        if let Some(time) = self.everyone.wait(now) {
            return Step::WaitUntil(time);
        }
        let ready = movable()
            .filter(|lane| lane.backoff.wait(now).is_none())
            .min_by_key(|lane| lane.rank());
        if let Some(parcel) = ready.and_then(Lane::parcel) {
            return Step::Send(parcel);
        }
        movable()
            .filter_map(|lane| lane.backoff.wait(now))
            .min()
            .map_or(Step::Idle, Step::WaitUntil)
    }

    /// Takes in the operator's reply to what [`Step::Send`] named.
    pub fn on_reply(
        &mut self,
        parcel: Parcel,
        reply: Reply,
        now: Timestamp,
        jitter: Jitter,
    ) -> Option<Effect> {
        match reply {
            Reply::Busy(retry_after) => self.everyone.on_failure(retry_after, now, jitter),
            Reply::Unreachable => self.everyone.on_failure(None, now, jitter),
            Reply::Interrupted => {}
            Reply::Accepted
            | Reply::Refused
            | Reply::ChainConflict(_)
            | Reply::RecordUnknown
            | Reply::Underway
            | Reply::Trouble(_)
            | Reply::Unauthorised
            | Reply::Unsound => self.everyone.on_success(),
        }
        let consent = self.lane_of(parcel)?;
        let lane = self.lanes.get_mut(&consent)?;
        let effect = match reply {
            Reply::Accepted => lane.settle(parcel),
            Reply::Refused => lane.set_aside(),
            Reply::ChainConflict(head) => lane.on_conflict(consent, parcel, head, now, jitter),
            Reply::RecordUnknown => lane.on_record_unknown(parcel, now, jitter),
            Reply::Underway => lane.on_underway(now, jitter),
            Reply::Trouble(retry_after) => lane.wait(retry_after, now, jitter),
            Reply::Unsound => lane.wait(None, now, jitter),
            Reply::Busy(_) | Reply::Unreachable | Reply::Unauthorised | Reply::Interrupted => None,
        };
        self.lanes.retain(|_, lane| !lane.is_empty());
        effect
    }

    /// Puts newly signed messages in the place of those that did not fit the chain.
    pub fn replace(&mut self, consent: ConsentId, signed_anew: &[(StatementId, StatementId)]) {
        if let Some(lane) = self.lanes.get_mut(&consent) {
            lane.replace(signed_anew);
        }
    }

    /// Owes again what was set aside, because the person asked for it.
    pub fn try_again(&mut self, message: StatementId) {
        for lane in self.lanes.values_mut() {
            lane.try_again(message);
        }
    }

    /// Forgets the waiting that came of a connection being down, because it is up again.
    pub fn on_connection(&mut self) {
        self.everyone.on_success();
    }

    /// Waits before anything is sent, because the operator could not be reached.
    pub fn on_connection_lost(&mut self, now: Timestamp, jitter: Jitter) {
        self.everyone.on_failure(None, now, jitter);
    }

    /// Returns until when nothing at all is sent, unless that time has come.
    pub fn connection_wait(&self, now: Timestamp) -> Option<Timestamp> {
        self.everyone.wait(now)
    }

    /// Returns how many messages the operator does not have yet, set aside or not.
    pub fn owed(&self) -> usize {
        self.lanes.values().map(Lane::len).sum()
    }

    /// Returns when something that waits may next be sent.
    pub fn next_time(&self, now: Timestamp) -> Option<Timestamp> {
        match self.poll(now) {
            Step::WaitUntil(time) => Some(time),
            Step::Send(_) => Some(now),
            Step::Idle => None,
        }
    }

    fn lane_of(&self, parcel: Parcel) -> Option<ConsentId> {
        match parcel {
            Parcel::RecordOf(consent) => self
                .lanes
                .get(&consent)
                .filter(|lane| lane.need == Need::Record)
                .map(|_| consent),
            Parcel::Message(message) => self
                .lanes
                .iter()
                .find(|(_, lane)| lane.head().is_some_and(|item| item.message == message))
                .map(|(consent, _)| *consent),
        }
    }
}
