//! What the operator does as time passes: plans that are due, ends that nobody states, refusals
//! that may be told, things to forget.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use operator_protocol::status::ConsentStatus;

use crate::{
    Pace,
    api::statements::spell,
    operator::{Operator, work},
    refusal::Refusal,
    store::{answers, consents, events, grants, offers, plans, requests, statements},
};

/// How long events are kept for their receivers, in days (announced in discovery).
pub(crate) const EVENT_RETENTION_DAYS: u32 = 90;
/// How long a repeated call is recognised, in hours (announced in discovery).
pub(crate) const ANSWER_RETENTION_HOURS: u32 = 30 * 24;
/// How long ended tokens are kept, so that a second use is noticed.
const TOKEN_RETENTION: SignedDuration = SignedDuration::from_hours(24 * 7);
/// The longest that the operator sleeps: the clock may have been set in the meantime.
const LONGEST_SLEEP: Duration = Duration::from_secs(15);
/// The shortest, so that a plan that fails does not keep the machine busy.
const SHORTEST_SLEEP: Duration = Duration::from_millis(50);

impl Operator {
    /// Does everything that is due at `now`.
    pub(crate) fn tick(&self, now: Timestamp) -> Result<(), Refusal> {
        for planned in self.store.read(|conn| plans::list_due(conn, now))? {
            let done = self.store.write(|tx| self.carry_out(tx, &planned, now));
            if let Err(refusal) = done {
                // What cannot be done is not tried for ever.
                tracing::error!(
                    error = &refusal as &dyn std::error::Error,
                    plan = planned.id,
                    "A plan failed"
                );
                self.store.write(|tx| plans::finish(tx, planned.id, now))?;
            }
        }
        self.end_lapsed(now)?;
        self.store.write(|tx| {
            statements::tell_services(tx, now)?;
            grants::prune(tx, now.saturating_sub(TOKEN_RETENTION).unwrap_or(now))?;
            answers::prune(tx, hours_before(now, ANSWER_RETENTION_HOURS))?;
            events::prune(tx, hours_before(now, EVENT_RETENTION_DAYS * 24))
        })?;
        self.bell.notify_waiters();
        Ok(())
    }

    fn end_lapsed(&self, now: Timestamp) -> Result<(), Refusal> {
        self.store.write(|tx| {
            for record in consents::list_lapsed(tx, now)? {
                consents::insert_end(tx, record.id, &spell(ConsentStatus::ConsentExpired)?, now)?;
                let people = match &record.request {
                    Some(request) => requests::list_people(tx, request)?,
                    None => vec![record.sent_by.clone()],
                };
                self.announce_status(tx, record.id, &record.subject, &people, now)?;
            }
            for offer in offers::list_lapsed(tx, now)? {
                self.take_back_offer(tx, &offer, now)?;
            }
            Ok(())
        })
    }

    fn sleep_until_due(&self, now: Timestamp) -> Duration {
        let due = self.store.read(plans::next_due).ok().flatten();
        due.and_then(|due| Duration::try_from(due.duration_since(now)).ok())
            .unwrap_or(if due.is_some() {
                Duration::ZERO
            } else {
                LONGEST_SLEEP
            })
            .clamp(SHORTEST_SLEEP, LONGEST_SLEEP)
    }
}

/// Keeps the operator going until it stops.
pub(crate) async fn keep_up(operator: Arc<Operator>) {
    if operator.pace == Pace::ByHand {
        return;
    }
    while !operator.is_stopping.load(Ordering::SeqCst) {
        let turn = work(&operator, |operator, now| {
            operator.tick(now)?;
            Ok(operator.sleep_until_due(now))
        });
        let sleep = match turn.await {
            Ok(sleep) => sleep,
            Err(refusal) => {
                let error = &refusal as &dyn std::error::Error;
                tracing::error!(error, "The operator could not do what was due");
                LONGEST_SLEEP
            }
        };
        tokio::select! {
            () = tokio::time::sleep(sleep) => {}
            () = operator.plans_changed.notified() => {}
        }
    }
}

fn hours_before(now: Timestamp, hours: u32) -> Timestamp {
    now.saturating_sub(SignedDuration::from_hours(i64::from(hours)))
        .unwrap_or(now)
}
