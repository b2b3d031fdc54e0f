//! Ed25519 keys as JSON Web Keys (RFC 8037), named by their thumbprints (RFC 7638).
//!
//! A key is known by the thumbprint that follows from it, never by the `kid` that someone wrote
//! beside it.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::Signer;
use pii::Secret;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::ProtocolError;

/// The most keys of one set that are looked at.
const MAX_KEYS: usize = 64;

/// A private key. It is wiped when dropped, and does not format.
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// Makes the key that belongs to a seed (RFC 8032 §5.1.5).
    pub fn from_seed(seed: Secret<[u8; 32]>) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed.reveal()))
    }

    /// Returns the key that verifies what this one signs.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs `message` (RFC 8032 §5.1.6): the same message always gives the same signature.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<signing key>")
    }
}

/// A public key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(ed25519_dalek::VerifyingKey);

impl PublicKey {
    /// Returns the key as a JSON Web Key, with its thumbprint as `kid`.
    pub fn jwk(&self) -> Jwk {
        Jwk {
            kid: Some(self.thumbprint()),
            ..self.bare_jwk()
        }
    }

    /// Returns the key as a JSON Web Key of the members that make it, and no more.
    pub fn bare_jwk(&self) -> Jwk {
        Jwk {
            kty: "OKP".to_owned(),
            crv: "Ed25519".to_owned(),
            x: URL_SAFE_NO_PAD.encode(self.0.as_bytes()),
            kid: None,
        }
    }

    /// Returns the RFC 7638 thumbprint, in base64url.
    pub fn thumbprint(&self) -> String {
        thumbprint_of(&URL_SAFE_NO_PAD.encode(self.0.as_bytes()))
    }

    /// Checks a signature, refusing weak keys and signatures with a second spelling.
    ///
    /// # Errors
    ///
    /// Fails with [`ProtocolError::BadSignature`] if it is not of `message` by this key.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), ProtocolError> {
        let signature = ed25519_dalek::Signature::from_slice(signature)
            .map_err(|_| ProtocolError::BadSignature)?;
        self.0
            .verify_strict(message, &signature)
            .map_err(|_| ProtocolError::BadSignature)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PublicKey")
            .field(&self.thumbprint())
            .finish()
    }
}

impl TryFrom<&Jwk> for PublicKey {
    type Error = ProtocolError;

    fn try_from(jwk: &Jwk) -> Result<Self, ProtocolError> {
        if jwk.kty != "OKP" || jwk.crv != "Ed25519" {
            return Err(ProtocolError::Unsupported("kind of key"));
        }
        let bytes: [u8; 32] = URL_SAFE_NO_PAD
            .decode(&jwk.x)
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(ProtocolError::Malformed("key"))?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(&bytes)
            .map_err(|_| ProtocolError::Malformed("key"))?;
        let key = Self(key);
        // Another spelling of the same point would be another name for the same key.
        if key.0.is_weak() || jwk.kid.as_ref().is_some_and(|kid| *kid != key.thumbprint()) {
            return Err(ProtocolError::Malformed("key"));
        }
        Ok(key)
    }
}

/// A JSON Web Key (RFC 7517) on the curve Ed25519 (RFC 8037 §2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jwk {
    /// The kind of key: `OKP`.
    pub kty: String,
    /// The curve: `Ed25519`.
    pub crv: String,
    /// The public key's 32 bytes, in base64url.
    pub x: String,
    /// The key's name; if given, its thumbprint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kid: Option<String>,
}

/// A set of keys (RFC 7517 §5). Keys of other kinds are passed over when it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct JwkSet {
    /// The keys.
    pub keys: Vec<Jwk>,
}

impl JwkSet {
    /// Makes a set of public keys.
    pub fn of<'a>(keys: impl IntoIterator<Item = &'a PublicKey>) -> Self {
        Self {
            keys: keys.into_iter().map(PublicKey::jwk).collect(),
        }
    }

    /// Returns the key whose thumbprint is `kid`.
    pub fn find(&self, kid: &str) -> Option<PublicKey> {
        // Decoding a key costs more than naming it, and is done for the one that is meant.
        let jwk = self.keys.iter().find(|jwk| thumbprint_of(&jwk.x) == kid)?;
        jwk.try_into().ok()
    }

    /// Returns the thumbprints, for pinning and for showing.
    pub fn thumbprints(&self) -> Vec<String> {
        self.public_keys().map(|key| key.thumbprint()).collect()
    }

    /// Returns the keys that can verify something.
    pub fn public_keys(&self) -> impl Iterator<Item = PublicKey> {
        self.keys.iter().filter_map(|jwk| jwk.try_into().ok())
    }

    /// Returns the set without the keys that are not among `thumbprints`.
    pub fn only(&self, thumbprints: &[impl AsRef<str>]) -> Self {
        let keys = self.public_keys().filter(|key| {
            thumbprints
                .iter()
                .any(|pin| pin.as_ref() == key.thumbprint())
        });
        Self {
            keys: keys.map(|key| key.jwk()).collect(),
        }
    }
}

impl<'de> Deserialize<'de> for JwkSet {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Any {
            keys: Vec<Value>,
        }

        let any = Any::deserialize(from)?;
        let keys = any
            .keys
            .into_iter()
            .take(MAX_KEYS)
            .filter_map(|key| Jwk::deserialize(key).ok())
            .filter(|jwk| PublicKey::try_from(jwk).is_ok())
            .collect();
        Ok(Self { keys })
    }
}

fn thumbprint_of(x: &str) -> String {
    // RFC 8037 §2: the required members, sorted, without white space.
    let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
    URL_SAFE_NO_PAD.encode(Sha256::digest(members))
}

/// Returns the identifier of the device that signs with the key: `urn:mdc:device:<thumbprint>`.
pub fn device_id(key: &PublicKey) -> String {
    format!("urn:mdc:device:{}", key.thumbprint())
}
