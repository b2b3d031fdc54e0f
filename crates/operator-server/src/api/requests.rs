//! Access requests: issued by services, relayed to those who take part in the decision.

use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
};
use consent::{PersonId, RequestId};
use jiff::Timestamp;
use operator_protocol::{
    api::{JWT, OfferAcceptance, Page},
    event::EventKind,
    jws, limits,
    offer::OfferPayload,
    request,
};
use rusqlite::Transaction;
use sample_city::{Audience, RequestTemplate};
use serde::Deserialize;

use super::{PAGE, call_hash, draw_id, idempotency_key, message, respond};
use crate::{
    announce::News,
    operator::{Caller, Operator, work},
    refusal::Refusal,
    store::{
        answers::{self, Answer},
        offers,
        requests::{self, Request},
    },
};

/// Where a page of requests starts.
#[derive(Debug, Deserialize)]
pub(crate) struct RequestsQuery {
    #[serde(default)]
    after: i64,
}

/// Answers with the requests that the person takes part in.
pub(crate) async fn list(
    State(operator): State<Arc<Operator>>,
    caller: Caller,
    Query(query): Query<RequestsQuery>,
) -> Result<Json<Page<String>>, Refusal> {
    work(&operator, move |operator, _| {
        let found = operator
            .store
            .read(|conn| requests::list_of(conn, caller.person(), query.after, PAGE))?;
        let is_full = found.len() == PAGE as usize;
        let next = found
            .last()
            .filter(|_| is_full)
            .map(|(seq, _)| operator.url(&format!("/v1/requests?after={seq}")));
        let items = found.into_iter().map(|(_, request)| request.jws).collect();
        Ok(Json(Page { items, next }))
    })
    .await
}

/// Answers with one request.
pub(crate) async fn find(
    State(operator): State<Arc<Operator>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    work(&operator, move |operator, _| {
        operator.store.read(|conn| {
            if !requests::has_participant(conn, &id, caller.person())? {
                return Err(Refusal::NotFound);
            }
            let request = requests::find(conn, &id)?.ok_or(Refusal::NotFound)?;
            Ok(message(request.jws))
        })
    })
    .await
}

/// Takes that a person accepts an offer: the service then asks for what it needs.
pub(crate) async fn accept_offer(
    State(operator): State<Arc<Operator>>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let key = idempotency_key(&headers)?.ok_or(Refusal::Malformed("idempotency key"))?;
    let asked = call_hash("/v1/requests", &body);
    let accepted: OfferAcceptance = limits::parse(&body, limits::MAX_DOCUMENT_BYTES)
        .map_err(|_| Refusal::Malformed("acceptance"))?;
    let answer = work(&operator, move |operator, now| {
        operator.store.write(|tx| {
            if let Some(earlier) = answers::find(tx, caller.person(), &key)? {
                return earlier.again(&asked);
            }
            let request = operator.request_for_offer(tx, &caller, &accepted, now)?;
            let answer = Answer {
                asked,
                status: 201,
                media_type: JWT.to_owned(),
                body: request.jws,
            };
            answers::insert(tx, caller.person(), &key, &answer, now)?;
            Ok(answer)
        })
    })
    .await?;
    operator.bell.notify_waiters();
    Ok(respond(answer))
}

impl Answer {
    /// Gives the same answer to the same call, and refuses another call under the same key.
    pub(crate) fn again(self, asked: &[u8]) -> Result<Self, Refusal> {
        if self.asked == asked {
            Ok(self)
        } else {
            Err(Refusal::KeyReused)
        }
    }
}

impl Operator {
    fn request_for_offer(
        &self,
        tx: &Transaction<'_>,
        caller: &Caller,
        accepted: &OfferAcceptance,
        now: Timestamp,
    ) -> Result<Request, Refusal> {
        let offer = offers::find(tx, accepted.offer.as_str())?.ok_or(Refusal::OfferUnknown)?;
        let offer = jws::decode_unverified::<OfferPayload>(&offer)
            .map_err(|_| Refusal::Internal("read an offer"))?
            .payload;
        if now >= offer.exp || offer.on_accept.request_template != accepted.template {
            return Err(Refusal::OfferUnknown);
        }
        if !self.may_decide(caller.person(), &accepted.subject) {
            return Err(Refusal::NotAuthorised(
                "The person may not decide for this subject.",
            ));
        }
        let template = self
            .city
            .find_template(&accepted.template)
            .ok_or(Refusal::OfferUnknown)?;
        let is_for_child = template.audience == Audience::Child;
        if is_for_child == (caller.person() == &accepted.subject) {
            return Err(Refusal::OfferUnknown);
        }
        self.issue(tx, template, &accepted.subject, now)
    }

    /// Has the template's organisation ask about `subject`, and tells those who take part.
    pub(crate) fn issue(
        &self,
        tx: &Transaction<'_>,
        template: &RequestTemplate,
        subject: &PersonId,
        now: Timestamp,
    ) -> Result<Request, Refusal> {
        let unmade = || Refusal::Internal("make a request");
        let id = RequestId::parse(draw_id("req", now)?).map_err(|_| unmade())?;
        let payload = self
            .city
            .request(template, &id, subject, now)
            .map_err(|_| unmade())?;
        let key = template
            .sender()
            .and_then(|sender| Some(self.city.find_organisation(&sender)?.signing_key()))
            .ok_or_else(unmade)?;
        let compact = request::sign(&key, &payload).map_err(|_| unmade())?;
        let request = Request {
            id: id.to_string(),
            subject: subject.clone(),
            service: payload.service.to_string(),
            template: template.id.clone(),
            jws: compact,
            issued_at: now,
            expires_at: payload.exp,
            reply_by: payload.reply_by,
        };
        requests::insert(tx, &request, &payload.participants)?;
        let people = requests::list_people(tx, &request.id)?;
        let news = News {
            kind: EventKind::AccessRequested,
            about: request.id.clone(),
            href: Some(self.url(&format!("/v1/requests/{}", request.id))),
            transaction: Some(request.id.clone()),
            subject: Some(subject.clone()),
        };
        self.announce_to(tx, &people, &news, now)?;
        tracing::info!(request = %request.id, template = %template.id, "Request issued");
        Ok(request)
    }
}
