//! What ties a device's key to a person: signed by the operator, checked without it.

use consent::{OperatorId, PersonId};
use jiff::Timestamp;
use pii::Personal;
use serde::{Deserialize, Serialize};

use crate::{
    ProtocolError, jws,
    key::{Jwk, JwkSet, PublicKey, SigningKey},
};

/// The `typ` of a binding.
pub const TYP: &str = "mdc-binding+jwt";

/// What a binding says: this key signs for this person (RFC 7800).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BindingPayload {
    /// The operator.
    pub iss: OperatorId,
    /// The person who enrolled the device.
    pub sub: PersonId,
    /// From when.
    #[serde(with = "crate::seconds")]
    pub iat: Timestamp,
    /// Until when statements may be signed. What was signed before stays valid.
    #[serde(with = "crate::seconds")]
    pub exp: Timestamp,
    /// How surely the person was identified, such as `substantial`.
    pub acr: String,
    /// When the person identified themselves.
    #[serde(with = "crate::seconds")]
    pub auth_time: Timestamp,
    /// The key.
    pub cnf: Confirmation,
    /// What the person calls the device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_name: Option<Personal<String>>,
}

/// The key that is bound (RFC 7800 §3.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// The device's public key.
    pub jwk: Jwk,
}

impl BindingPayload {
    /// Returns the device's key.
    ///
    /// # Errors
    ///
    /// Fails if it is not an Ed25519 key.
    pub fn device_key(&self) -> Result<PublicKey, ProtocolError> {
        PublicKey::try_from(&self.cnf.jwk)
    }

    /// Returns whether the device may sign at `at`.
    pub fn covers(&self, at: Timestamp) -> bool {
        (self.iat..=self.exp).contains(&at)
    }
}

/// Signs a binding with the operator's key.
///
/// # Errors
///
/// As [`jws::sign`].
pub fn sign(key: &SigningKey, payload: &BindingPayload) -> Result<String, ProtocolError> {
    jws::sign(key, TYP, payload)
}

/// Returns what a binding says, if one of the operator's keys signed it and it can be used.
///
/// # Errors
///
/// As [`jws::verify`], and if the bound key is not one.
pub fn verify(
    compact: &str,
    operator_keys: &JwkSet,
) -> Result<jws::Verified<BindingPayload>, ProtocolError> {
    let verified = jws::verify::<BindingPayload>(compact, TYP, operator_keys)?;
    verified.payload.device_key()?;
    Ok(verified)
}
