//! The operator's interface: one module for each thing that it offers.
//!
//! A handler takes the call apart, does its work in one turn at the store, and puts the answer
//! together. Lists are bounded; what comes in is bounded before it is read.

pub(crate) mod access_log;
pub(crate) mod catalogue;
pub(crate) mod consents;
pub(crate) mod devices;
pub(crate) mod discovery;
pub(crate) mod events;
pub(crate) mod matching;
pub(crate) mod offers;
pub(crate) mod receipts;
pub(crate) mod records;
pub(crate) mod requests;
pub(crate) mod snapshots;
pub(crate) mod statements;

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use operator_protocol::api::{IDEMPOTENCY_KEY, JWT};

use crate::{draw, refusal::Refusal, store::answers::Answer};

/// The most items of one page.
const PAGE: u32 = 100;
/// The longest idempotency key that is taken.
const MAX_KEY: usize = 256;

/// Returns the call's idempotency key, if it has one.
fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else {
        return Ok(None);
    };
    let malformed = || Refusal::Malformed("idempotency key");
    let text = value.to_str().map_err(|_| malformed())?;
    // The draft spells it as a quoted string of Structured Fields; many send it bare.
    let bare = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .unwrap_or(text);
    if bare.is_empty() || bare.len() > MAX_KEY {
        return Err(malformed());
    }
    Ok(Some(bare.to_owned()))
}

/// Returns the hash by which a repeated call is recognised.
fn call_hash(path: &str, body: &[u8]) -> Vec<u8> {
    use sha2::{Digest, Sha256};

    let mut hash = Sha256::new();
    hash.update(path.as_bytes());
    hash.update([0]);
    hash.update(body);
    hash.finalize().to_vec()
}

/// Makes the response that an [`Answer`] describes.
fn respond(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let media_type = HeaderValue::try_from(answer.media_type)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    (status, [(header::CONTENT_TYPE, media_type)], answer.body).into_response()
}

/// Answers with one signed message.
fn message(jws: String) -> Response {
    ([(header::CONTENT_TYPE, JWT)], jws).into_response()
}

/// Answers with JSON under an entity tag, or says that it has not changed (RFC 9110 §13.1.2).
fn tagged(headers: &HeaderMap, body: String, etag: String, cache: &'static str) -> Response {
    let is_known = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|tag| tag.trim())
        .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag);
    let Ok(etag) = HeaderValue::try_from(etag) else {
        return Refusal::Internal("make an entity tag").into_response();
    };
    let cache = (header::CACHE_CONTROL, HeaderValue::from_static(cache));
    if is_known {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, etag), cache]).into_response();
    }
    let json = HeaderValue::from_static("application/json");
    let headers = [(header::ETAG, etag), cache, (header::CONTENT_TYPE, json)];
    (headers, body).into_response()
}

/// Returns the entity tag of a body: its hash.
fn etag_of(body: &[u8]) -> String {
    let tag = operator_protocol::canonical::sha256_tag(body);
    format!("\"{}\"", tag.trim_start_matches("sha-256:"))
}

/// Reads a body as text.
fn text(body: &Bytes) -> Result<&str, Refusal> {
    std::str::from_utf8(body).map_err(|_| Refusal::Malformed("body"))
}

/// Draws an identifier with a prefix that says what it is of.
pub(crate) fn draw_id(prefix: &str, now: jiff::Timestamp) -> Result<String, Refusal> {
    Ok(format!("{prefix}-{}", draw::id(now)?))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::the_same(r#""a1""#, true)]
    #[case::a_weak_one(r#"W/"a1""#, true)]
    #[case::one_of_several(r#""b", "a1""#, true)]
    #[case::any("*", true)]
    #[case::another(r#""a2""#, false)]
    fn what_has_not_changed_is_not_sent(#[case] known: &str, #[case] is_known: bool) {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, known.parse().unwrap());

        let response = tagged(&headers, "{}".to_owned(), "\"a1\"".to_owned(), "no-cache");

        assert_eq!(response.status() == StatusCode::NOT_MODIFIED, is_known);
    }

    #[rstest]
    #[case::bare("a-1", Some("a-1"))]
    #[case::quoted("\"a-1\"", Some("a-1"))]
    #[case::empty("\"\"", None)]
    fn a_key_is_read_bare_or_quoted(#[case] sent: &str, #[case] expected: Option<&str>) {
        let mut headers = HeaderMap::new();
        headers.insert(IDEMPOTENCY_KEY, sent.parse().unwrap());

        assert_eq!(
            idempotency_key(&headers).ok().flatten().as_deref(),
            expected
        );
    }
}
