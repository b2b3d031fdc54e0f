//! Receipts, one at a time, for those who take part in the decision.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::message;
use crate::{
    operator::{Caller, Operator, work},
    refusal::Refusal,
    store::{consents, requests, statements},
};

/// Answers with a receipt.
pub(crate) async fn find(
    State(operator): State<Arc<Operator>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    work(&operator, move |operator, _| {
        operator.store.read(|conn| {
            let (jws, consent) = statements::find_receipt(conn, &id)?.ok_or(Refusal::NotFound)?;
            let record = consents::find(conn, consent)?.ok_or(Refusal::NotFound)?;
            let takes_part = match &record.request {
                Some(request) => requests::has_participant(conn, request, caller.person())?,
                None => false,
            };
            if takes_part || record.sent_by == *caller.person() {
                Ok(message(jws))
            } else {
                Err(Refusal::NotFound)
            }
        })
    })
    .await
}
