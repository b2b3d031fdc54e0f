//! The cursor over one device's event stream: RFC 8936 poll under OpenID SSF 1.0.
//!
//! An event is acknowledged only in the poll after the one that brought it, when the store has
//! it: so each arrives at least once, and counts once by its identifier. A gap in the numbering,
//! or a stream that is gone, means that something was missed: everything is then fetched anew.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::Timestamp;
use operator_protocol::event_stream::{PollRequest, PollResponse, SetError};
use url::Url;

use crate::backoff::{Backoff, Jitter};
use crate::failure::Failure;

/// The most events asked for at once.
pub const MOST_EVENTS: u32 = 50;
/// The most events acknowledged at once.
const MOST_ACKS: usize = 500;
/// The longest wait between polls while nobody is looking; jitter makes it half of that at least.
const BACKGROUND: Duration = Duration::from_secs(60 * 60);
/// The wait after answers that bring nothing and come at once, though they could have waited.
const PAUSE: Duration = Duration::from_secs(15);
/// Empty answers that follow each other faster than this were not held back.
const HELD_BACK: Duration = Duration::from_secs(10);

/// Whether a person is looking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Attention {
    /// The window is open: the operator may keep each poll waiting for news.
    Foreground,
    /// Nobody is looking: one poll now and then.
    #[default]
    Background,
}

/// Where the events are had.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// The operator has no events.
    #[default]
    None,
    /// The stream is still to be set up.
    Missing,
    /// The stream is polled here.
    At(Url),
}

/// What to do next about events.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Set up the stream.
    CreateStream,
    /// Poll it.
    Poll(Url, PollRequest),
    /// Not before this time.
    WaitUntil(Timestamp),
    /// There are no events to be had.
    Idle,
}

/// What an answered poll brought, once the signatures have been looked at.
#[derive(Clone, Debug)]
pub struct Delivered<'a> {
    /// The poll that was answered.
    pub request: &'a PollRequest,
    /// Its answer.
    pub response: &'a PollResponse,
    /// The events of the answer that could be verified.
    pub verified: Vec<Arrival>,
    /// The others, and what is wrong with each.
    pub rejected: BTreeMap<String, SetError>,
}

/// One event whose signature holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Its identifier, by which it counts once.
    pub jti: String,
    /// Its number in the stream.
    pub seq: u64,
}

/// What the store must take in before the events are acknowledged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intake {
    /// The identifiers of the events that were not known, in the order of the stream.
    pub fresh: Vec<String>,
    /// The identifiers that the operator knows to be here, by the poll that it has answered.
    pub acknowledged: Vec<String>,
    /// The highest number of the stream that has arrived.
    pub last_seq: u64,
    /// Whether numbers are missing, so that everything must be fetched anew.
    pub is_resync_needed: bool,
}

/// The cursor over one stream.
#[derive(Clone, Debug, Default)]
pub struct Feed {
    source: Source,
    attention: Attention,
    last_seq: u64,
    unacknowledged: BTreeSet<String>,
    rejected: BTreeMap<String, SetError>,
    reported: BTreeSet<String>,
    is_eager: bool,
    backoff: Backoff,
    emptied_at: Option<Timestamp>,
}

impl Feed {
    /// Rebuilds the cursor from what is stored. It polls at once, as at every start.
    pub fn new(
        source: Source,
        last_seq: u64,
        unacknowledged: impl IntoIterator<Item = String>,
    ) -> Self {
        Self {
            source,
            last_seq,
            unacknowledged: unacknowledged.into_iter().collect(),
            is_eager: true,
            ..Self::default()
        }
    }

    /// Takes in that a person is looking, or is not any more.
    pub fn set_attention(&mut self, attention: Attention) {
        if self.attention != attention {
            self.attention = attention;
            self.on_wake();
        }
    }

    /// Polls at the next chance, as after the computer slept.
    pub fn on_wake(&mut self) {
        self.is_eager = true;
        if self.backoff.failures() == 0 {
            self.backoff.on_success();
        }
    }

