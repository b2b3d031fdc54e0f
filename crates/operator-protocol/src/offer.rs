//! An offer in the catalogue that everybody downloads whole.
//!
//! Whether an offer suits a person is computed on the person's device; that the catalogue is one
//! and the same for everybody keeps even the interest unseen.

use consent::{DataUsingServiceId, LocalText, OfferId, OrganisationId};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    ProtocolError, jws,
    key::{JwkSet, SigningKey},
};

/// The `typ` of an offer.
pub const TYP: &str = "mdc-offer+jwt";
/// The language of eligibility rules.
pub const RULE_LANGUAGE: &str = "mdc-rules/1";

/// What an offer says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferPayload {
    /// The organisation that makes it.
    pub iss: OrganisationId,
    /// Its identifier.
    pub jti: OfferId,
    /// When it was made.
    #[serde(with = "crate::seconds")]
    pub iat: Timestamp,
    /// Until when it can be accepted.
    #[serde(with = "crate::seconds")]
    pub exp: Timestamp,
    /// The version of this form: 1.
    pub v: u64,
    /// The service that is offered.
    pub service: DataUsingServiceId,
    /// What it is called.
    pub title: LocalText,
    /// What it is.
    pub summary: LocalText,
    /// Whom it is for: `self` (if missing), `child`, `everyone`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// What it is about, such as `education`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Whom it suits.
    pub eligibility: Eligibility,
    /// What accepting it leads to.
    pub on_accept: OnAccept,
    /// How it was chosen whom it is made to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub algorithm: Option<OfferAlgorithm>,
    /// When what is offered starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<Date>,
    /// When what is offered ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<Date>,
}

/// Whom an offer suits: a rule over the person's own data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Eligibility {
    /// The language of the rule: [`RULE_LANGUAGE`]. An offer in another one is shown without a
    /// verdict.
    pub lang: String,
    /// What the rule looks at.
    pub needs: Vec<Need>,
    /// The rule, as `consent::rule` reads it.
    pub rule: Value,
    /// The rule in words.
    #[serde(default)]
    pub criteria: Vec<Criterion>,
}

/// One thing that a rule looks at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// Its name in the rule.
    pub var: String,
    /// A JSON pointer into a source's schema.
    pub path: String,
    /// The schema; if not given, that of the need before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
}

/// One criterion in words (CCCEV).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// Its identifier.
    pub id: String,
    /// Its kind in CCCEV.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cccev: Option<String>,
    /// In words.
    pub text: LocalText,
}

/// What accepting an offer leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnAccept {
    /// The intended use that the service then asks for.
    pub request_template: String,
}

/// How it was chosen whom an offer is made to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferAlgorithm {
    /// The register that describes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register: Option<String>,
    /// Its kind, such as `rule-based`.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

/// The catalogue of offers, whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferCatalogue {
    /// Rises with every change.
    pub version: u64,
    /// The offers, signed.
    pub items: Vec<String>,
}

/// Signs an offer with the service's key.
///
/// # Errors
///
/// As [`jws::sign`].
pub fn sign(key: &SigningKey, payload: &OfferPayload) -> Result<String, ProtocolError> {
    jws::sign(key, TYP, payload)
}

/// Returns what an offer says, if one of the service's keys signed it.
///
/// # Errors
///
/// As [`jws::verify`].
pub fn verify(
    compact: &str,
    service_keys: &JwkSet,
) -> Result<jws::Verified<OfferPayload>, ProtocolError> {
    let verified = jws::verify::<OfferPayload>(compact, TYP, service_keys)?;
    if verified.payload.v != 1 {
        return Err(ProtocolError::Unsupported("version"));
    }
    Ok(verified)
}
