//! All that proves one consent, in one file that anybody can check without a network.
//!
//! **About trust:** the operator's keys are in the file, so by itself it proves that its parts
//! belong together, not who the operator is. Whoever checks it can [pin](verify_pinned) the keys
//! that they know.

mod verify;

use consent::OperatorId;
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

pub use verify::{BundleReport, KeyTrust, verify, verify_pinned};

use crate::{ProtocolError, key::JwkSet, limits, service::ServiceDescription};

/// The name of the format, with its version.
pub const FORMAT: &str = "lokero-proof/1";
/// The most bytes of a bundle.
pub const MAX_BYTES: usize = limits::MAX_PAGE_BYTES;

/// A proof bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofBundle {
    /// [`FORMAT`].
    pub format: String,
    /// When it was written.
    pub exported_at: Timestamp,
    /// Who signed the bindings and the receipts.
    pub operator: BundledOperator,
    /// The devices that signed: one message, or a list of them.
    #[serde(
        rename = "binding",
        serialize_with = "one_or_list",
        deserialize_with = "list_of_one_or_more"
    )]
    pub bindings: Vec<String>,
    /// Who may decide for whom: one message, or a list of them.
    #[serde(
        rename = "delegation",
        default,
        skip_serializing_if = "Vec::is_empty",
        serialize_with = "one_or_list",
        deserialize_with = "list_of_one_or_more"
    )]
    pub delegations: Vec<String>,
    /// The record.
    pub record: Value,
    /// The statements, each device's in order.
    pub statements: Vec<String>,
    /// The receipts.
    #[serde(default)]
    pub receipts: Vec<String>,
    /// The request that the record answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// The service that made the request, as it was registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceDescription>,
}

/// The operator, as a bundle has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundledOperator {
    /// The operator.
    pub issuer: OperatorId,
    /// Its keys.
    pub jwks: JwkSet,
    /// What it says about itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Value>,
}

/// What a bundle is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleParts {
    /// The operator.
    pub operator: BundledOperator,
    /// The devices that signed.
    pub bindings: Vec<String>,
    /// Who may decide for whom.
    pub delegations: Vec<String>,
    /// The record.
    pub record: Value,
    /// The statements, each device's in order.
    pub statements: Vec<String>,
    /// The receipts.
    pub receipts: Vec<String>,
    /// The request.
    pub request: Option<String>,
    /// The service.
    pub service: Option<ServiceDescription>,
}

/// Makes a bundle. It proves what its parts prove: see [`verify()`].
pub fn build(parts: BundleParts, exported_at: Timestamp) -> ProofBundle {
    ProofBundle {
        format: FORMAT.to_owned(),
        exported_at,
        operator: parts.operator,
        bindings: parts.bindings,
        delegations: parts.delegations,
        record: parts.record,
        statements: parts.statements,
        receipts: parts.receipts,
        request: parts.request,
        service: parts.service,
    }
}

impl ProofBundle {
    /// Reads a bundle.
    ///
    /// # Errors
    ///
    /// Fails if it is larger than [`MAX_BYTES`], exceeds another bound, or is not a bundle of
    /// this version.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProtocolError> {
        if bytes.len() > MAX_BYTES {
            return Err(ProtocolError::TooLarge("bundle"));
        }
        let value: Value = limits::parse_messages(bytes)?;
        if value.get("format").and_then(Value::as_str) != Some(FORMAT) {
            return Err(ProtocolError::Unsupported("format"));
        }
        Self::deserialize(value).map_err(|_| ProtocolError::Malformed("bundle"))
    }

    /// Returns the bundle as the text of a file.
    ///
    /// # Errors
    ///
    /// Fails if it cannot be written as JSON.
    pub fn to_text(&self) -> Result<String, ProtocolError> {
        serde_json::to_string_pretty(self).map_err(|_| ProtocolError::Malformed("bundle"))
    }
}

fn one_or_list<S: Serializer>(messages: &[String], to: S) -> Result<S::Ok, S::Error> {
    match messages {
        [one] => one.serialize(to),
        list => list.serialize(to),
    }
}

fn list_of_one_or_more<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Messages {
        One(String),
        List(Vec<String>),
    }

    Ok(match Messages::deserialize(from)? {
        Messages::One(message) => vec![message],
        Messages::List(list) => list,
    })
}