    /// Returns what to do at `now`. `may_linger`: whether nothing else is due soon.
    pub fn poll(&self, now: Timestamp, may_linger: bool) -> Step {
        if self.source == Source::None {
            return Step::Idle;
        }
        if let Some(time) = self.backoff.wait(now) {
            return Step::WaitUntil(time);
        }
        match &self.source {
            Source::None => Step::Idle,
            Source::Missing => Step::CreateStream,
            Source::At(url) => {
                let lingers =
                    may_linger && !self.is_eager && self.attention == Attention::Foreground;
                Step::Poll(url.clone(), self.request(!lingers))
            }
        }
    }

    fn request(&self, return_immediately: bool) -> PollRequest {
        PollRequest {
            max_events: Some(MOST_EVENTS),
            return_immediately,
            ack: self
                .unacknowledged
                .iter()
                .take(MOST_ACKS)
                .cloned()
                .collect(),
            set_errs: self.rejected.clone(),
        }
    }

    /// Takes in an answer. Everything in the result is stored in one transaction.
    pub fn on_answer(
        &mut self,
        delivered: Delivered<'_>,
        is_known: impl Fn(&str) -> bool,
        now: Timestamp,
        jitter: Jitter,
    ) -> Intake {
        let Delivered {
            request,
            response,
            verified: mut arrivals,
            rejected,
        } = delivered;
        self.backoff.on_success();
        let mut intake = Intake {
            acknowledged: request.ack.clone(),
            ..Intake::default()
        };
        for jti in &request.ack {
            self.unacknowledged.remove(jti);
        }
        self.rejected
            .retain(|jti, _| !request.set_errs.contains_key(jti));

        arrivals.sort_by(|a, b| (a.seq, &a.jti).cmp(&(b.seq, &b.jti)));
        for arrival in arrivals {
            let is_new = !is_known(&arrival.jti) && !intake.fresh.contains(&arrival.jti);
            if self.last_seq > 0 && arrival.seq > self.last_seq.saturating_add(1) {
                intake.is_resync_needed = true;
            }
            self.last_seq = self.last_seq.max(arrival.seq);
            if is_new {
                intake.fresh.push(arrival.jti.clone());
            }
            self.unacknowledged.insert(arrival.jti);
        }
        intake.last_seq = self.last_seq;

        let mut is_progress = !intake.fresh.is_empty();
        for (jti, error) in rejected {
            is_progress |= self.reported.insert(jti.clone());
            self.rejected.insert(jti, error);
        }
        if self.reported.len() > MOST_ACKS {
            self.reported = self.rejected.keys().cloned().collect();
        }
        self.is_eager = is_progress;
        if !is_progress {
            self.on_nothing_new(response, now, jitter);
        }
        intake
    }

    fn on_nothing_new(&mut self, response: &PollResponse, now: Timestamp, jitter: Jitter) {
        let came_at_once = !response.sets.is_empty()
            || self
                .emptied_at
                .and_then(|time| time.checked_add(HELD_BACK).ok())
                .is_some_and(|time| now < time);
        match self.attention {
            Attention::Background => self.backoff.pause(jitter.spread(BACKGROUND), now),
            Attention::Foreground if came_at_once => self.backoff.pause(PAUSE, now),
            Attention::Foreground => {}
        }
        self.emptied_at = Some(now);
    }

    /// Takes in that the stream was set up. Its numbering starts anew.
    pub fn on_stream(&mut self, endpoint: Url) {
        self.source = Source::At(endpoint);
        self.last_seq = 0;
        self.unacknowledged.clear();
        self.rejected.clear();
        self.is_eager = true;
        self.backoff.on_success();
    }

    /// Takes in that it could not be polled or set up. Says whether the stream is gone, so that
    /// everything must be fetched anew.
    pub fn on_failure(&mut self, failure: &Failure, now: Timestamp, jitter: Jitter) -> bool {
        if matches!(failure, Failure::Interrupted | Failure::Unauthorised) {
            return false;
        }
        self.backoff.on_failure(failure.retry_after(), now, jitter);
        let is_gone = matches!(failure, Failure::Refused(refusal) if matches!(refusal.status, 404 | 410))
            && matches!(self.source, Source::At(_));
        if is_gone {
            self.source = Source::Missing;
            self.last_seq = 0;
            self.unacknowledged.clear();
        }
        is_gone
    }
}

#[cfg(test)]
mod tests;
