//! Signed messages: JWS in compact form (RFC 7515), signed with Ed25519 (RFC 8037, RFC 9864).
//!
//! The payload is signed in canonical form, so that who signs twice signs the same bytes. A
//! receiver does not canonicalise: it verifies and hashes what it received.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    ProtocolError, canonical,
    key::{JwkSet, SigningKey},
    limits,
};

/// The JOSE header, as far as it is read.
#[derive(Debug, Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    crit: Option<Value>,
}

/// A message whose signature holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified<T> {
    /// What it says.
    pub payload: T,
    /// The thumbprint of the key that signed it.
    pub kid: String,
    /// The hash by which others refer to it.
    pub hash: String,
}

/// A message whose signature nobody has looked at: good for finding who should verify it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unverified<T> {
    /// What it claims.
    pub payload: T,
    /// The `typ` that it claims.
    pub typ: Option<String>,
    /// The key that it claims.
    pub kid: Option<String>,
}

/// Signs `payload` as a message of the kind `typ`.
///
/// # Errors
///
/// Fails if the payload is not JSON or the message would be larger than
/// [`limits::MAX_JWS_BYTES`].
pub fn sign(
    key: &SigningKey,
    typ: &str,
    payload: &impl Serialize,
) -> Result<String, ProtocolError> {
    let header = serde_json::json!({
        "alg": "Ed25519",
        "kid": key.public().thumbprint(),
        "typ": typ,
    });
    let mut compact = URL_SAFE_NO_PAD.encode(canonical::to_jcs(&header)?);
    compact.push('.');
    compact.push_str(&URL_SAFE_NO_PAD.encode(canonical::of(payload)?));
    let signature = key.sign(compact.as_bytes());
    compact.push('.');
    compact.push_str(&URL_SAFE_NO_PAD.encode(signature));
    if compact.len() > limits::MAX_JWS_BYTES {
        return Err(ProtocolError::TooLarge("message"));
    }
    Ok(compact)
}

/// Returns what `compact` says, if it is of the kind `typ` and one of `keys` signed it.
///
/// The algorithm is `Ed25519` or its older name `EdDSA`; there is no other. A `crit` header is
/// refused, and keys or addresses of keys inside the header are not looked at.
///
/// # Errors
///
/// Fails as [`ProtocolError`] says; nothing of the payload is decoded before the signature holds.
pub fn verify<T: DeserializeOwned>(
    compact: &str,
    typ: &'static str,
    keys: &JwkSet,
) -> Result<Verified<T>, ProtocolError> {
    let parts = Parts::split(compact)?;
    let header = parts.header()?;
    if header.crit.is_some() {
        return Err(ProtocolError::Unsupported("critical header"));
    }
    if header.alg != "Ed25519" && header.alg != "EdDSA" {
        return Err(ProtocolError::Unsupported("signature algorithm"));
    }
    if header.typ.as_deref() != Some(typ) {
        return Err(ProtocolError::WrongKind { expected: typ });
    }
    let kid = header.kid.ok_or(ProtocolError::UnknownKey)?;
    let key = keys.find(&kid).ok_or(ProtocolError::UnknownKey)?;
    key.verify(parts.signed.as_bytes(), &decode(parts.signature)?)?;
    Ok(Verified {
        payload: parts.payload()?,
        kid,
        hash: hash_of(compact),
    })
}

/// Returns what `compact` claims to say, for finding the keys that can [`verify`] it.
///
/// # Errors
///
/// Fails if it is not a message, or not of a `T`.
pub fn decode_unverified<T: DeserializeOwned>(
    compact: &str,
) -> Result<Unverified<T>, ProtocolError> {
    let parts = Parts::split(compact)?;
    let header = parts.header()?;
    Ok(Unverified {
        payload: parts.payload()?,
        typ: header.typ,
        kid: header.kid,
    })
}

/// Returns the hash by which a message is referred to: of its ASCII bytes, as received.
pub fn hash_of(compact: &str) -> String {
    canonical::sha256_tag(compact.as_bytes())
}

struct Parts<'a> {
    header: &'a str,
    payload: &'a str,
    signature: &'a str,
    signed: &'a str,
}

impl<'a> Parts<'a> {
    fn split(compact: &'a str) -> Result<Self, ProtocolError> {
        if compact.len() > limits::MAX_JWS_BYTES {
            return Err(ProtocolError::TooLarge("message"));
        }
        let malformed = ProtocolError::Malformed("message");
        let (signed, signature) = compact.rsplit_once('.').ok_or(malformed)?;
        let (header, payload) = signed.split_once('.').ok_or(malformed)?;
        if payload.contains('.') {
            return Err(malformed);
        }
        Ok(Self {
            header,
            payload,
            signature,
            signed,
        })
    }

    fn header(&self) -> Result<Header, ProtocolError> {
        read(self.header, "message header")
    }

    fn payload<T: DeserializeOwned>(&self) -> Result<T, ProtocolError> {
        read(self.payload, "message payload")
    }
}

fn read<T: DeserializeOwned>(part: &str, name: &'static str) -> Result<T, ProtocolError> {
    let value = limits::parse_value(&decode(part)?, limits::MAX_JWS_BYTES)?;
    T::deserialize(value).map_err(|_| ProtocolError::Malformed(name))
}

/// Decodes base64url without padding, in its one spelling (RFC 7515 §2, RFC 4648 §3.5).
fn decode(part: &str) -> Result<Vec<u8>, ProtocolError> {
    URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| ProtocolError::Malformed("base64url"))
}
