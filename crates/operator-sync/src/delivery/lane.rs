//! The messages of one consent, in their order.

use std::collections::VecDeque;

use consent::{ConsentId, StatementId};
use jiff::Timestamp;
use operator_protocol::statement::StatementHead;

use super::{Effect, Item, Parcel, Precedence, Standing};
use crate::backoff::{Backoff, Jitter, RetryAfter};

/// How often an operator may say that it is still at work before it counts as a refusal.
const MOST_UNDERWAY: u32 = 12;

/// What the first message of a lane lacks before it can go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Need {
    #[default]
    Nothing,
    /// The operator must have the record first.
    Record,
    /// The message must be signed on another head first.
    Signature,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Lane {
    items: VecDeque<Item>,
    pub(super) need: Need,
    pub(super) backoff: Backoff,
    /// Conflicts and missing records since a message was last accepted. The first is put right
    /// at once; an operator that keeps finding new ones must not be asked in a tight loop.
    repairs: u32,
    underway: u32,
}

impl Lane {
    pub(super) fn insert(&mut self, item: Item) {
        if self.items.iter().any(|known| known.message == item.message) {
            return;
        }
        let place = self
            .items
            .partition_point(|known| known.position <= item.position);
        self.items.insert(place, item);
    }

    pub(super) fn keep_waiting_as(&mut self, old: &Self) {
        self.backoff = old.backoff;
        self.repairs = old.repairs;
        self.underway = old.underway;
        if self.head().map(|item| item.message) == old.head().map(|item| item.message) {
            self.need = old.need;
        }
    }

    pub(super) fn head(&self) -> Option<&Item> {
        self.items.front()
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub(super) fn is_movable(&self) -> bool {
        self.need != Need::Signature
            && self
                .head()
                .is_some_and(|item| item.standing == Standing::Owed)
    }

    /// Lanes with a withdrawal go first, then those that have waited longest.
    pub(super) fn rank(&self) -> (bool, u64) {
        let withdraws = self
            .items
            .iter()
            .any(|item| item.precedence == Precedence::Withdrawal);
        (
            !withdraws,
            self.head().map_or(u64::MAX, |item| item.position),
        )
    }

    pub(super) fn parcel(&self) -> Option<Parcel> {
        let head = self.head()?;
        Some(match self.need {
            Need::Record => Parcel::RecordOf(head.consent),
            Need::Nothing | Need::Signature => Parcel::Message(head.message),
        })
    }

    pub(super) fn settle(&mut self, parcel: Parcel) -> Option<Effect> {
        self.backoff.on_success();
        self.underway = 0;
        match parcel {
            Parcel::RecordOf(_) => {
                self.need = Need::Nothing;
                None
            }
            Parcel::Message(_) => {
                self.repairs = 0;
                self.need = Need::Nothing;
                self.items
                    .pop_front()
                    .map(|item| Effect::Settled(item.message))
            }
        }
    }

    pub(super) fn set_aside(&mut self) -> Option<Effect> {
        let head = self.items.front_mut()?;
        head.standing = Standing::SetAside;
        let message = head.message;
        self.need = Need::Nothing;
        self.backoff.on_success();
        self.underway = 0;
        Some(Effect::SetAside(message))
    }

    pub(super) fn on_conflict(
        &mut self,
        consent: ConsentId,
        parcel: Parcel,
        head: Option<StatementHead>,
        now: Timestamp,
        jitter: Jitter,
    ) -> Option<Effect> {
        let Parcel::Message(message) = parcel else {
            return self.set_aside();
        };
        self.on_repair(now, jitter);
        self.need = Need::Signature;
        Some(Effect::Resign {
            consent,
            message,
            head,
        })
    }

    pub(super) fn on_record_unknown(
        &mut self,
        parcel: Parcel,
        now: Timestamp,
        jitter: Jitter,
    ) -> Option<Effect> {
        if matches!(parcel, Parcel::RecordOf(_)) {
            return self.set_aside();
        }
        self.on_repair(now, jitter);
        self.need = Need::Record;
        None
    }

    pub(super) fn on_underway(&mut self, now: Timestamp, jitter: Jitter) -> Option<Effect> {
        self.underway = self.underway.saturating_add(1);
        if self.underway > MOST_UNDERWAY {
            return self.set_aside();
        }
        self.wait(None, now, jitter)
    }

    pub(super) fn wait(
        &mut self,
        retry_after: Option<RetryAfter>,
        now: Timestamp,
        jitter: Jitter,
    ) -> Option<Effect> {
        self.backoff.on_failure(retry_after, now, jitter);
        None
    }

    pub(super) fn replace(&mut self, signed_anew: &[(StatementId, StatementId)]) {
        for item in &mut self.items {
            if let Some((_, new)) = signed_anew.iter().find(|(old, _)| *old == item.message) {
                item.message = *new;
                item.standing = Standing::Owed;
            }
        }
        self.need = Need::Nothing;
    }

    pub(super) fn try_again(&mut self, message: StatementId) {
        for item in &mut self.items {
            if item.message == message {
                item.standing = Standing::Owed;
            }
        }
    }

    fn on_repair(&mut self, now: Timestamp, jitter: Jitter) {
        if self.repairs > 0 {
            self.backoff.on_failure(None, now, jitter);
        }
        self.repairs = self.repairs.saturating_add(1);
    }
}
