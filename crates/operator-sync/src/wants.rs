//! What is to be fetched from the operator, each with its own waiting.
//!
//! Nothing here is stored: at the start everything routine is wanted once, which also makes good
//! whatever was being fetched when the app stopped.

use std::collections::BTreeMap;
use std::time::Duration;

use consent::{Language, OfferId};
use jiff::Timestamp;
use operator_protocol::event::{Event, EventKind};
use url::Url;

use crate::backoff::{Backoff, Jitter};
use crate::failure::Failure;

/// More pages than a sound operator has: it is leading us round in circles.
const MOST_PAGES: u32 = 1000;

/// Something to fetch, in the order in which it is fetched.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Want {
    /// The request that an accepted offer leads to.
    OfferAnswer(OfferId),
    /// What this person may decide for others.
    Delegations,
    /// One access request.
    Request(Url),
    /// All access requests that wait.
    Requests,
    /// One receipt.
    Receipt(Url),
    /// All consents and their chains.
    Consents,
    /// The access log, from the newest entry that we have.
    AccessLog,
    /// The data using services.
    Services,
    /// The data sources.
    Sources,
    /// The schema of what a source holds.
    Schema(Url),
    /// The text of a notice.
    Notice(Url, Language),
    /// What a source holds about this person.
    Snapshot(Url),
    /// The catalogue of offers.
    Offers,
}

impl Want {
    /// What is fetched again and again, and how often at least.
    pub const ROUTINE: [(Self, Duration); 7] = [
        (Self::Delegations, Duration::from_secs(6 * 60 * 60)),
        (Self::Requests, Duration::from_secs(6 * 60 * 60)),
        (Self::Consents, Duration::from_secs(24 * 60 * 60)),
        (Self::AccessLog, Duration::from_secs(6 * 60 * 60)),
        (Self::Services, Duration::from_secs(24 * 60 * 60)),
        (Self::Sources, Duration::from_secs(24 * 60 * 60)),
        (Self::Offers, Duration::from_secs(24 * 60 * 60)),
    ];

    /// What is fetched when events were missed (RFC 8936 gives no way to ask for them again).
    pub const RESYNC: [Self; 4] = [
        Self::Delegations,
        Self::Requests,
        Self::Consents,
        Self::AccessLog,
    ];

    /// Says whether it is in the person's name, and so needs an access token.
    pub const fn is_personal(&self) -> bool {
        match self {
            Self::OfferAnswer(_)
            | Self::Delegations
            | Self::Request(_)
            | Self::Requests
            | Self::Receipt(_)
            | Self::Consents
            | Self::AccessLog
            | Self::Snapshot(_) => true,
            Self::Services | Self::Sources | Self::Schema(_) | Self::Notice(..) | Self::Offers => {
                false
            }
        }
    }

    fn interval(&self) -> Option<Duration> {
        Self::ROUTINE
            .iter()
            .find(|(want, _)| want == self)
            .map(|(_, interval)| *interval)
    }

    /// Returns what an event gives reason to fetch.
    pub fn of_event(event: &Event, language: Language) -> Vec<Self> {
        let href = event.href.as_deref().and_then(|href| href.parse().ok());
        match (&event.kind, href) {
            (EventKind::AccessRequested, Some(href)) => vec![Self::Request(href)],
            (EventKind::AccessRequested | EventKind::AccessRequestCancelled, _) => {
                vec![Self::Requests]
            }
            (EventKind::ReceiptIssued, Some(href)) => vec![Self::Receipt(href)],
            (EventKind::ConsentStatusChanged | EventKind::ReceiptIssued, _) => {
                vec![Self::Consents]
            }
            (EventKind::DataAccessed, _) => vec![Self::AccessLog],
            (EventKind::DataUpdated, Some(href)) => vec![Self::Snapshot(href)],
            (EventKind::DataUpdated, None) => vec![Self::Sources],
            (EventKind::OfferPublished | EventKind::OfferWithdrawn, _) => vec![Self::Offers],
            (EventKind::NoticeChanged, Some(href)) => vec![Self::Notice(href, language)],
            (EventKind::DelegationChanged, _) => vec![Self::Delegations],
            (EventKind::AlgorithmEntryChanged, _) => vec![Self::Services],
            (EventKind::ResyncRequired, _) => Self::RESYNC.to_vec(),
            (
                EventKind::NoticeChanged
                | EventKind::RightsRequestUpdated
                | EventKind::TransferUpdated
                | EventKind::Unknown(_),
                _,
            ) => Vec::new(),
        }
    }
}

