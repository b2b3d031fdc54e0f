//! The operator itself: what every answer is made from.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use consent::{OperatorId, PersonId};
use jiff::Timestamp;
use operator_protocol::key::{JwkSet, SigningKey};
use sample_city::City;
use tokio::sync::Notify;

use crate::{
    clock::Clock,
    draw, oauth,
    pilot::Staging,
    refusal::Refusal,
    settings::Settings,
    store::{
        Store,
        grants::{self, Grant, TokenKind},
    },
};

/// The reference operator. [`Operator::start`] runs it.
///
/// It keeps what it needs to relay requests, to prove what it was told and to report uses of
/// data; see `docs/adr/0004-what-the-reference-operator-may-see.md`.
pub struct Operator {
    pub(crate) store: Store,
    pub(crate) key: SigningKey,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) city: City,
    pub(crate) issuer: OperatorId,
    /// Every name that it has had, this one included.
    pub(crate) issuers: Vec<String>,
    /// The values of a `Host` header that mean it.
    pub(crate) hosts: Vec<String>,
    pub(crate) is_sandbox: bool,
    pub(crate) pace: crate::Pace,
    pub(crate) long_poll: std::time::Duration,
    /// Rung when a stream has something new, and when the operator stops.
    pub(crate) bell: Notify,
    /// Rung when something was planned, so that the city looks at its plans again.
    pub(crate) plans_changed: Notify,
    pub(crate) is_stopping: std::sync::atomic::AtomicBool,
    pub(crate) staging: Staging,
}

impl std::fmt::Debug for Operator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Operator")
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

/// Who the operator is when it starts: what was in the store, and where it listens.
pub(crate) struct Beginnings {
    pub(crate) store: Store,
    pub(crate) key: SigningKey,
    pub(crate) issuer: OperatorId,
    pub(crate) issuers: Vec<String>,
    pub(crate) hosts: Vec<String>,
    pub(crate) city: City,
}

impl Operator {
    pub(crate) fn new(from: Beginnings, settings: &Settings, clock: Arc<dyn Clock>) -> Self {
        Self {
            store: from.store,
            key: from.key,
            clock,
            city: from.city,
            issuer: from.issuer,
            issuers: from.issuers,
            hosts: from.hosts,
            is_sandbox: settings.sandbox,
            pace: settings.pace,
            long_poll: settings.long_poll.min(crate::settings::LONGEST_POLL),
            bell: Notify::new(),
            plans_changed: Notify::new(),
            is_stopping: false.into(),
            staging: Staging::default(),
        }
    }

    /// Returns the address of something of this operator.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.issuer)
    }

    /// Returns the operator's public keys.
    pub(crate) fn jwks(&self) -> JwkSet {
        JwkSet::of([&self.key.public()])
    }

    /// Returns whether a message addressed to `audience` is for this operator.
    pub(crate) fn is_called(&self, audience: &OperatorId) -> bool {
        self.issuers.iter().any(|name| name == audience.as_str())
    }
}

/// Does `work` on a thread that may wait for the disk.
pub(crate) async fn work<T: Send + 'static>(
    operator: &Arc<Operator>,
    work: impl FnOnce(&Operator, Timestamp) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let operator = Arc::clone(operator);
    tokio::task::spawn_blocking(move || work(&operator, operator.clock.now()))
        .await
        .unwrap_or(Err(Refusal::Internal("finish its work")))
}

/// Who asks: the person that a valid access token was given to.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) grant: Grant,
}

impl Caller {
    pub(crate) const fn person(&self) -> &PersonId {
        &self.grant.person
    }
}

impl FromRequestParts<Arc<Operator>> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(
        parts: &mut Parts,
        operator: &Arc<Operator>,
    ) -> Result<Self, Refusal> {
        let scope = needed_scope(parts.uri.path());
        // RFC 6750 §2.1; the scheme's name is not case-sensitive (RFC 9110 §11.1).
        let token = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| draw::hash(token.trim()))
            .ok_or(Refusal::Unauthenticated)?;
        work(operator, move |operator, now| {
            operator.store.read(|conn| {
                let token = grants::find_token(conn, &token, TokenKind::Access)?
                    .filter(|token| now < token.expires_at)
                    .ok_or(Refusal::Unauthenticated)?;
                let grant = grants::find(conn, &token.grant_id)?
                    .filter(|grant| !grant.is_revoked)
                    .ok_or(Refusal::Unauthenticated)?;
                if !grant.scope.split(' ').any(|granted| granted == scope) {
                    return Err(Refusal::InsufficientScope);
                }
                Ok(Self { grant })
            })
        })
        .await
    }
}

/// Returns the scope that a call to `path` needs.
fn needed_scope(path: &str) -> &'static str {
    if path.starts_with("/v1/streams") {
        oauth::EVENTS
    } else if path.starts_with("/v1/sources") {
        oauth::DATA
    } else {
        oauth::CONSENTS
    }
}
