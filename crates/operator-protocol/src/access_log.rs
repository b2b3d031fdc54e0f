//! Who used what: entries in the shape of EUDI TS10, with paths and never with values.

use consent::ConsentId;
use jiff::civil::DateTime;
use serde::{Deserialize, Deserializer, Serialize, de::Error};

use crate::service::{LangString, Policy};

/// One use of data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessEntry {
    /// Its identifier.
    pub transaction_identifier: String,
    /// When, in UTC.
    #[serde(deserialize_with = "utc")]
    pub time: DateTime,
    /// What was done, such as `Presentation`.
    pub transaction_type: String,
    /// How it went.
    pub transaction_result: TransactionResult,
    /// Why it was not completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason_of_noncompletion: Option<String>,
    /// Who used the data.
    pub interacting_party_identifier: PartyIdentifier,
    /// What they are, such as `ServiceProvider`.
    pub interacting_party_type: String,
    /// Their name.
    pub interacting_party_name: String,
    /// How they are reached.
    #[serde(default)]
    pub interacting_party_contact: Vec<String>,
    /// Whether they act for someone else.
    #[serde(default, deserialize_with = "lenient_bool")]
    pub is_intermediary: bool,
    /// Where they are registered.
    #[serde(
        rename = "registrarURL",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub registrar_url: Option<String>,
    /// What for.
    #[serde(default)]
    pub purpose: Vec<LangString>,
    /// The notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy_policy: Option<Policy>,
    /// The data protection authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dpa_name: Option<String>,
    /// Its country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dpa_country: Option<String>,
    /// How it is reached.
    #[serde(default)]
    pub dpa_contact: Vec<String>,
    /// What was asked for.
    #[serde(default)]
    pub list_of_claims_requested: Vec<ClaimsOf>,
    /// What was given.
    #[serde(default)]
    pub list_of_claims_presented: Vec<ClaimsOf>,
    /// The record that permits it.
    #[serde(rename = "x-cr_id", default, skip_serializing_if = "Option::is_none")]
    pub cr_id: Option<ConsentId>,
    /// Its place in the operator's log for this person.
    #[serde(rename = "x-seq", default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
}

/// How a use of data went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TransactionResult {
    /// The data was given.
    Completed,
    /// It was not.
    NotCompleted,
}

/// Who used data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyIdentifier {
    /// The kind of identifier.
    #[serde(rename = "type")]
    pub kind: String,
    /// The identifier.
    pub identifier: String,
}

/// Paths within one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimsOf {
    /// The source's short name.
    pub credential_identifier: String,
    /// The paths.
    pub claims: Vec<String>,
}

/// The published example of TS10 has `"FALSE"` where its text says boolean.
fn lenient_bool<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Spelling {
        Bool(bool),
        Text(String),
    }

    match Spelling::deserialize(from)? {
        Spelling::Bool(value) => Ok(value),
        Spelling::Text(text) if text.eq_ignore_ascii_case("true") => Ok(true),
        Spelling::Text(text) if text.eq_ignore_ascii_case("false") => Ok(false),
        Spelling::Text(_) => Err(Error::custom("not a boolean")),
    }
}

/// A time without a zone is UTC; one with a zone is turned into it.
fn utc<'de, D: Deserializer<'de>>(from: D) -> Result<DateTime, D::Error> {
    let text = String::deserialize(from)?;
    match text.parse::<jiff::Timestamp>() {
        Ok(at) => Ok(at.to_zoned(jiff::tz::TimeZone::UTC).datetime()),
        Err(_) => text.parse().map_err(|_| Error::custom("not a time")),
    }
}
