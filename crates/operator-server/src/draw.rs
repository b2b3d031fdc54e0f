//! Random numbers: keys, tokens and identifiers. The one place that asks the system for them.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use pii::Secret;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The system gave no random numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the system gave no random numbers")]
pub(crate) struct NoRandomness;

/// Draws the seed of a key.
pub(crate) fn seed() -> Result<Secret<[u8; 32]>, NoRandomness> {
    bytes().map(Secret::new)
}

/// Draws a token of 256 bits, in base64url.
pub(crate) fn token() -> Result<Secret<String>, NoRandomness> {
    let bytes: [u8; 32] = bytes()?;
    Ok(Secret::new(URL_SAFE_NO_PAD.encode(bytes)))
}

/// Draws an identifier whose first part follows the time (UUID version 7, RFC 9562 §5.7).
pub(crate) fn id(now: Timestamp) -> Result<Uuid, NoRandomness> {
    let millis = u64::try_from(now.as_millisecond()).unwrap_or_default();
    Ok(uuid::Builder::from_unix_timestamp_millis(millis, &bytes()?).into_uuid())
}

/// Draws a number below `end`, near enough to evenly for choosing a port.
pub(crate) fn below(end: u16) -> Result<u16, NoRandomness> {
    Ok(u16::from_le_bytes(bytes()?) % end.max(1))
}

/// Returns what is stored of a token: its hash.
pub(crate) fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}

fn bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}
