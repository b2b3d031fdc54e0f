//! What sources hold about the person who asks: fetched for them, not kept here.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use consent::DataSourceId;
use jiff::Timestamp;
use operator_protocol::source::{OutcomeStatus, Snapshot};

use super::{etag_of, tagged};
use crate::{
    operator::{Caller, Operator, work},
    refusal::Refusal,
    store::offers,
};

/// The short name of all sources together.
const ALL: &str = "all";
/// The name of all sources together as a source.
const ALL_ID: &str = "https://hel.fi/src/all";

/// Answers with what one source, or each of them, holds about the person.
pub(crate) async fn snapshot(
    State(operator): State<Arc<Operator>>,
    caller: Caller,
    headers: HeaderMap,
    Path(slug): Path<String>,
) -> Result<Response, Refusal> {
    let snapshot = work(&operator, move |operator, now| {
        operator.fetch(&caller, &slug, now)
    })
    .await?;
    let unwritten = || Refusal::Internal("write a snapshot");
    let outcomes = serde_json::to_vec(&snapshot.services).map_err(|_| unwritten())?;
    let body = serde_json::to_string(&snapshot).map_err(|_| unwritten())?;
    let has_failure = snapshot
        .services
        .iter()
        .any(|outcome| outcome.status == OutcomeStatus::Error);
    // What failed is to be asked for again: the tag of a failure is never the same.
    let tag_of = if has_failure {
        body.as_bytes()
    } else {
        &outcomes
    };
    let etag = etag_of(tag_of);
    Ok(tagged(&headers, body, etag, "private, no-cache"))
}

impl Operator {
    fn fetch(&self, caller: &Caller, slug: &str, now: Timestamp) -> Result<Snapshot, Refusal> {
        let sources: Vec<_> = self
            .city
            .sources
            .iter()
            .filter(|source| slug == ALL || source.slug == slug)
            .collect();
        let source = match sources.as_slice() {
            [] => return Err(Refusal::NotFound),
            [one] if slug != ALL => one.id.clone(),
            _ => DataSourceId::parse(ALL_ID).map_err(|_| Refusal::NotFound)?,
        };
        let person = caller.person();
        let services = self.store.write(|tx| {
            sources
                .iter()
                .map(|source| {
                    let before = offers::count_fetch(tx, person, source.id.as_str(), now)?;
                    let nth = usize::try_from(before).unwrap_or(usize::MAX);
                    let mut outcome = source.answer(person, nth);
                    outcome.etag = outcome
                        .data
                        .as_ref()
                        .map(|data| etag_of(data.reveal().to_string().as_bytes()));
                    Ok(outcome)
                })
                .collect::<Result<Vec<_>, Refusal>>()
        })?;
        Ok(Snapshot {
            source,
            fetched_at: now,
            services,
        })
    }
}
