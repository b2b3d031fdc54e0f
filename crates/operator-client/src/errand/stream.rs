//! Sets up and polls this device's event stream: OpenID SSF 1.0 with delivery by RFC 8936.

use std::time::Duration;

use operator_protocol::event::EventKind;
use operator_protocol::event_stream::{
    Delivery, MAX_EVENTS, POLL, PollRequest, PollResponse, StreamConfiguration, StreamRequest,
};
use operator_sync::{Answer, Failure, Outcome};
use reqwest::{Method, StatusCode};
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::{Errand, JSON, json, not_offered, not_understood};
use crate::http::Ask;

/// The longest that any operator may hold a poll back, whatever it says of itself.
const LONGEST_POLL: Duration = Duration::from_secs(120);

impl Errand<'_> {
    pub(super) async fn create_stream(&self) -> Outcome {
        let what = "an event stream";
        let events = self.operator.events.as_ref();
        let url = &events.ok_or_else(not_offered)?.configuration_endpoint;
        let request = StreamRequest {
            delivery: Delivery {
                method: POLL.to_owned(),
                endpoint_url: None,
            },
            events_requested: EventKind::known().iter().map(EventKind::uri).collect(),
        };
        let ask = Ask::send(
            Method::POST,
            url.clone(),
            self.home(),
            JSON,
            json(&request)?,
        );
        let response = self.http.ask(&ask.authorized(self.authorized()?)).await?;
        let stream: Value = if response.status == StatusCode::CONFLICT {
            // SSF 1.0 §8.1.1.1: a transmitter with one stream for each receiver has it already.
            self.fetch(url.clone()).await?.json(what)?
        } else {
            response.json(what)?
        };
        let only = stream.as_array().and_then(|all| all.first());
        let stream = StreamConfiguration::deserialize(only.unwrap_or(&stream))
            .map_err(|_| not_understood(what))?;
        let endpoint = stream
            .delivery
            .endpoint_url
            .filter(|_| stream.delivery.method == POLL && stream.iss == self.operator.operator)
            .ok_or_else(|| not_understood(what))?;
        self.at_home(endpoint).map(Answer::Stream)
    }

    pub(super) async fn poll(&self, endpoint: &Url, request: &PollRequest) -> Outcome {
        let stream = self.operator.resource.mydata_operator.event_stream.as_ref();
        let longest = stream.map_or(Duration::ZERO, |stream| {
            Duration::from_secs(stream.long_poll_max_s.into()).min(LONGEST_POLL)
        });
        let patience = if request.return_immediately {
            Duration::ZERO
        } else {
            longest
        };
        let ask = Ask::send(
            Method::POST,
            endpoint.clone(),
            self.home(),
            JSON,
            json(request)?,
        );
        let ask = ask.authorized(self.authorized()?).patient(patience);
        let response: PollResponse = self.http.ask(&ask).await?.page("events")?;
        if u32::try_from(response.sets.len()).is_ok_and(|count| count <= MAX_EVENTS) {
            Ok(Answer::Events(response))
        } else {
            Err(Failure::TooLarge)
        }
    }
}
