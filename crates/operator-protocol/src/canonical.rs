//! JSON in one spelling, and the hash of it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::ProtocolError;

/// The largest integer that every reader of JSON keeps exactly (RFC 7493 §2.2).
const MAX_INTEGER: u64 = (1 << 53) - 1;

/// Returns the value in the JSON Canonicalization Scheme (RFC 8785).
///
/// ```
/// use operator_protocol::canonical;
///
/// let spelled = canonical::to_jcs(&serde_json::json!({ "b": 1.0, "a": "ä" }))?;
/// assert_eq!(spelled, r#"{"a":"ä","b":1}"#.as_bytes());
/// # Ok::<(), operator_protocol::ProtocolError>(())
/// ```
///
/// # Errors
///
/// Fails if a number has more digits than the scheme keeps, because two different values would
/// then have one spelling.
pub fn to_jcs(value: &Value) -> Result<Vec<u8>, ProtocolError> {
    if !is_exact(value) {
        return Err(ProtocolError::Malformed("number"));
    }
    serde_json_canonicalizer::to_vec(value).map_err(|_| ProtocolError::Malformed("JSON"))
}

/// Returns what `value` serialises to, in the same scheme.
///
/// # Errors
///
/// As [`to_jcs`].
pub fn of(value: &impl Serialize) -> Result<Vec<u8>, ProtocolError> {
    let value = serde_json::to_value(value).map_err(|_| ProtocolError::Malformed("JSON"))?;
    to_jcs(&value)
}

/// Returns the SHA-256 of `bytes` as this protocol writes it: `sha-256:` and base64url.
pub fn sha256_tag(bytes: &[u8]) -> String {
    format!("sha-256:{}", URL_SAFE_NO_PAD.encode(Sha256::digest(bytes)))
}

fn is_exact(value: &Value) -> bool {
    match value {
        Value::Number(number) => {
            number.is_f64()
                || number.as_u64().is_some_and(|n| n <= MAX_INTEGER)
                || number
                    .as_i64()
                    .is_some_and(|n| n.unsigned_abs() <= MAX_INTEGER)
        }
        Value::Array(items) => items.iter().all(is_exact),
        Value::Object(members) => members.values().all(is_exact),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    // RFC 8785 §3.2.2 and §3.2.3.
    #[rstest]
    #[case::names_are_sorted(json!({"b": 1, "a": [true, null]}), r#"{"a":[true,null],"b":1}"#)]
    #[case::numbers_are_short(json!([333_333_333.333_333_3, 1e30, 4.50, 2e-3]), "[333333333.3333333,1e+30,4.5,0.002]")]
    #[case::only_what_must_be_is_escaped(json!("€$\u{f}\nA'B\"\\/"), "\"€$\\u000f\\nA'B\\\"\\\\/\"")]
    #[case::names_sort_by_utf16(
        json!({"\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "\u{f6}": 7}),
        "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{f6}\":7,\"\u{20ac}\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}"
    )]
    fn one_value_has_one_spelling(#[case] value: Value, #[case] expected: &str) {
        assert_eq!(to_jcs(&value).unwrap(), expected.as_bytes());
    }

    #[rstest]
    #[case(json!(9_007_199_254_740_991_u64), true)]
    #[case(json!(9_007_199_254_740_992_u64), false)]
    #[case(json!({"a": [-9_007_199_254_740_992_i64]}), false)]
    fn a_number_that_would_be_rounded_is_refused(#[case] value: Value, #[case] is_kept: bool) {
        assert_eq!(to_jcs(&value).is_ok(), is_kept);
    }
}
