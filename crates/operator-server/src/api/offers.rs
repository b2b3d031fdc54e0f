//! The catalogue of offers: one and the same for everybody, so that fetching it tells nothing.

use std::sync::Arc;

use axum::{extract::State, http::HeaderMap, response::Response};
use jiff::Timestamp;
use operator_protocol::{
    event::EventKind,
    offer::{self, OfferCatalogue},
};
use rusqlite::Transaction;
use sample_city::OfferTemplate;

use super::{etag_of, tagged};
use crate::{
    announce::News,
    operator::{Operator, work},
    refusal::Refusal,
    store::offers::{self, Offer},
};

/// Answers with all offers that stand, whatever version the caller has: what is not asked for
/// cannot give anybody away.
pub(crate) async fn list(
    State(operator): State<Arc<Operator>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let catalogue = work(&operator, |operator, _| {
        operator.store.read(|conn| {
            Ok(OfferCatalogue {
                version: offers::version(conn)?,
                items: offers::list(conn)?,
            })
        })
    })
    .await?;
    let body =
        serde_json::to_string(&catalogue).map_err(|_| Refusal::Internal("write the catalogue"))?;
    let etag = etag_of(body.as_bytes());
    Ok(tagged(&headers, body, etag, "no-cache"))
}

impl Operator {
    /// Publishes an offer of the city. Returns whether the catalogue changed.
    pub(crate) fn publish(
        &self,
        tx: &Transaction<'_>,
        template: &OfferTemplate,
        now: Timestamp,
    ) -> Result<bool, Refusal> {
        let unmade = || Refusal::Internal("make an offer");
        let payload = self.city.offer(template, now).map_err(|_| unmade())?;
        let key = self
            .city
            .find_organisation(&payload.iss)
            .ok_or_else(unmade)?
            .signing_key();
        let offer = Offer {
            id: payload.jti.to_string(),
            jws: offer::sign(&key, &payload).map_err(|_| unmade())?,
            expires_at: payload.exp,
        };
        let is_new = offers::publish(tx, &offer)?;
        if is_new {
            self.announce_offer(tx, EventKind::OfferPublished, &offer.id, now)?;
        }
        Ok(is_new)
    }

    /// Takes an offer out of the catalogue. Returns whether it was there.
    pub(crate) fn take_back_offer(
        &self,
        tx: &Transaction<'_>,
        id: &str,
        now: Timestamp,
    ) -> Result<bool, Refusal> {
        let was_there = offers::withdraw(tx, id, now)?;
        if was_there {
            self.announce_offer(tx, EventKind::OfferWithdrawn, id, now)?;
        }
        Ok(was_there)
    }

    fn announce_offer(
        &self,
        tx: &Transaction<'_>,
        kind: EventKind,
        id: &str,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let news = News {
            kind,
            about: id.to_owned(),
            href: Some(self.url("/v1/offers")),
            transaction: None,
            subject: None,
        };
        self.announce_to_all(tx, &news, now)
    }
}
