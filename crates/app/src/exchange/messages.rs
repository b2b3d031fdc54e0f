//! Signed messages that the operator relays: requests, offers, delegations.

use consent::{OfferId, RequestId, request::Notice};
use operator_protocol::{
    delegation, jws,
    key::{SigningKey, device_id},
    offer::{self, OfferCatalogue, OfferPayload},
    request::RequestPayload,
};
use operator_sync::wants::Want;
use pii::Personal;
use vault::{
    delegations::{self, StoredDelegation},
    offers::{self, CatalogueOffer, OfferState},
    operators,
    requests::{self, RequestState, StoredRequest},
};

use super::{Fetched, Intake, start::missing_notices};
use crate::{AppError, organisations::descriptions, requests::understand, view::TopicView};

impl Intake<'_, '_> {
    /// Stores a request once, and wants what its screen needs. One that is for another operator
    /// or is no request at all is passed over: there is nothing in it to show.
    pub(super) fn take_in_request(
        &mut self,
        jws: &Personal<String>,
    ) -> Result<Option<RequestId>, AppError> {
        let Ok(claimed) = jws::decode_unverified::<RequestPayload>(jws.reveal()) else {
            return Ok(None);
        };
        let payload = claimed.payload;
        let Some(request) = understand(self.tx, &self.operator, jws, self.now)? else {
            return Ok(None);
        };
        let is_new = requests::insert(
            self.tx,
            &StoredRequest {
                request_id: payload.jti.clone(),
                operator_id: self.operator.operator_id.clone(),
                jws: jws.clone(),
                request: Some(request),
                state: RequestState::Requested,
                consent_id: None,
                received_at: self.now,
                expires_at: payload.exp,
                notified_at: None,
            },
        )?;
        if is_new {
            let notice = Notice {
                uri: payload.notice.uri,
                version: payload.notice.version,
                hashes: payload.notice.hash,
            };
            for want in missing_notices(self.tx, &notice)? {
                self.known.plan.wants.add(want);
            }
            self.tell(TopicView::Requests);
        }
        Ok(Some(payload.jti))
    }

    /// Takes in the request that an accepted offer led to.
    pub(super) fn on_offer_answer(
        &mut self,
        offer: &OfferId,
        jws: &Personal<String>,
    ) -> Result<Fetched, AppError> {
        let Some(request) = self.take_in_request(jws)? else {
            return Ok(Fetched::NotUnderstood("a request that cannot be read"));
        };
        offers::set_request(self.tx, offer, &request)?;
        // The person is looking at the offer: no notification needed.
        requests::mark_notified(self.tx, &request, self.now)?;
        self.tell(TopicView::Offers);
        Ok(Fetched::ALL)
    }

    /// Takes the catalogue in, as far as its services' keys signed it.
    pub(super) fn on_offers(&mut self, catalogue: &OfferCatalogue) -> Result<Fetched, AppError> {
        let services = descriptions(self.tx, &self.operator.operator_id)?;
        let mut held = Vec::new();
        let mut complete = true;
        for item in &catalogue.items {
            let claimed = jws::decode_unverified::<OfferPayload>(item).map(|it| it.payload);
            let service = claimed.ok().and_then(|claimed| {
                services.iter().find(|service| {
                    service.mydata_service.id == claimed.service
                        && service.mydata_service.controller == claimed.iss
                })
            });
            let verified = service.map(|it| offer::verify(item, &it.mydata_service.jwks));
            let Some(Ok(verified)) = verified else {
                complete = false;
                continue;
            };
            held.push(CatalogueOffer {
                offer_id: verified.payload.jti.clone(),
                jws: item.clone(),
                payload: serde_json::to_string(&verified.payload)
                    .map_err(|_| AppError::Stored("offer"))?,
            });
        }
        let operator = &self.operator.operator_id;
        offers::replace_catalogue(self.tx, operator, &held, self.now)?;
        // A part that could not be verified is asked for again when the services are known.
        let version = if complete { catalogue.version } else { 0 };
        operators::set_offers_version(self.tx, operator, version)?;
        self.tell(TopicView::Offers);
        Ok(Fetched::ALL)
    }

    /// Takes in for whom the person may decide: what is signed for this person and this device.
    pub(super) fn on_delegations(
        &mut self,
        items: &[Personal<String>],
    ) -> Result<Fetched, AppError> {
        let (Some(person), Some(seed)) =
            (&self.operator.person_id, self.operator.device_seed.clone())
        else {
            return Ok(Fetched::ALL);
        };
        let device = device_id(&SigningKey::from_seed(seed).public());
        let mut held: Vec<StoredDelegation> = Vec::new();
        for jws in items {
            let Ok(verified) = delegation::verify(jws.reveal(), &self.known.discovered.keys) else {
                continue;
            };
            let payload = verified.payload;
            let is_ours = payload.aud == device
                && payload.act.sub == *person
                && payload.iss == self.operator.operator_id;
            let is_first = held.iter().all(|held| held.subject_id != payload.sub);
            if is_ours && is_first {
                held.push(StoredDelegation {
                    operator_id: self.operator.operator_id.clone(),
                    subject_id: payload.sub,
                    jws: jws.clone(),
                    authority: payload.authority.source,
                    expires_at: payload.exp,
                });
            }
        }
        delegations::replace_all(self.tx, &self.operator.operator_id, &held)?;
        self.tell(TopicView::Requests);
        self.tell(TopicView::Offers);
        Ok(Fetched::ALL)
    }

    /// Takes in that something will not be had. An offer whose request is refused is open again.
    pub(super) fn on_given_up(&mut self, want: &Want) -> Result<(), AppError> {
        if let Want::OfferAnswer(id) = want {
            offers::set_state(self.tx, id, OfferState::Open)?;
            self.tell(TopicView::Offers);
        }
        Ok(())
    }
}
