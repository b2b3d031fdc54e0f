//! Statements: a person gives, refuses, pauses, resumes or withdraws; the operator proves that it
//! was told.
//!
//! Nothing counts before every check has passed, in the order of docs/protocol.md: device and
//! binding, signature, addressees, authority, record, link, status, request. What counts is
//! written in one transaction with its receipt, its events and the answer to a repetition.

pub(crate) mod checks;

use std::sync::Arc;

use axum::{body::Bytes, extract::State, http::HeaderMap, response::Response};
use consent::PersonId;
use jiff::{Span, Timestamp, tz::TimeZone};
use operator_protocol::{
    api::JWT,
    event::EventKind,
    receipt::{self, Forwarded, ReceiptKind, ReceiptPayload, Termination},
    status::ConsentStatus,
};
use rusqlite::Transaction;

use self::checks::Checked;
use super::{call_hash, draw_id, idempotency_key, matching, respond, text};
use crate::{
    announce::{News, device_of},
    operator::{Caller, Operator, work},
    refusal::Refusal,
    store::{
        answers::{self, Answer},
        consents, requests,
        statements::{self, Statement},
    },
};

/// Takes a statement and answers with the receipt for it.
pub(crate) async fn take(
    State(operator): State<Arc<Operator>>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let key = idempotency_key(&headers)?;
    let answer = work(&operator, move |operator, now| {
        let compact = text(&body)?.trim_ascii();
        operator
            .store
            .write(|tx| operator.take_statement(tx, &caller, compact, key, now))
    })
    .await?;
    operator.bell.notify_waiters();
    operator.plans_changed.notify_one();
    Ok(respond(answer))
}

impl Operator {
    fn take_statement(
        &self,
        tx: &Transaction<'_>,
        caller: &Caller,
        compact: &str,
        key: Option<String>,
        now: Timestamp,
    ) -> Result<Answer, Refusal> {
        let asked = call_hash("/v1/consent-status", compact.as_bytes());
        if let Some(key) = &key
            && let Some(earlier) = answers::find(tx, caller.person(), key)?
        {
            return earlier.again(&asked);
        }
        let verified = self.verify_statement(tx, caller, compact, now)?;
        let id = verified.payload.jti.to_string();
        if key.is_some_and(|key| key != id) {
            return Err(Refusal::KeyDiffers);
        }
        // The key is forgotten some day; the statement's own identifier is not.
        if let Some(earlier) = statements::find(tx, &id)? {
            return if earlier.hash == verified.hash {
                self.answer_again(tx, &earlier, asked)
            } else {
                Err(Refusal::IdentifierReused)
            };
        }
        let checked = self.check_statement(tx, caller, verified, now)?;
        let statement = self.append(tx, &checked, compact, now)?;
        let (receipt_id, receipt) = self.issue_receipt(tx, &checked, &statement, now)?;
        self.follow_up(tx, &checked, &statement, &receipt_id, now)?;
        let answer = Answer {
            asked,
            status: 201,
            media_type: JWT.to_owned(),
            body: receipt,
        };
        answers::insert(tx, caller.person(), &id, &answer, now)?;
        tracing::info!(
            consent = %statement.consent, seq = statement.seq, status = %statement.status,
            "Statement counts"
        );
        Ok(answer)
    }

    fn answer_again(
        &self,
        tx: &Transaction<'_>,
        earlier: &Statement,
        asked: Vec<u8>,
    ) -> Result<Answer, Refusal> {
        let receipts = statements::list_receipts(tx, &earlier.id)?;
        let body = receipts
            .into_iter()
            .next()
            .ok_or(Refusal::Internal("find a receipt"))?;
        Ok(Answer {
            asked,
            status: 201,
            media_type: JWT.to_owned(),
            body,
        })
    }

    fn append(
        &self,
        tx: &Transaction<'_>,
        checked: &Checked,
        compact: &str,
        now: Timestamp,
    ) -> Result<Statement, Refusal> {
        let payload = &checked.payload;
        if let Some((request, asked)) = &checked.request
            && checked.record.request.is_none()
        {
            let ends_at = matching::ends_at(&checked.terms, asked);
            consents::set_request(tx, payload.cr_id, &request.id, ends_at)?;
        }
        let reply_by = checked
            .request
            .as_ref()
            .and_then(|(request, _)| request.reply_by);
        // Refusal and silence must look alike to the service.
        let tell_service_at = if payload.status == ConsentStatus::ConsentRefused {
            reply_by.unwrap_or(now).max(now)
        } else {
            now
        };
        let statement = Statement {
            id: payload.jti.to_string(),
            consent: payload.cr_id,
            kid: checked.kid.clone(),
            seq: payload.seq,
            hash: checked.hash.clone(),
            jws: compact.to_owned(),
            status: spell(payload.status)?,
            decided_by: payload.decided_by().clone(),
            accepted_at: now,
            tell_service_at,
        };
        statements::append(tx, &statement)?;
        Ok(statement)
    }

