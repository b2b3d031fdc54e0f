//! How a device shows, once, that it holds the key that it wants bound.

use consent::OperatorId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ProtocolError, jws,
    key::{Jwk, JwkSet, PublicKey, SigningKey},
};

/// The `typ` of a proof.
pub const TYP: &str = "mdc-device-proof+jwt";

/// What a proof says: the operator's own nonce, signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceProofPayload {
    /// The operator.
    pub aud: OperatorId,
    /// What the operator drew for it.
    pub nonce: String,
    /// When.
    #[serde(with = "crate::seconds")]
    pub iat: Timestamp,
}

/// Signs a proof with the device's key.
///
/// # Errors
///
/// As [`jws::sign`].
pub fn sign(key: &SigningKey, payload: &DeviceProofPayload) -> Result<String, ProtocolError> {
    jws::sign(key, TYP, payload)
}

/// Returns the key that `jwk` is, if it signed `compact` over `nonce` for `operator`.
///
/// # Errors
///
/// As [`jws::verify`]; with [`ProtocolError::Contradiction`] if it is for another operator or
/// another nonce.
pub fn verify(
    compact: &str,
    jwk: &Jwk,
    operator: &OperatorId,
    nonce: &str,
) -> Result<PublicKey, ProtocolError> {
    let key = PublicKey::try_from(jwk)?;
    let proof = jws::verify::<DeviceProofPayload>(compact, TYP, &JwkSet::of([&key]))?.payload;
    if proof.aud != *operator || proof.nonce != nonce {
        return Err(ProtocolError::Contradiction("proof"));
    }
    Ok(key)
}
