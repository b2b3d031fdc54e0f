//! How much is read of what comes from outside, and how.
//!
//! One pass builds the value and stops at the first bound that it meets, so that a hostile
//! message costs no more than its allowed size. Two members of one name are refused: what was
//! signed must mean one thing to everybody (RFC 8259 §4, RFC 7515 §4).

use std::{cell::Cell, fmt};

use serde::de::{DeserializeOwned, DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::ProtocolError;

/// The most bytes of a compact JWS.
pub const MAX_JWS_BYTES: usize = 256 * 1024;
/// The most bytes of a document of one thing: a service, a schema, a record, a problem.
pub const MAX_DOCUMENT_BYTES: usize = 1024 * 1024;
/// The most bytes of a page of things, or of what a source holds about a person.
pub const MAX_PAGE_BYTES: usize = 8 * 1024 * 1024;
/// The deepest nesting of objects and lists.
pub const MAX_DEPTH: usize = 64;
/// The most bytes of one string, unless it is a JWS in a list of them.
pub const MAX_STRING_BYTES: usize = 64 * 1024;
/// The most members of one list or object.
pub const MAX_MEMBERS: usize = 10_000;
/// The most bytes of a member's name.
pub const MAX_NAME_BYTES: usize = 1024;

/// Reads a JSON document of at most `max_bytes`, within the other bounds.
///
/// # Errors
///
/// Fails with [`ProtocolError::TooLarge`] on a bound, and with [`ProtocolError::Malformed`] if it
/// is not JSON, not a `T`, or names a member twice.
pub fn parse<T: DeserializeOwned>(bytes: &[u8], max_bytes: usize) -> Result<T, ProtocolError> {
    let value = parse_value(bytes, max_bytes)?;
    T::deserialize(value).map_err(|_| ProtocolError::Malformed("document"))
}

/// Reads JSON of at most `max_bytes` as a value, within the other bounds.
///
/// # Errors
///
/// As [`parse`].
pub fn parse_value(bytes: &[u8], max_bytes: usize) -> Result<Value, ProtocolError> {
    read(bytes, max_bytes, MAX_STRING_BYTES)
}

/// Reads a page whose strings may be whole messages: each up to [`MAX_JWS_BYTES`].
///
/// # Errors
///
/// As [`parse`].
pub fn parse_messages<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ProtocolError> {
    let value = read(bytes, MAX_PAGE_BYTES, MAX_JWS_BYTES)?;
    T::deserialize(value).map_err(|_| ProtocolError::Malformed("page"))
}

fn read(bytes: &[u8], max_bytes: usize, max_string: usize) -> Result<Value, ProtocolError> {
    if bytes.len() > max_bytes {
        return Err(ProtocolError::TooLarge("document"));
    }
    let reason = Cell::new(None);
    let bounds = Bounds {
        depth: MAX_DEPTH,
        max_string,
        reason: &reason,
    };
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    bounds
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value))
        .map_err(|_| reason.get().unwrap_or(ProtocolError::Malformed("JSON")))
}

/// What remains to be spent on the value that comes next.
#[derive(Clone, Copy)]
struct Bounds<'a> {
    depth: usize,
    max_string: usize,
    reason: &'a Cell<Option<ProtocolError>>,
}

impl Bounds<'_> {
    fn refuse<E: Error>(self, reason: ProtocolError) -> E {
        self.reason.set(Some(reason));
        E::custom("refused")
    }

    fn inner<E: Error>(self) -> Result<Self, E> {
        match self.depth.checked_sub(1) {
            Some(depth) => Ok(Self { depth, ..self }),
            None => Err(self.refuse(ProtocolError::TooLarge("nesting"))),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Bounds<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Bounds<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        if text.len() > self.max_string {
            return Err(self.refuse(ProtocolError::TooLarge("string")));
        }
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let inner = self.inner()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(inner)? {
            if list.len() == MAX_MEMBERS {
                return Err(self.refuse(ProtocolError::TooLarge("list")));
            }
            list.push(item);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let inner = self.inner()?;
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if object.len() == MAX_MEMBERS || name.len() > MAX_NAME_BYTES {
                return Err(self.refuse(ProtocolError::TooLarge("object")));
            }
            let value = members.next_value_seed(inner)?;
            if object.insert(name, value).is_some() {
                return Err(self.refuse(ProtocolError::Malformed("object: a member twice")));
            }
        }
        Ok(object.into())
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::deep(format!("{}{}", "[".repeat(65), "]".repeat(65)), ProtocolError::TooLarge("nesting"))]
    #[case::very_deep("[".repeat(100_000), ProtocolError::TooLarge("nesting"))]
    #[case::deep_objects("{\"a\":".repeat(65), ProtocolError::TooLarge("nesting"))]
    #[case::a_long_string(format!("\"{}\"", "a".repeat(65_537)), ProtocolError::TooLarge("string"))]
    #[case::a_long_list(format!("[{}0]", "0,".repeat(10_000)), ProtocolError::TooLarge("list"))]
    #[case::a_long_name(format!("{{\"{}\":0}}", "a".repeat(1_025)), ProtocolError::TooLarge("object"))]
    #[case::too_many_bytes(" ".repeat(MAX_DOCUMENT_BYTES + 1), ProtocolError::TooLarge("document"))]
    #[case::a_member_twice(
        r#"{"a":1,"a":1}"#.to_owned(),
        ProtocolError::Malformed("object: a member twice")
    )]
    #[case::a_member_twice_by_escape(
        r#"{"a":1,"\u0061":2}"#.to_owned(),
        ProtocolError::Malformed("object: a member twice")
    )]
    #[case::something_after("{} {}".to_owned(), ProtocolError::Malformed("JSON"))]
    #[case::nothing(String::new(), ProtocolError::Malformed("JSON"))]
    #[case::not_a_number("NaN".to_owned(), ProtocolError::Malformed("JSON"))]
    fn what_exceeds_a_bound_is_refused(#[case] text: String, #[case] expected: ProtocolError) {
        let outcome = parse_value(text.as_bytes(), MAX_DOCUMENT_BYTES);

        assert_eq!(outcome, Err(expected));
    }

    #[test]
    fn what_is_just_within_the_bounds_is_read() {
        let deep = format!("{}{}", "[".repeat(64), "]".repeat(64));
        let long = format!("\"{}\"", "a".repeat(65_536));

        assert!(parse_value(deep.as_bytes(), MAX_DOCUMENT_BYTES).is_ok());
        assert!(parse_value(long.as_bytes(), MAX_DOCUMENT_BYTES).is_ok());
    }

    #[test]
    fn a_page_may_hold_whole_messages() {
        let page = format!("[\"{}\"]", "a".repeat(MAX_JWS_BYTES));

        assert!(parse_messages::<Vec<String>>(page.as_bytes()).is_ok());
    }

    proptest::proptest! {
        #[test]
        fn what_serde_json_reads_is_read_the_same(text in r#"\{"a":(1|-2|0\.5|true|null|"x"|\[1,\{\}\])\}"#) {
            let expected: Value = serde_json::from_str(&text).unwrap();
            proptest::prop_assert_eq!(parse_value(text.as_bytes(), 1000).unwrap(), expected);
        }
    }
}
