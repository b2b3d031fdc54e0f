//! What to do next at one operator: one pure state, from which every step follows.
//!
//! The app rebuilds a [`Plan`] from the vault when it is unlocked, asks it for the next [`Job`],
//! and tells it what came of each, after the store has it. Clone it before a transaction and keep
//! the clone if the transaction holds: then the plan never knows more than the vault.

use jiff::Timestamp;
use operator_protocol::event_stream::PollRequest;
use url::Url;

use crate::backoff::Jitter;
use crate::contact::Access;
use crate::delivery::{self, Delivery, Parcel, Reply};
use crate::failure::Failure;
use crate::feed::{self, Feed};
use crate::wants::{Want, Wants};

/// A poll may keep the line busy for this long, so nothing else may be due before.
const LINGER: std::time::Duration = std::time::Duration::from_secs(60);
/// How often a token may be refused although it was just renewed.
const MOST_REJECTIONS: u32 = 2;

/// The state of the exchange with one operator.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Whether we may speak in the person's name.
    pub access: Access,
    /// What is owed to the operator.
    pub delivery: Delivery,
    /// The cursor over its events.
    pub feed: Feed,
    /// What is to be fetched from it.
    pub wants: Wants,
    rejections: u32,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Job {
    /// Renew the access token.
    Refresh,
    /// Send this.
    Send(Parcel),
    /// Set up the event stream.
    CreateStream,
    /// Poll the event stream.
    Poll(Url, PollRequest),
    /// Fetch this, or its page at this address.
    Fetch(Want, Option<Url>),
}

/// What to do at a time.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Do this.
    Do(Job),
    /// Nothing before this time.
    WaitUntil(Timestamp),
    /// Nothing, until something changes.
    Idle,
}

/// What the store must take in when a job failed.
#[derive(Clone, Debug, PartialEq)]
pub enum Setback {
    /// Something about a message.
    Delivery(delivery::Effect),
    /// It will not be fetched: the operator refused.
    GivenUp(Want),
    /// The stream is gone: its address and numbers are to be forgotten.
    StreamLost,
    /// The person must sign in again.
    SignInNeeded,
}

impl Plan {
    /// Makes a plan in which everything routine is to be fetched once.
    pub fn new(access: Access, delivery: Delivery, feed: Feed) -> Self {
        Self {
            access,
            delivery,
            feed,
            wants: Wants::at_start(),
            rejections: 0,
        }
    }

    /// Returns what to do at `now`. Calling it twice changes nothing.
    pub fn next(&self, now: Timestamp) -> Step {
        if let Some(time) = self.delivery.connection_wait(now) {
            return Step::WaitUntil(time);
        }
        let access = self.access.at(now);
        if access == Access::Stale {
            return Step::Do(Job::Refresh);
        }
        let is_granted = matches!(access, Access::Granted { .. });
        let delivery = if is_granted {
            self.delivery.poll(now)
        } else {
            delivery::Step::Idle
        };
        if let delivery::Step::Send(parcel) = delivery {
            return Step::Do(Job::Send(parcel));
        }
        if let Some((want, page)) = self.wants.poll(now, is_granted) {
            return Step::Do(Job::Fetch(want, page));
        }
        let due = [
            self.delivery.next_time(now).filter(|_| is_granted),
            self.wants.next_time(now, is_granted),
            self.access.ends_at().filter(|time| *time > now),
        ]
        .into_iter()
        .flatten()
        .min();
        let may_linger = due.is_none_or(|time| {
            now.checked_add(LINGER)
                .is_ok_and(|lingering| lingering < time)
        });
        let feed = if is_granted {
            self.feed.poll(now, may_linger)
        } else {
            feed::Step::Idle
        };
        let feed_due = match feed {
            feed::Step::CreateStream => return Step::Do(Job::CreateStream),
            feed::Step::Poll(url, request) => return Step::Do(Job::Poll(url, request)),
            feed::Step::WaitUntil(time) => Some(time),
            feed::Step::Idle => None,
        };
        due.into_iter()
            .chain(feed_due)
            .min()
            .map_or(Step::Idle, Step::WaitUntil)
    }

    /// Takes in the tokens that a refresh or a sign-in gave.
    pub fn on_access(&mut self, access: Access) {
        self.access = access;
        self.delivery.on_connection();
    }

    /// Takes in that the event stream was set up, and is polled here. What happened before is not
    /// in it, so all that events are about is fetched once more.
    pub fn on_stream(&mut self, endpoint: Url) {
        self.feed.on_stream(endpoint);
        self.wants.add_resync();
    }

    /// Takes in that something was answered in the person's name: the token is good.
    pub fn on_success(&mut self) {
        self.rejections = 0;
        self.delivery.on_connection();
    }

    /// Takes in that a job failed.
    pub fn on_failure(
        &mut self,
        job: &Job,
        failure: &Failure,
        now: Timestamp,
        jitter: Jitter,
    ) -> Option<Setback> {
        if *failure == Failure::Interrupted {
            return None;
        }
        if *job == Job::Refresh {
            return self.on_refresh_failure(failure, now, jitter);
        }
        if *failure == Failure::Unauthorised {
            return self.on_unauthorised();
        }
        if !matches!(job, Job::Send(_)) && failure.is_of_the_connection() {
            self.delivery.on_connection_lost(now, jitter);
            return None;
        }
        match job {
            Job::Send(parcel) => self
                .delivery
                .on_reply(*parcel, Reply::of(failure), now, jitter)
                .map(Setback::Delivery),
            Job::Fetch(want, _) => self
                .wants
                .on_failure(want, failure, now, jitter)
                .then(|| Setback::GivenUp(want.clone())),
            Job::Poll(..) | Job::CreateStream | Job::Refresh => {
                let is_gone = self.feed.on_failure(failure, now, jitter);
                if is_gone {
                    self.wants.add_resync();
                }
                is_gone.then_some(Setback::StreamLost)
            }
        }
    }

    fn on_refresh_failure(
        &mut self,
        failure: &Failure,
        now: Timestamp,
        jitter: Jitter,
    ) -> Option<Setback> {
        match failure {
            Failure::Refused(_) | Failure::Unauthorised => {
                self.access = Access::SignInNeeded;
                Some(Setback::SignInNeeded)
            }
            Failure::Offline
            | Failure::Untrusted
            | Failure::TimedOut
            | Failure::Busy { .. }
            | Failure::ServerTrouble { .. }
            | Failure::NotUnderstood { .. }
            | Failure::TooLarge
            | Failure::WrongContentType
            | Failure::ForeignAddress
            | Failure::Interrupted => {
                self.delivery.on_connection_lost(now, jitter);
                None
            }
        }
    }

    fn on_unauthorised(&mut self) -> Option<Setback> {
        self.rejections = self.rejections.saturating_add(1);
        self.access = if self.rejections > MOST_REJECTIONS {
            Access::SignInNeeded
        } else {
            self.access.refused()
        };
        (self.access == Access::SignInNeeded).then_some(Setback::SignInNeeded)
    }
}

#[cfg(test)]
mod tests;
