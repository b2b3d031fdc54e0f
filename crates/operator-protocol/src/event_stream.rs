//! How a device fetches its events: OpenID SSF 1.0 with delivery by poll (RFC 8936).

use std::collections::BTreeMap;

use consent::OperatorId;
use serde::{Deserialize, Serialize};
use url::Url;

/// Where the transmitter's metadata is.
pub const CONFIGURATION_PATH: &str = "/.well-known/ssf-configuration";
/// The one way of delivery: by poll (RFC 8936 §2).
pub const POLL: &str = "urn:ietf:rfc:8936";
/// The most events of one answer.
pub const MAX_EVENTS: u32 = 1_000;

/// A transmitter's metadata (SSF 1.0 §7.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransmitterMetadata {
    /// The specification: `1_0`.
    pub spec_version: String,
    /// The operator.
    pub issuer: OperatorId,
    /// Where its keys are.
    pub jwks_uri: Url,
    /// How events are delivered.
    pub delivery_methods_supported: Vec<String>,
    /// Where a stream is set up.
    pub configuration_endpoint: Url,
    /// Where a stream is paused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_endpoint: Option<Url>,
    /// Where a stream is tried out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification_endpoint: Option<Url>,
}

/// What a device asks for when it sets up its stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StreamRequest {
    /// How it wants its events.
    pub delivery: Delivery,
    /// Which events it wants, by their URIs.
    #[serde(default)]
    pub events_requested: Vec<String>,
}

/// A stream as it was set up (SSF 1.0 §8.1.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StreamConfiguration {
    /// The stream.
    pub stream_id: String,
    /// The operator.
    pub iss: OperatorId,
    /// The device.
    pub aud: String,
    /// How and where events are fetched.
    pub delivery: Delivery,
    /// Which events come, by their URIs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events_delivered: Vec<String>,
}

/// How and where events are fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// How: [`POLL`].
    pub method: String,
    /// Where; the operator says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoint_url: Option<Url>,
}

/// A poll (RFC 8936 §2.2): what is wanted, and what came before is done with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PollRequest {
    /// The most events that the answer may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_events: Option<u32>,
    /// Whether the answer comes at once, even if empty.
    #[serde(default)]
    pub return_immediately: bool,
    /// The events that are stored here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ack: Vec<String>,
    /// The events that could not be taken.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub set_errs: BTreeMap<String, SetError>,
}

/// Why an event could not be taken (RFC 8936 §2.6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetError {
    /// A code: `invalid_request`, `invalid_key`, `invalid_issuer`, `invalid_audience`.
    pub err: String,
    /// In words, for developers.
    #[serde(default)]
    pub description: String,
}

/// The answer to a poll (RFC 8936 §2.3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PollResponse {
    /// The events, signed, by their identifiers.
    #[serde(default)]
    pub sets: BTreeMap<String, String>,
    /// Whether more are waiting.
    #[serde(default)]
    pub more_available: bool,
}