    fn issue_receipt(
        &self,
        tx: &Transaction<'_>,
        checked: &Checked,
        statement: &Statement,
        now: Timestamp,
    ) -> Result<(String, String), Refusal> {
        let is_told = statement.tell_service_at <= now;
        let forwarded = is_told.then(|| Forwarded {
            party: checked.terms.controller.clone(),
            at: now,
            result: "accepted".to_owned(),
        });
        let ends = checked.payload.status == ConsentStatus::ConsentWithdrawn;
        let termination = ends.then(|| Termination {
            erasure_due: Some(erasure_due(checked, now)),
            ..Termination::default()
        });
        if let Some(due) = termination.as_ref().and_then(|end| end.erasure_due)
            && let Ok(due) = due.to_zoned(TimeZone::UTC)
        {
            self.plan_termination(tx, statement, due.timestamp())?;
        }
        let payload = ReceiptPayload {
            iss: self.issuer.clone(),
            aud: device_of(&statement.kid),
            jti: draw_id("rcpt", now)?,
            iat: now,
            csr: statement.hash.clone(),
            cr_id: statement.consent,
            seq: statement.seq,
            status: checked.payload.status,
            effective_at: now,
            forwarded_to: forwarded.into_iter().collect(),
            termination,
            kind: Some(ReceiptKind::Accepted),
        };
        let jws = self.keep_receipt(tx, &payload, statement, now)?;
        Ok((payload.jti, jws))
    }

    /// Signs a receipt and keeps it.
    pub(crate) fn keep_receipt(
        &self,
        tx: &Transaction<'_>,
        payload: &ReceiptPayload,
        statement: &Statement,
        now: Timestamp,
    ) -> Result<String, Refusal> {
        let jws =
            receipt::sign(&self.key, payload).map_err(|_| Refusal::Internal("sign a receipt"))?;
        statements::insert_receipt(tx, &payload.jti, &statement.id, &jws, now)?;
        Ok(jws)
    }

    /// Tells the people who take part, and plans what the permission leads to.
    fn follow_up(
        &self,
        tx: &Transaction<'_>,
        checked: &Checked,
        statement: &Statement,
        receipt: &str,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let request = checked.request.as_ref().map(|(request, _)| request);
        let people = match request {
            Some(request) => requests::list_people(tx, &request.id)?,
            None => vec![statement.decided_by.clone()],
        };
        let consent = statement.consent;
        let subject = &checked.payload.sub;
        self.announce_status(tx, consent, subject, &people, now)?;
        let author: &[PersonId] = std::slice::from_ref(&statement.decided_by);
        self.announce_receipt(tx, receipt, consent, subject, author, now)?;
        if let Some(request) = request
            && checked.payload.status == ConsentStatus::ConsentGiven
        {
            self.plan_accesses(tx, request, consent, &statement.decided_by, now)?;
        }
        Ok(())
    }

    /// Tells people that a consent's status changed.
    pub(crate) fn announce_status(
        &self,
        tx: &Transaction<'_>,
        consent: consent::ConsentId,
        subject: &PersonId,
        people: &[PersonId],
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let news = News {
            kind: EventKind::ConsentStatusChanged,
            about: consent.to_string(),
            href: Some(self.url("/v1/consents")),
            transaction: Some(consent.to_string()),
            subject: Some(subject.clone()),
        };
        self.announce_to(tx, people, &news, now)
    }

    /// Tells people that a receipt is ready.
    pub(crate) fn announce_receipt(
        &self,
        tx: &Transaction<'_>,
        receipt: &str,
        consent: consent::ConsentId,
        subject: &PersonId,
        people: &[PersonId],
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let news = News {
            kind: EventKind::ReceiptIssued,
            about: receipt.to_owned(),
            href: Some(self.url(&format!("/v1/receipts/{receipt}"))),
            transaction: Some(consent.to_string()),
            subject: Some(subject.clone()),
        };
        self.announce_to(tx, people, &news, now)
    }
}

/// By when the data is to be gone: as the request says, or else in thirty days.
fn erasure_due(checked: &Checked, now: Timestamp) -> jiff::civil::Date {
    let today = now.to_zoned(TimeZone::UTC).date();
    let promised = checked
        .request
        .as_ref()
        .and_then(|(_, asked)| matching::detail(asked)?.storage.deletion.as_deref())
        .and_then(|duration| duration.parse::<Span>().ok())
        .unwrap_or_else(|| Span::new().days(30));
    today.saturating_add(promised)
}

/// Returns a status as the wire spells it.
pub(crate) fn spell(status: ConsentStatus) -> Result<String, Refusal> {
    serde_json::to_value(status)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .ok_or(Refusal::Internal("spell a status"))
}

/// Reads a status that [`spell`] wrote.
pub(crate) fn read_status(text: &str) -> Result<ConsentStatus, Refusal> {
    serde_json::from_value(text.into()).map_err(|_| {
        Refusal::Store(crate::store::StoreError::Corrupt {
            table: "statement",
            column: "status",
        })
    })
}
