//! What the operator has of each consent: for a device that lost something, or is new.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Query, State},
};
use operator_protocol::{
    api::{ConsentEntry, Page},
    status::ConsentStatus,
};
use rusqlite::Connection;
use serde::Deserialize;

use crate::{
    operator::{Caller, Operator, work},
    refusal::Refusal,
    standing,
    store::{
        consents::{self, Record},
        statements,
    },
};

/// The most consents of one page: each carries its whole chain.
const PAGE: u32 = 25;

/// Which page is wanted, from 1.
#[derive(Debug, Deserialize)]
pub(crate) struct ConsentsQuery {
    #[serde(default)]
    page: u32,
}

/// Answers with the consents that the person gave, or takes part in.
pub(crate) async fn list(
    State(operator): State<Arc<Operator>>,
    caller: Caller,
    Query(query): Query<ConsentsQuery>,
) -> Result<Json<Page<ConsentEntry>>, Refusal> {
    work(&operator, move |operator, _| {
        let page = query.page.max(1);
        let skip = (page - 1).saturating_mul(PAGE);
        operator.store.read(|conn| {
            let records = consents::list_of(conn, caller.person(), skip, PAGE)?;
            let is_full = records.len() == PAGE as usize;
            let next = is_full.then(|| {
                let next = page.saturating_add(1);
                operator.url(&format!("/v1/consents?page={next}"))
            });
            let items = records
                .iter()
                .map(|record| entry(conn, record, &caller))
                .collect::<Result<_, Refusal>>()?;
            Ok(Json(Page { items, next }))
        })
    })
    .await
}

fn entry(conn: &Connection, record: &Record, caller: &Caller) -> Result<ConsentEntry, Refusal> {
    let chain = statements::list(conn, record.id)?;
    let own = caller.grant.device_kid.as_ref();
    let head = chain
        .iter()
        .filter(|statement| Some(&statement.kid) == own)
        .max_by_key(|statement| statement.seq)
        .map(|statement| statement.as_head());
    let mut receipts = Vec::new();
    for statement in &chain {
        receipts.extend(statements::list_receipts(conn, &statement.id)?);
    }
    Ok(ConsentEntry {
        cr_id: record.id,
        cr_hash: record.hash.clone(),
        head,
        status: standing::of_record(conn, record.id)?.unwrap_or(ConsentStatus::ConsentRequested),
        statements: chain.into_iter().map(|statement| statement.jws).collect(),
        receipts,
    })
}
