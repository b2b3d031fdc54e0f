//! An access request: what a service asks of a person, signed by the organisation behind it.
//!
//! The shape is that of OAuth Rich Authorization Requests (RFC 9396); participants and
//! activation are MyDataShare's.

mod domain;

use consent::{
    DataSourceId, DataUsingServiceId, LocalText, OperatorId, OrganisationId, PersonId, RequestId,
    request::{ActivationMode, Necessity, Participant},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

pub use domain::{Register, SignatureCheck, notice_matches, read, to_domain};

use crate::{
    ProtocolError, jws,
    key::{JwkSet, SigningKey},
};

/// The `typ` of a request.
pub const TYP: &str = "mdc-request+jwt";
/// The kind of authorization detail that this protocol has.
pub const DETAIL_TYPE: &str = "https://mydata.example.fi/rar/dataset-access";

/// What a request says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestPayload {
    /// The organisation that signed it.
    pub iss: OrganisationId,
    /// The operator that it is for.
    pub aud: OperatorId,
    /// Whom the data is about.
    pub sub: PersonId,
    /// Its identifier.
    pub jti: RequestId,
    /// When it was made.
    #[serde(with = "crate::seconds")]
    pub iat: Timestamp,
    /// When it lapses.
    #[serde(with = "crate::seconds")]
    pub exp: Timestamp,
    /// The service.
    pub service: DataUsingServiceId,
    /// The use, as the service registered it.
    pub intended_use: String,
    /// Who takes part in the decision.
    pub participants: Vec<Participant>,
    /// How their answers become one.
    pub activation_mode: ActivationMode,
    /// What is asked for. This protocol's apps take exactly one.
    pub authorization_details: Vec<AuthorizationDetail>,
    /// The notice that the person is to be shown.
    pub notice: NoticeReference,
    /// By when an answer is hoped for. Until then nobody can tell a no from silence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_by: Option<Timestamp>,
}

/// What a request asks for (RFC 9396 §2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationDetail {
    /// [`DETAIL_TYPE`].
    #[serde(rename = "type")]
    pub kind: String,
    /// Its identifier within the request, such as `#p1`.
    pub identifier: String,
    /// The sources.
    pub locations: Vec<DataSourceId>,
    /// What is done with the data: `read`.
    pub actions: Vec<String>,
    /// The kinds of data: `pd:` terms.
    pub datatypes: Vec<String>,
    /// The schema that the paths are in.
    pub schema: String,
    /// The fields.
    pub fields: Vec<FieldReference>,
    /// What for: a `dpv:` term.
    pub purpose: String,
    /// On what legal ground: an `eu-gdpr:` term.
    pub legal_basis: String,
    /// Who receives the data.
    pub recipients: Vec<OrganisationId>,
    /// How often: `once`, `continuous`, or words.
    #[serde(default = "once")]
    pub frequency: String,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// Where the data is kept, and how long.
    pub storage: StorageTerms,
    /// Whether a machine decides: `none`, `assisted`, `full`, or words.
    #[serde(default = "none")]
    pub automated_decision: String,
}

/// One field that a request asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldReference {
    /// A JSON pointer into the data that the schema describes.
    pub path: String,
    /// Whether a yes needs it.
    pub necessity: Necessity,
}

/// Where data is kept, and how long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StorageTerms {
    /// The countries: `loc:` terms.
    pub location: Vec<String>,
    /// How long it is kept: an ISO 8601 duration.
    pub duration: String,
    /// How long deleting it takes after that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deletion: Option<String>,
}

/// The notice that belongs to a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeReference {
    /// Where it is.
    pub uri: String,
    /// Its version.
    pub version: String,
    /// The hash of its bytes, by language.
    pub hash: LocalText,
}

fn once() -> String {
    "once".to_owned()
}

fn none() -> String {
    "none".to_owned()
}

/// Signs a request with the service's key.
///
/// # Errors
///
/// As [`jws::sign`].
pub fn sign(key: &SigningKey, payload: &RequestPayload) -> Result<String, ProtocolError> {
    jws::sign(key, TYP, payload)
}

/// Returns what a request says, if one of the service's keys signed it.
///
/// # Errors
///
/// As [`jws::verify`].
pub fn verify(
    compact: &str,
    service_keys: &JwkSet,
) -> Result<jws::Verified<RequestPayload>, ProtocolError> {
    jws::verify(compact, TYP, service_keys)
}
