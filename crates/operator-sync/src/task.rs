//! Everything that can be asked of an operator, as plain data.

use consent::{ConsentId, Language, OfferId, PersonId, StatementId};
use operator_protocol::event_stream::PollRequest;
use pii::{Personal, Secret};
use url::Url;

/// One thing to ask of an operator. The driver carries it out and answers with an
/// [`crate::Answer`] of the kind named at each.
#[derive(Clone, Debug, PartialEq)]
pub enum Task {
    /// Buys a new access token. Answered with `Tokens`; a refusal means signing in anew.
    RefreshTokens {
        /// The refresh token, good for once.
        refresh: Secret<String>,
    },
    /// Sets up the event stream of this device. Answered with `Stream`.
    CreateStream,
    /// Stores a consent record. Answered with `RecordStored`.
    PutRecord {
        /// The consent, by which the record is known.
        consent: ConsentId,
        /// The record's canonical bytes, exactly as they were hashed (RFC 8785).
        body: Personal<String>,
    },
    /// Sends a signed statement. Answered with `Receipt`.
    PostStatement {
        /// Names the statement: it counts once under this key.
        message: StatementId,
        /// The statement.
        jws: Personal<String>,
    },
    /// Asks for the access request that an accepted offer leads to. Answered with `Request`.
    RequestFromOffer {
        /// The offer.
        offer: OfferId,
        /// The offer's template.
        template: String,
        /// The person whom the request is to be about.
        subject: PersonId,
        /// The key under which asking counts once.
        key: StatementId,
    },
    /// Polls the event stream and acknowledges (RFC 8936). Answered with `Events`.
    Poll {
        /// Where the stream is polled.
        endpoint: Url,
        /// What is acknowledged, and whether the operator may keep us waiting.
        request: PollRequest,
    },
    /// What this person may decide for others. Answered with `Delegations`.
    FetchDelegations,
    /// The access requests that wait. Answered with `Requests`.
    FetchRequests {
        /// Where the next page is, after the first.
        page: Option<Url>,
    },
    /// One access request. Answered with `Request`.
    FetchRequest {
        /// Where it is.
        href: Url,
    },
    /// Consents and their chains, as the operator has them. Answered with `Consents`.
    FetchConsents {
        /// Where the next page is, after the first.
        page: Option<Url>,
    },
    /// One receipt. Answered with `Receipt`.
    FetchReceipt {
        /// Where it is.
        href: Url,
    },
    /// The data using services. Answered with `Services`.
    FetchServices {
        /// Where the next page is, after the first.
        page: Option<Url>,
    },
    /// The data sources. Answered with `Sources`.
    FetchSources,
    /// The schema of what a source holds. Answered with `Schema`.
    FetchSchema {
        /// Where it is.
        url: Url,
    },
    /// What a source holds about this person. Answered with `Snapshot` or `NotModified`.
    FetchSnapshot {
        /// Where it is.
        url: Url,
        /// The entity tag of the copy that we have.
        etag: Option<String>,
    },
    /// The text of a notice. Answered with `Notice`.
    FetchNotice {
        /// Where it is, without a query.
        uri: Url,
        /// In which language.
        language: Language,
    },
    /// The whole catalogue of offers. Answered with `Offers`.
    FetchOffers {
        /// The version of the catalogue that we have.
        since: u64,
    },
    /// Who used what. Answered with `AccessLog`.
    FetchAccessLog {
        /// The number of the newest entry that we have.
        after: u64,
    },
}

impl Task {
    /// Names the task for a log line: fixed words, no content.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RefreshTokens { .. } => "refresh_tokens",
            Self::CreateStream => "create_stream",
            Self::PutRecord { .. } => "put_record",
            Self::PostStatement { .. } => "post_statement",
            Self::RequestFromOffer { .. } => "request_from_offer",
            Self::Poll { .. } => "poll",
            Self::FetchDelegations => "fetch_delegations",
            Self::FetchRequests { .. } => "fetch_requests",
            Self::FetchRequest { .. } => "fetch_request",
            Self::FetchConsents { .. } => "fetch_consents",
            Self::FetchReceipt { .. } => "fetch_receipt",
            Self::FetchServices { .. } => "fetch_services",
            Self::FetchSources => "fetch_sources",
            Self::FetchSchema { .. } => "fetch_schema",
            Self::FetchSnapshot { .. } => "fetch_snapshot",
            Self::FetchNotice { .. } => "fetch_notice",
            Self::FetchOffers { .. } => "fetch_offers",
            Self::FetchAccessLog { .. } => "fetch_access_log",
        }
    }

    /// Says whether the operator may hold its answer back until something happens.
    ///
    /// The driver breaks off such a task when it is woken, and nothing is lost by it.
    pub fn may_wait(&self) -> bool {
        matches!(self, Self::Poll { request, .. } if !request.return_immediately)
    }
}
