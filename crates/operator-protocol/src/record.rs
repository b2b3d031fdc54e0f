//! The consent record: what a person agreed to, in a form that others can check.
//!
//! DPV-27560 (`#record-eu-gdpr`, after ISO/IEC TS 27560) as JSON of a fixed shape. A record is
//! made once, from a request and a choice, and never changed: statements refer to it by hash.

mod build;
mod terms;

use std::sync::LazyLock;

use serde_json::Value;

pub use build::{Choice, RecordContext, build};
pub use terms::{RecordField, RecordTerms};

use crate::{ProtocolError, canonical, limits};

/// The JSON Schema that every record conforms to.
pub const SCHEMA: &str = include_str!("record/schema.json");

static VALIDATOR: LazyLock<Option<jsonschema::Validator>> = LazyLock::new(|| {
    let schema: Value = serde_json::from_str(SCHEMA).ok()?;
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&schema)
        .ok()
});

/// Reads a record from outside.
///
/// # Errors
///
/// Fails if it is larger than a document may be, names a member twice, or is not [valid](validate).
pub fn parse(bytes: &[u8]) -> Result<Value, ProtocolError> {
    let record = limits::parse_value(bytes, limits::MAX_DOCUMENT_BYTES)?;
    validate(&record)?;
    Ok(record)
}

/// Checks a record against its JSON Schema and the agreed code lists.
///
/// # Errors
///
/// Fails with [`ProtocolError::Malformed`] if the shape is wrong, and with
/// [`ProtocolError::Unsupported`] if a term is in none of the lists.
pub fn validate(record: &Value) -> Result<(), ProtocolError> {
    let has_shape = VALIDATOR
        .as_ref()
        .is_some_and(|validator| validator.is_valid(record));
    if !has_shape {
        return Err(ProtocolError::Malformed("record"));
    }
    RecordTerms::read(record)?.check_lists()
}

/// Returns the bytes that are stored, sent and hashed: the record's canonical form.
///
/// # Errors
///
/// As [`canonical::to_jcs`].
pub fn to_bytes(record: &Value) -> Result<Vec<u8>, ProtocolError> {
    canonical::to_jcs(record)
}

/// Returns the hash by which statements refer to the record.
///
/// # Errors
///
/// As [`canonical::to_jcs`].
pub fn hash(record: &Value) -> Result<String, ProtocolError> {
    Ok(canonical::sha256_tag(&to_bytes(record)?))
}
