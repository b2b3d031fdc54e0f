//! Everything that an operator can answer: well formed, and within the protocol's bounds.
//!
//! No signature has been looked at here: who knows the pinned keys verifies each message before
//! storing anything of it.

use operator_protocol::access_log::AccessEntry;
use operator_protocol::api::ConsentEntry;
use operator_protocol::event_stream::PollResponse;
use operator_protocol::offer::OfferCatalogue;
use operator_protocol::service::ServiceDescription;
use operator_protocol::source::{Snapshot, SourceEntry, SourceSchema};
use pii::Personal;
use url::Url;

use crate::contact::Tokens;

/// The answer to a [`crate::Task`].
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// New tokens. The refresh token that bought them is spent.
    Tokens(Tokens),
    /// The event stream was set up, and is polled here.
    Stream(Url),
    /// The operator has the record.
    RecordStored,
    /// A receipt, to be verified.
    Receipt(Personal<String>),
    /// Events, each to be verified.
    Events(PollResponse),
    /// Delegations, each to be verified.
    Delegations(Vec<Personal<String>>),
    /// Access requests, each to be verified.
    Requests(Listed<Personal<String>>),
    /// An access request, to be verified.
    Request(Personal<String>),
    /// Consents and their chains, to be verified against our own.
    Consents(Listed<ConsentEntry>),
    /// Data using services.
    Services(Listed<ServiceDescription>),
    /// Data sources.
    Sources(Vec<SourceEntry>),
    /// A schema.
    Schema(Box<SourceSchema>),
    /// What a source holds.
    Snapshot {
        /// What tells this copy from a later one.
        etag: Option<String>,
        /// The copy.
        snapshot: Box<Snapshot>,
    },
    /// The copy that we have is still the newest.
    NotModified,
    /// The text of a notice: exactly these bytes are what its hash is of.
    Notice(String),
    /// The catalogue of offers, each to be verified.
    Offers(OfferCatalogue),
    /// Who used what.
    AccessLog {
        /// The entries, oldest first.
        entries: Vec<AccessEntry>,
        /// After which number there are more.
        next: Option<u64>,
    },
}

impl Answer {
    /// Names the answer for a log line: fixed words, no content.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Tokens(_) => "tokens",
            Self::Stream(_) => "stream",
            Self::RecordStored => "record_stored",
            Self::Receipt(_) => "receipt",
            Self::Events(_) => "events",
            Self::Delegations(_) => "delegations",
            Self::Requests(_) => "requests",
            Self::Request(_) => "request",
            Self::Consents(_) => "consents",
            Self::Services(_) => "services",
            Self::Sources(_) => "sources",
            Self::Schema(_) => "schema",
            Self::Snapshot { .. } => "snapshot",
            Self::NotModified => "not_modified",
            Self::Notice(_) => "notice",
            Self::Offers(_) => "offers",
            Self::AccessLog { .. } => "access_log",
        }
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Where the next page is.
    pub next: Option<Url>,
}
