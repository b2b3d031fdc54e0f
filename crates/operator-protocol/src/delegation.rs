//! Who may decide for whom: fetched from the operator, good for a day, never a stored fact.

use consent::{OperatorId, PersonId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ProtocolError, jws,
    key::{JwkSet, SigningKey},
};

/// The `typ` of a delegation.
pub const TYP: &str = "mdc-delegation+jwt";

/// What a delegation says: `act.sub` may decide for `sub` (RFC 8693 §4.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegationPayload {
    /// The operator.
    pub iss: OperatorId,
    /// The device it was made for.
    pub aud: String,
    /// Whom decisions are about.
    pub sub: PersonId,
    /// Who may decide.
    pub act: Delegate,
    /// From when.
    #[serde(with = "crate::seconds")]
    pub iat: Timestamp,
    /// Until when.
    #[serde(with = "crate::seconds")]
    pub exp: Timestamp,
    /// Its identifier.
    pub jti: String,
    /// Where it was found.
    pub authority: Authority,
    /// The matters that it covers, such as `education`; all if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scope: Vec<String>,
    /// Whether one of several guardians is enough.
    pub joint: Joint,
}

/// Who may decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegate {
    /// The person.
    pub sub: PersonId,
}

/// The register that an authority was found in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authority {
    /// Its name, such as `suomi.fi-valtuudet`.
    pub source: String,
    /// What it answered, such as `ALL` or `GUARDIAN`.
    #[serde(default)]
    pub roles: Vec<String>,
    /// The question's number there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// Whether guardians decide alone or together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Joint {
    /// Any one of them.
    Any,
    /// All of them.
    All,
}

impl DelegationPayload {
    /// Returns whether it lets `person` decide for `subject` at `at`.
    pub fn lets(&self, person: &PersonId, subject: &PersonId, at: Timestamp) -> bool {
        self.act.sub == *person && self.sub == *subject && (self.iat..=self.exp).contains(&at)
    }
}

/// Signs a delegation with the operator's key.
///
/// # Errors
///
/// As [`jws::sign`].
pub fn sign(key: &SigningKey, payload: &DelegationPayload) -> Result<String, ProtocolError> {
    jws::sign(key, TYP, payload)
}

/// Returns what a delegation says, if one of the operator's keys signed it.
///
/// # Errors
///
/// As [`jws::verify`].
pub fn verify(
    compact: &str,
    operator_keys: &JwkSet,
) -> Result<jws::Verified<DelegationPayload>, ProtocolError> {
    jws::verify(compact, TYP, operator_keys)
}