/// What is left of something after one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rest {
    /// Nothing: it is all here.
    Nothing,
    /// The next page, at this address.
    Page(Url),
    /// More of the same, found by what is stored by then.
    More,
}

#[derive(Clone, Debug, Default)]
struct Progress {
    page: Option<Url>,
    pages: u32,
    backoff: Backoff,
    /// Wanted anew while it was being fetched: what is arriving may be too old.
    is_wanted_anew: bool,
}

/// All that is to be fetched.
#[derive(Clone, Debug, Default)]
pub struct Wants(BTreeMap<Want, Progress>);

impl Wants {
    /// Wants everything that is routine, as at the start.
    pub fn at_start() -> Self {
        Self(
            Want::ROUTINE
                .into_iter()
                .map(|(want, _)| (want, Progress::default()))
                .collect(),
        )
    }

    /// Wants something as soon as may be. What failed before keeps its waiting.
    pub fn add(&mut self, want: Want) {
        let progress = self.0.entry(want).or_default();
        if progress.backoff.failures() == 0 {
            progress.backoff.on_success();
        }
        progress.is_wanted_anew = progress.page.is_some();
    }

    /// Wants something at once, because the person asked for it.
    pub fn insist(&mut self, want: Want) {
        self.0.insert(want, Progress::default());
    }

    /// Wants all that missing events may have been about.
    pub fn add_resync(&mut self) {
        for want in Want::RESYNC {
            self.add(want);
        }
    }

    /// Says whether something is wanted, and was not fetched since.
    pub fn is_due(&self, want: &Want, now: Timestamp) -> bool {
        self.0
            .get(want)
            .is_some_and(|progress| progress.backoff.wait(now).is_none())
    }

    /// Returns what to fetch at `now`, and its page if it is not the first.
    pub fn poll(&self, now: Timestamp, may_be_personal: bool) -> Option<(Want, Option<Url>)> {
        self.0
            .iter()
            .filter(|(want, _)| may_be_personal || !want.is_personal())
            .find(|(_, progress)| progress.backoff.wait(now).is_none())
            .map(|(want, progress)| (want.clone(), progress.page.clone()))
    }

    /// Returns when the next thing may be fetched.
    pub fn next_time(&self, now: Timestamp, may_be_personal: bool) -> Option<Timestamp> {
        self.0
            .iter()
            .filter(|(want, _)| may_be_personal || !want.is_personal())
            .filter_map(|(_, progress)| progress.backoff.wait(now))
            .min()
    }

    /// Takes in that an answer has been stored.
    pub fn on_stored(&mut self, want: &Want, rest: Rest, now: Timestamp, jitter: Jitter) {
        let Some(progress) = self.0.get_mut(want) else {
            return;
        };
        progress.backoff.on_success();
        progress.pages = progress.pages.saturating_add(1);
        let is_endless = progress.pages >= MOST_PAGES;
        match rest {
            Rest::Page(page) if !is_endless => progress.page = Some(page),
            Rest::More if !is_endless => {}
            Rest::Nothing if progress.is_wanted_anew => *progress = Progress::default(),
            Rest::Nothing | Rest::Page(_) | Rest::More => self.rest(want, now, jitter),
        }
    }

    /// Takes in that it could not be fetched. Says whether it was given up.
    pub fn on_failure(
        &mut self,
        want: &Want,
        failure: &Failure,
        now: Timestamp,
        jitter: Jitter,
    ) -> bool {
        let is_final = matches!(failure, Failure::Refused(_) | Failure::ForeignAddress);
        if is_final && want.interval().is_none() {
            return self.0.remove(want).is_some();
        }
        if let Some(progress) = self.0.get_mut(want)
            && !matches!(failure, Failure::Interrupted | Failure::Unauthorised)
        {
            progress.page = None;
            progress.pages = 0;
            progress
                .backoff
                .on_failure(failure.retry_after(), now, jitter);
        }
        false
    }

    fn rest(&mut self, want: &Want, now: Timestamp, jitter: Jitter) {
        match want.interval() {
            Some(interval) => {
                let mut progress = Progress::default();
                progress.backoff.pause(jitter.spread(interval), now);
                self.0.insert(want.clone(), progress);
            }
            None => {
                self.0.remove(want);
            }
        }
    }
}

#[cfg(test)]
mod tests;
