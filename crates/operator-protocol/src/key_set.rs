//! An operator's published keys, and how a client follows when they change.
//!
//! A client pins the keys that it meets first. New keys count only if a pinned key signed them:
//! who takes over the operator's web server does not thereby take over its word.

use consent::OperatorId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ProtocolError, jws,
    key::{JwkSet, SigningKey},
};

/// The `typ` of a signed key set.
pub const TYP: &str = "mdc-jwks+jwt";

/// What is at an operator's `jwks_uri`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedKeys {
    /// The keys in use.
    #[serde(flatten)]
    pub set: JwkSet,
    /// The same set, signed by a key that was in use before: see [`KeySetPayload`].
    #[serde(
        rename = "mdc_signed",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub signed: Option<String>,
}

/// What a signed key set says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeySetPayload {
    /// The operator.
    pub iss: OperatorId,
    /// When the keys were changed.
    #[serde(with = "crate::seconds")]
    pub iat: Timestamp,
    /// The keys from then on.
    #[serde(flatten)]
    pub set: JwkSet,
}

/// Signs a new set of keys with a key of the old one.
///
/// # Errors
///
/// As [`jws::sign`].
pub fn sign(key: &SigningKey, payload: &KeySetPayload) -> Result<String, ProtocolError> {
    jws::sign(key, TYP, payload)
}

/// Returns the keys that may be pinned from now on, in the place of `pinned`.
///
/// The old ones stay good for what they signed before: bindings and receipts are checked against
/// both.
///
/// # Errors
///
/// Fails with [`ProtocolError::UnknownKey`] if there are new keys that no pinned key signed, and
/// with [`ProtocolError::Contradiction`] if what was signed is not what is published.
pub fn follow(
    pinned: &JwkSet,
    published: &PublishedKeys,
    operator: &OperatorId,
) -> Result<JwkSet, ProtocolError> {
    let known = pinned.thumbprints();
    let offered = published.set.thumbprints();
    if offered.is_empty() {
        return Err(ProtocolError::Malformed("key set"));
    }
    if offered.iter().all(|key| known.contains(key)) {
        return Ok(published.set.clone());
    }
    let signed = published
        .signed
        .as_deref()
        .ok_or(ProtocolError::UnknownKey)?;
    let change = jws::verify::<KeySetPayload>(signed, TYP, pinned)?.payload;
    if change.iss != *operator || change.set.thumbprints() != offered {
        return Err(ProtocolError::Contradiction("key set"));
    }
    Ok(change.set)
}
