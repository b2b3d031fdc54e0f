//! Times as whole seconds since 1970 (RFC 7519 §2 `NumericDate`), within a sane range.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// 2000-01-01 and 2200-01-01: outside of these, a time is a mistake or an attack.
const SANE: std::ops::Range<i64> = 946_684_800..7_258_118_400;

pub(crate) fn serialize<S: Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
    at.as_second().serialize(to)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
    let seconds = i64::deserialize(from)?;
    if !SANE.contains(&seconds) {
        return Err(Error::custom("a time out of range"));
    }
    Timestamp::from_second(seconds).map_err(|_| Error::custom("a time out of range"))
}
