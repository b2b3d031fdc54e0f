//! Events of the operator's stream: verified, stored once, then acknowledged in the next poll.

use std::collections::BTreeMap;

use consent::RequestId;
use operator_protocol::{
    event::{self, Event, EventKind},
    event_stream::{PollRequest, PollResponse, SetError},
    key::{SigningKey, device_id},
};
use operator_sync::{
    Jitter,
    feed::{Arrival, Delivered},
    wants::Want,
};
use serde_json::json;
use vault::{
    events::{self, TakenEvent},
    operators,
    requests::{self, RequestState},
};

use super::{Intake, Taken};
use crate::{AppError, view::TopicView};

impl Intake<'_, '_> {
    pub(super) fn on_events(
        &mut self,
        request: &PollRequest,
        response: &PollResponse,
        jitter: Jitter,
    ) -> Result<Taken, AppError> {
        let (taken, rejected) = self.verify_events(response);
        let operator = self.operator.operator_id.clone();
        let mut known = Vec::new();
        for (jti, _) in &taken {
            if events::is_known(self.tx, &operator, jti)? {
                known.push(jti.clone());
            }
        }
        let arrivals = taken.iter().map(|(jti, event)| Arrival {
            jti: jti.clone(),
            seq: event.seq,
        });
        let plan = &mut self.known.plan;
        let intake = plan.feed.on_answer(
            Delivered {
                request,
                response,
                verified: arrivals.collect(),
                rejected,
            },
            |jti| known.iter().any(|known| known == jti),
            self.now,
            jitter,
        );

        for jti in &intake.acknowledged {
            events::mark_acked(self.tx, &operator, jti, self.now)?;
        }
        for jti in &intake.fresh {
            if let Some((_, event)) = taken.iter().find(|(known, _)| known == jti) {
                self.apply(jti, event)?;
            }
        }
        operators::set_last_event_seq(self.tx, &operator, intake.last_seq)?;
        if intake.is_resync_needed {
            self.known.plan.wants.add_resync();
        }
        Ok(Taken::Stored)
    }

    /// Returns the events that hold, and what is wrong with the others (RFC 8936 §2.4).
    fn verify_events(
        &self,
        response: &PollResponse,
    ) -> (Vec<(String, Event)>, BTreeMap<String, SetError>) {
        let device = self
            .operator
            .device_seed
            .clone()
            .map(|seed| device_id(&SigningKey::from_seed(seed).public()));
        let mut taken = Vec::new();
        let mut rejected = BTreeMap::new();
        for (jti, jws) in &response.sets {
            let error = match event::verify(jws, &self.known.discovered.keys) {
                Err(_) => "invalid_key",
                Ok(verified) if verified.payload.iss != self.operator.operator_id => {
                    "invalid_issuer"
                }
                Ok(verified) if Some(&verified.payload.aud) != device.as_ref() => {
                    "invalid_audience"
                }
                Ok(verified) => match verified.payload.event() {
                    Ok(event) if verified.payload.jti == *jti => {
                        taken.push((jti.clone(), event));
                        continue;
                    }
                    Ok(_) | Err(_) => "invalid_request",
                },
            };
            let error = SetError {
                err: error.to_owned(),
                description: String::new(),
            };
            rejected.insert(jti.clone(), error);
        }
        (taken, rejected)
    }

    fn apply(&mut self, jti: &str, event: &Event) -> Result<(), AppError> {
        let operator = self.operator.operator_id.clone();
        let stored = TakenEvent {
            operator_id: operator.clone(),
            event_id: jti.to_owned(),
            seq: event.seq,
            kind: event.kind.uri(),
            body: json!({ "about": event.about, "href": event.href }).to_string(),
            received_at: self.now,
            applied_at: Some(self.now),
            acked_at: None,
        };
        if !events::insert(self.tx, &stored)? {
            return Ok(());
        }
        if event.kind == EventKind::AccessRequestCancelled {
            self.cancel_request(event.about.as_deref())?;
        }
        for want in Want::of_event(event, self.language) {
            self.known.plan.wants.add(want);
        }
        Ok(())
    }

    fn cancel_request(&mut self, about: Option<&str>) -> Result<(), AppError> {
        let Some(Ok(id)) = about.map(RequestId::parse) else {
            return Ok(());
        };
        let open = requests::find(self.tx, &id)?.is_some_and(|request| {
            request.operator_id == self.operator.operator_id
                && matches!(
                    request.state,
                    RequestState::Requested | RequestState::Deferred
                )
        });
        if open {
            requests::set_state(self.tx, &id, RequestState::Cancelled)?;
            self.tell(TopicView::Requests);
        }
        Ok(())
    }
}
