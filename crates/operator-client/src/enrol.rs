//! Binds this device's signing key to the person who signed in.
//!
//! The device shows that it holds the key by signing the operator's nonce; the operator answers
//! with a binding. It is taken only if a pinned key signed it, and if it is about our key.

use jiff::Timestamp;
use operator_protocol::ProtocolError;
use operator_protocol::api::{DeviceChallenge, DeviceEnrolment, EnrolledDevice};
use operator_protocol::binding::{self, BindingPayload};
use operator_protocol::device_proof::{self, DeviceProofPayload};
use operator_protocol::key::SigningKey;
use operator_sync::{Discovered, Failure};
use pii::{Personal, Secret};
use reqwest::Method;
use serde::Serialize;

use crate::http::{Ask, Authorization, Http, Response, address};

/// A binding that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolled {
    /// The binding as the operator signed it, to be kept: others verify our statements by it.
    pub jws: String,
    /// What it says.
    pub binding: BindingPayload,
}

/// Why a device could not be enrolled.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// The operator does not bind devices.
    #[error("the operator does not enrol devices")]
    NotOffered,
    /// The operator could not be asked, or refused.
    #[error("the operator did not enrol the device")]
    Failed(#[from] Failure),
    /// The binding is not what was asked for.
    #[error("the operator's binding does not hold")]
    Unsound(#[source] ProtocolError),
}

/// Enrols this device with its key, in the name of the person to whom `access` belongs.
///
/// # Errors
///
/// Fails if the operator refuses or cannot be asked, and if its binding does not hold now.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn enrol(
    http: &Http,
    discovered: &Discovered,
    access: &Secret<String>,
    key: &SigningKey,
    device_name: Personal<String>,
    now: Timestamp,
) -> Result<Enrolled, EnrolError> {
    let endpoints = &discovered.resource.mydata_operator.endpoints;
    let devices = endpoints.devices.as_ref().ok_or(EnrolError::NotOffered)?;
    let post = async |url: url::Url, body: Vec<u8>| -> Result<Response, Failure> {
        let home = discovered.home();
        let ask = Ask::send(Method::POST, url, home, "application/json", body)
            .authorized(Some(Authorization::bearer(access)));
        http.ask(&ask).await
    };

    let challenge: DeviceChallenge = post(address::below(devices, &["challenge"]), b"{}".to_vec())
        .await?
        .json("a challenge")?;
    let proof = DeviceProofPayload {
        aud: discovered.operator.clone(),
        nonce: challenge.nonce,
        iat: now,
    };
    let enrolment = DeviceEnrolment {
        jwk: key.public().jwk(),
        proof: device_proof::sign(key, &proof).map_err(EnrolError::Unsound)?,
        device_name,
    };
    let enrolled: EnrolledDevice = post(devices.clone(), json(&enrolment)?)
        .await?
        .json("a binding")?;
    let binding = check(&enrolled.binding, discovered, key, now).map_err(EnrolError::Unsound)?;
    Ok(Enrolled {
        jws: enrolled.binding,
        binding,
    })
}

fn check(
    jws: &str,
    discovered: &Discovered,
    key: &SigningKey,
    now: Timestamp,
) -> Result<BindingPayload, ProtocolError> {
    let binding = binding::verify(jws, &discovered.keys)?.payload;
    if binding.iss != discovered.operator {
        return Err(ProtocolError::Contradiction("issuer"));
    }
    if binding.device_key()? != key.public() {
        return Err(ProtocolError::Contradiction("key"));
    }
    if now >= binding.exp {
        return Err(ProtocolError::Contradiction("time"));
    }
    Ok(binding)
}

fn json(body: &impl Serialize) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec(body).map_err(|_| Failure::NotUnderstood {
        what: "what was to be asked",
    })
}

#[cfg(test)]
mod tests;
