//! Finds out what an operator is, from its address alone, and checks that it is of a piece.
//!
//! RFC 9728 metadata, RFC 8414 metadata of its sign-in server, its keys, and how its events are
//! had. Nothing is believed that points away from the server that was asked. What comes out is
//! pinned: later answers are measured against it.

use operator_protocol::ProtocolError;
use operator_protocol::discovery::{
    API_VERSION, AUTHORIZATION_PATH, AuthorizationServerMetadata, RESOURCE_PATH, ResourceMetadata,
};
use operator_protocol::event_stream::{POLL, TransmitterMetadata};
use operator_protocol::jws;
use operator_protocol::key::JwkSet;
use operator_sync::{Discovered, Failure};
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use crate::http::{Ask, Http, address};

/// The kinds under which operators sign their metadata; RFC 9728 §2.2 names none.
const SIGNED_METADATA: [&str; 2] = ["JWT", "mdc-metadata+jwt"];
/// The members that signed metadata must confirm.
const CONFIRMED: [&str; 4] = [
    "resource",
    "authorization_servers",
    "jwks_uri",
    "mydata_operator",
];

/// Why an address could not be taken for an operator's.
#[derive(Debug, thiserror::Error)]
pub enum DiscoveryError {
    /// What was to be read could not be had, or is not what the protocol says.
    #[error("the operator's description could not be read")]
    Unreadable(#[source] Failure),
    /// It points somewhere else than to the server that was asked.
    #[error("the operator's {0} is of another server")]
    Elsewhere(&'static str),
    /// It needs something that this version cannot do.
    #[error("the operator needs {0}")]
    Unsupported(&'static str),
    /// What it signed does not hold, or is not what it says otherwise.
    #[error("the operator's signed description does not hold")]
    Unsound(#[source] ProtocolError),
}

impl From<Failure> for DiscoveryError {
    fn from(failure: Failure) -> Self {
        Self::Unreadable(failure)
    }
}

/// Reads and checks all that the operator at `base` says about itself.
///
/// # Errors
///
/// Fails if any part cannot be read, points elsewhere, or contradicts another.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn discover(http: &Http, base: &Url) -> Result<Discovered, DiscoveryError> {
    let plain: Value = fetch(http, well_known(base, RESOURCE_PATH), base).await?;
    let resource: ResourceMetadata = serde_json::from_value(plain.clone())
        .map_err(|_| not_understood("the operator's description"))?;
    check_resource(&resource, base)?;

    let keys: JwkSet = fetch(http, resource.jwks_uri.clone(), base).await?;
    if keys.keys.is_empty() {
        return Err(DiscoveryError::Unsupported("keys of a kind not known here"));
    }
    if let Some(signed) = &resource.signed_metadata {
        check_signed(signed, &plain, &keys).map_err(DiscoveryError::Unsound)?;
    }
    let server = find_server(http, &resource, base).await?;
    let events = match &resource.mydata_operator.event_stream {
        Some(stream) => Some(find_events(http, &stream.configuration, base).await?),
        None => None,
    };
    Ok(Discovered {
        operator: resource.mydata_operator.operator_id.clone(),
        resource,
        server,
        keys,
        events,
    })
}

fn check_resource(resource: &ResourceMetadata, base: &Url) -> Result<(), DiscoveryError> {
    let extension = &resource.mydata_operator;
    at_home(&parse(&resource.resource, "resource")?, base, "resource")?;
    at_home(&resource.jwks_uri, base, "key set")?;
    for (name, url) in extension.endpoints.listed() {
        at_home(url, base, name)?;
    }
    if let Some(stream) = &extension.event_stream {
        at_home(&stream.configuration, base, "event stream")?;
    }
    if !extension.api_versions.iter().any(|v| v == API_VERSION) {
        return Err(DiscoveryError::Unsupported("another version"));
    }
    if resource.dpop_bound_access_tokens_required {
        return Err(DiscoveryError::Unsupported("tokens bound to a key"));
    }
    Ok(())
}

/// RFC 9728 §2.2: what is signed takes precedence, so the two must not differ.
fn check_signed(signed: &str, plain: &Value, keys: &JwkSet) -> Result<(), ProtocolError> {
    let typ = jws::decode_unverified::<Value>(signed)?.typ;
    let typ = SIGNED_METADATA
        .into_iter()
        .find(|known| typ.as_deref() == Some(*known))
        .ok_or(ProtocolError::Unsupported("kind of signed metadata"))?;
    let claims: Value = jws::verify(signed, typ, keys)?.payload;
    let agrees = CONFIRMED
        .iter()
        .all(|name| claims.get(*name) == plain.get(*name));
    if agrees {
        Ok(())
    } else {
        Err(ProtocolError::Contradiction("signed metadata"))
    }
}

async fn find_server(
    http: &Http,
    resource: &ResourceMetadata,
    base: &Url,
) -> Result<AuthorizationServerMetadata, DiscoveryError> {
    let issuer = resource
        .authorization_servers
        .first()
        .ok_or(DiscoveryError::Unsupported("no sign-in server"))?;
    let home = parse(issuer.as_str(), "sign-in server")?;
    if home.scheme() != base.scheme() {
        return Err(DiscoveryError::Elsewhere("sign-in server"));
    }
    let server: AuthorizationServerMetadata =
        fetch(http, well_known(&home, AUTHORIZATION_PATH), &home).await?;
    // RFC 8414 §3.3: else one server could pass itself off as another.
    if server.issuer != *issuer {
        return Err(DiscoveryError::Elsewhere("issuer"));
    }
    at_home(&server.authorization_endpoint, &home, "sign-in page")?;
    at_home(&server.token_endpoint, &home, "token endpoint")?;
    let has = |list: &[String], value: &str| list.iter().any(|item| item == value);
    if !has(&server.response_types_supported, "code") {
        return Err(DiscoveryError::Unsupported("another way to sign in"));
    }
    if !has(&server.code_challenge_methods_supported, "S256") {
        return Err(DiscoveryError::Unsupported("sign-in without a challenge"));
    }
    Ok(server)
}

async fn find_events(
    http: &Http,
    configuration: &Url,
    base: &Url,
) -> Result<TransmitterMetadata, DiscoveryError> {
    let events: TransmitterMetadata = fetch(http, configuration.clone(), base).await?;
    let issuer = parse(events.issuer.as_str(), "event issuer")?;
    at_home(&issuer, base, "event issuer")?;
    at_home(&events.jwks_uri, base, "event key set")?;
    at_home(&events.configuration_endpoint, base, "event stream")?;
    if !events.delivery_methods_supported.iter().any(|m| m == POLL) {
        return Err(DiscoveryError::Unsupported("events by push"));
    }
    Ok(events)
}

async fn fetch<T: DeserializeOwned>(http: &Http, url: Url, home: &Url) -> Result<T, Failure> {
    let ask = Ask::get(url, home).accept("application/json");
    http.ask(&ask).await?.json("the operator's description")
}

/// RFC 8414 §3.1, RFC 9728 §3.1: the well-known path goes between the host and the path.
fn well_known(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    let below = base.path().trim_end_matches('/');
    url.set_path(&format!("{path}{below}"));
    url.set_query(None);
    url.set_fragment(None);
    url
}

fn parse(text: &str, what: &'static str) -> Result<Url, DiscoveryError> {
    text.parse().map_err(|_| DiscoveryError::Elsewhere(what))
}

fn at_home(url: &Url, home: &Url, what: &'static str) -> Result<(), DiscoveryError> {
    if address::is_permitted(url) && address::is_same_origin(url, home) {
        Ok(())
    } else {
        Err(DiscoveryError::Elsewhere(what))
    }
}

fn not_understood(what: &'static str) -> DiscoveryError {
    DiscoveryError::Unreadable(Failure::NotUnderstood { what })
}

#[cfg(test)]
mod tests;
