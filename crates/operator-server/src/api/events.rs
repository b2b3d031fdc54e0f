//! Event streams: one per device, fetched by poll (OpenID SSF 1.0, RFC 8936).

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
};
use jiff::Timestamp;
use operator_protocol::{
    event_stream::{
        Delivery, MAX_EVENTS, POLL, PollRequest, PollResponse, StreamConfiguration, StreamRequest,
    },
    limits,
};
use url::Url;

use crate::{
    announce::device_of,
    draw,
    operator::{Caller, Operator, work},
    refusal::Refusal,
    store::{
        devices,
        events::{self, Stream},
    },
};

/// How many events an answer has if the receiver does not say.
const USUAL_EVENTS: u32 = 100;

/// Sets up the stream of the caller's device. Doing it again gives the same stream.
pub(crate) async fn create(
    State(operator): State<Arc<Operator>>,
    caller: Caller,
    body: Bytes,
) -> Result<(StatusCode, Json<StreamConfiguration>), Refusal> {
    let wanted: StreamRequest = limits::parse(&body, limits::MAX_DOCUMENT_BYTES)
        .map_err(|_| Refusal::Malformed("stream configuration"))?;
    if wanted.delivery.method != POLL {
        return Err(Refusal::Malformed("delivery method"));
    }
    work(&operator, move |operator, now| {
        operator.set_up(&caller, &wanted.events_requested, now)
    })
    .await
    .map(|stream| (StatusCode::CREATED, Json(stream)))
}

/// Takes acknowledgements and answers with what waits, as soon as something does.
pub(crate) async fn poll(
    State(operator): State<Arc<Operator>>,
    caller: Caller,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Json<PollResponse>, Refusal> {
    let poll: PollRequest =
        limits::parse(&body, limits::MAX_DOCUMENT_BYTES).map_err(|_| Refusal::Malformed("poll"))?;
    let limit = poll.max_events.unwrap_or(USUAL_EVENTS).min(MAX_EVENTS);
    let may_wait = !poll.return_immediately && limit > 0;
    let patience = if may_wait {
        operator.long_poll
    } else {
        Duration::ZERO
    };
    let deadline = tokio::time::Instant::now() + patience;

    let stream = id.clone();
    work(&operator, move |operator, now| {
        operator.acknowledge(&caller, &stream, &poll, now)
    })
    .await?;
    loop {
        let mut rung = std::pin::pin!(operator.bell.notified());
        // Listening starts before looking: what comes in between is heard.
        rung.as_mut().enable();
        let stream = id.clone();
        let answer = work(&operator, move |operator, _| {
            operator.waiting(&stream, limit)
        })
        .await?;
        let is_stopping = operator.is_stopping.load(Ordering::SeqCst);
        if !answer.sets.is_empty() || !may_wait || is_stopping {
            return Ok(Json(answer));
        }
        if tokio::time::timeout_at(deadline, rung).await.is_err() {
            return Ok(Json(answer));
        }
    }
}

impl Operator {
    fn set_up(
        &self,
        caller: &Caller,
        wanted: &[String],
        now: Timestamp,
    ) -> Result<StreamConfiguration, Refusal> {
        let kid = caller
            .grant
            .device_kid
            .clone()
            .ok_or(Refusal::DeviceUnknown)?;
        let unwritten = || Refusal::Internal("write a stream");
        let stream = Stream {
            id: draw::id(now)?.simple().to_string(),
            kid: kid.clone(),
            wanted: serde_json::to_string(wanted).map_err(|_| unwritten())?,
            last_seq: 0,
        };
        let stream = self.store.write(|tx| {
            events::upsert_stream(tx, &stream, now)?;
            events::find_stream_of(tx, &kid)?.ok_or_else(unwritten)
        })?;
        let endpoint = self.url(&format!("/v1/streams/{}/poll", stream.id));
        Ok(StreamConfiguration {
            stream_id: stream.id,
            iss: self.issuer.clone(),
            aud: device_of(&stream.kid),
            delivery: Delivery {
                method: POLL.to_owned(),
                endpoint_url: Some(Url::parse(&endpoint).map_err(|_| unwritten())?),
            },
            events_delivered: wanted.to_vec(),
        })
    }

    fn acknowledge(
        &self,
        caller: &Caller,
        stream: &str,
        poll: &PollRequest,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        self.store.write(|tx| {
            let stream = events::find_stream(tx, stream)?.ok_or(Refusal::StreamUnknown)?;
            devices::find(tx, &stream.kid)?
                .filter(|device| device.person == *caller.person() && !device.is_revoked)
                .ok_or(Refusal::StreamUnknown)?;
            for id in poll.ack.iter().take(MAX_EVENTS as usize) {
                events::acknowledge(tx, &stream.id, id, None, now)?;
            }
            for (id, fault) in poll.set_errs.iter().take(MAX_EVENTS as usize) {
                let code: String = fault.err.chars().take(64).collect();
                tracing::warn!(event = %id, "A receiver could not take an event");
                events::acknowledge(tx, &stream.id, id, Some(&code), now)?;
            }
            Ok(())
        })
    }

    fn waiting(&self, stream: &str, limit: u32) -> Result<PollResponse, Refusal> {
        let mut found = self
            .store
            .read(|conn| events::list_waiting(conn, stream, limit.saturating_add(1)))?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more_available = found.len() > limit;
        found.truncate(limit);
        Ok(PollResponse {
            sets: found
                .into_iter()
                .map(|event| (event.id, event.jws))
                .collect(),
            more_available,
        })
    }
}
