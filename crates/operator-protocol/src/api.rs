//! The bodies of the operator's interface that are neither messages nor documents.

use consent::{ConsentId, OfferId, PersonId};
use pii::{Personal, Secret};
use serde::{Deserialize, Serialize, Serializer};

use crate::{key::Jwk, statement::StatementHead, status::ConsentStatus};

/// The media type of a signed message.
pub const JWT: &str = "application/jwt";
/// The media type of a record.
pub const RECORD: &str = "application/ld+json";
/// The header that makes a repeated write count once.
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Where the next page is.
    #[serde(default = "Option::default")]
    pub next: Option<String>,
}

/// One page of the access log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessLogPage {
    /// The entries.
    pub items: Vec<crate::access_log::AccessEntry>,
    /// After which entry the next page starts.
    #[serde(default)]
    pub next: Option<u64>,
}

/// What the operator has of one consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentEntry {
    /// The record.
    pub cr_id: ConsentId,
    /// The hash of its canonical form.
    pub cr_hash: String,
    /// The newest statement of the device that asks.
    pub head: Option<StatementHead>,
    /// Where the consent stands.
    pub status: ConsentStatus,
    /// All statements.
    pub statements: Vec<String>,
    /// All receipts.
    pub receipts: Vec<String>,
}

/// What a device is to sign before it is bound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceChallenge {
    /// The operator's nonce.
    pub nonce: String,
    /// For how many seconds it is good.
    pub expires_in: u32,
}

/// A device that wants to be bound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceEnrolment {
    /// Its public key.
    pub jwk: Jwk,
    /// The nonce, signed: see [`crate::device_proof`].
    pub proof: String,
    /// What the person calls it.
    pub device_name: Personal<String>,
}

/// A device that has been bound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolledDevice {
    /// The binding: see [`crate::binding`].
    pub binding: String,
}

/// A person accepts an offer: the service is to send its request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferAcceptance {
    /// The offer.
    pub offer: OfferId,
    /// The intended use that the offer names.
    pub template: String,
    /// Whom it is for.
    pub subject: PersonId,
}

/// What the token endpoint answers (RFC 6749 §5.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenResponse {
    /// What each call is authorised with.
    #[serde(serialize_with = "reveal")]
    pub access_token: Secret<String>,
    /// `Bearer`.
    pub token_type: String,
    /// For how many seconds the access token is good.
    pub expires_in: u32,
    /// What the next token is fetched with. Good once.
    #[serde(
        default,
        serialize_with = "reveal_optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub refresh_token: Option<Secret<String>>,
    /// What was granted.
    #[serde(default)]
    pub scope: String,
    /// How surely the person was identified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acr: Option<String>,
    /// The person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub: Option<PersonId>,
}

fn reveal<S: Serializer>(secret: &Secret<String>, to: S) -> Result<S::Ok, S::Error> {
    secret.reveal().serialize(to)
}

fn reveal_optional<S: Serializer>(
    secret: &Option<Secret<String>>,
    to: S,
) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(Secret::reveal).serialize(to)
}
