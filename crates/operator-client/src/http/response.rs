//! What came back, and what it means.

use jiff::fmt::rfc2822;
use operator_protocol::limits;
use operator_protocol::problem::Problem;
use operator_sync::{Failure, Refusal, RetryAfter};
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, ETAG, HeaderName, LOCATION, RETRY_AFTER};
use serde::de::DeserializeOwned;

/// What kind of body is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// JSON of any kind (RFC 6839 §3.1).
    Json,
    /// A signed message in compact form.
    Jwt,
    /// Plain text in UTF-8.
    Text,
}

impl Kind {
    fn includes(self, content_type: &str) -> bool {
        let mut parts = content_type.split(';').map(str::trim);
        let essence = parts.next().unwrap_or_default();
        match self {
            Self::Json => essence == "application/json" || essence.ends_with("+json"),
            Self::Jwt => essence == "application/jwt" || essence == "application/jose",
            Self::Text => {
                essence == "text/plain"
                    && parts.all(|parameter| {
                        parameter
                            .strip_prefix("charset=")
                            .is_none_or(|charset| charset.trim_matches('"') == "utf-8")
                    })
            }
        }
    }
}

/// An answer, read to its end within the limits.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) status: StatusCode,
    pub(crate) etag: Option<String>,
    pub(crate) location: Option<String>,
    pub(crate) body: Vec<u8>,
    pub(crate) content_type: String,
    retry_after: Option<RetryAfter>,
}

impl Response {
    pub(super) fn head(answer: &reqwest::Response) -> Self {
        let text = |name: HeaderName| {
            let value = answer.headers().get(name)?.to_str().ok()?;
            Some(value.to_owned())
        };
        Self {
            status: answer.status(),
            etag: text(ETAG),
            location: None,
            body: Vec::new(),
            content_type: text(CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase(),
            retry_after: text(RETRY_AFTER).and_then(|text| retry_after_of(&text)),
        }
    }

    pub(super) fn redirect(status: StatusCode, location: String) -> Self {
        Self {
            status,
            etag: None,
            location: Some(location),
            body: Vec::new(),
            content_type: String::new(),
            retry_after: None,
        }
    }

    /// Returns the body if the answer is a success and of the kind expected.
    pub(crate) fn success(self, kind: Kind) -> Result<Vec<u8>, Failure> {
        let response = self.any_success()?;
        if kind.includes(&response.content_type) {
            Ok(response.body)
        } else {
            Err(Failure::WrongContentType)
        }
    }

    /// Returns the answer if it is a success, whatever its body.
    pub(crate) fn any_success(self) -> Result<Self, Failure> {
        if self.status.is_success() {
            Ok(self)
        } else {
            Err(self.failure())
        }
    }

    /// Reads a JSON answer of one thing.
    pub(crate) fn json<T: DeserializeOwned>(self, what: &'static str) -> Result<T, Failure> {
        let body = self.success(Kind::Json)?;
        limits::parse(&body, limits::MAX_DOCUMENT_BYTES).map_err(|error| refused(error, what))
    }

    /// Reads a JSON answer of many things, or of a large one.
    pub(crate) fn page<T: DeserializeOwned>(self, what: &'static str) -> Result<T, Failure> {
        let body = self.success(Kind::Json)?;
        limits::parse_messages(&body).map_err(|error| refused(error, what))
    }

    /// Reads a signed message. Its signature is not looked at.
    pub(crate) fn message(self, what: &'static str) -> Result<String, Failure> {
        let body = self.success(Kind::Jwt)?;
        if body.len() > limits::MAX_JWS_BYTES {
            return Err(Failure::TooLarge);
        }
        let text = String::from_utf8(body).map_err(|_| Failure::NotUnderstood { what })?;
        let text = text.trim_ascii();
        if is_compact(text) {
            Ok(text.to_owned())
        } else {
            Err(Failure::NotUnderstood { what })
        }
    }

    fn failure(&self) -> Failure {
        let retry_after = self.retry_after;
        match self.status {
            StatusCode::UNAUTHORIZED => Failure::Unauthorised,
            StatusCode::REQUEST_TIMEOUT => Failure::TimedOut,
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                Failure::Busy { retry_after }
            }
            status if status.is_server_error() => Failure::ServerTrouble { retry_after },
            status if status.is_client_error() => Failure::Refused(Refusal {
                status: status.as_u16(),
                problem: self.problem(),
            }),
            _ => Failure::NotUnderstood { what: "the status" },
        }
    }

    fn problem(&self) -> Option<Problem> {
        Kind::Json
            .includes(&self.content_type)
            .then(|| limits::parse(&self.body, limits::MAX_DOCUMENT_BYTES).ok())
            .flatten()
    }
}

/// Returns where a redirect leads, if the answer is one.
pub(super) fn redirect_of(answer: &reqwest::Response) -> Option<String> {
    let status = answer.status();
    if !status.is_redirection() || status == StatusCode::NOT_MODIFIED {
        return None;
    }
    let location = answer.headers().get(LOCATION)?.to_str().ok()?;
    Some(location.to_owned())
}

/// Says whether `text` has the shape of a JWS in compact form (RFC 7515 §7.1).
pub(crate) fn is_compact(text: &str) -> bool {
    text.split('.').count() == 3
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

fn refused(error: operator_protocol::ProtocolError, what: &'static str) -> Failure {
    match error {
        operator_protocol::ProtocolError::TooLarge(_) => Failure::TooLarge,
        operator_protocol::ProtocolError::Malformed(_)
        | operator_protocol::ProtocolError::WrongKind { .. }
        | operator_protocol::ProtocolError::Unsupported(_)
        | operator_protocol::ProtocolError::UnknownKey
        | operator_protocol::ProtocolError::BadSignature
        | operator_protocol::ProtocolError::Contradiction(_) => Failure::NotUnderstood { what },
    }
}

/// Reads `Retry-After` (RFC 9110 §10.2.3): seconds, or a date in the mail format.
fn retry_after_of(text: &str) -> Option<RetryAfter> {
    if let Ok(seconds) = text.trim().parse() {
        return Some(RetryAfter::After(std::time::Duration::from_secs(seconds)));
    }
    let date = rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(RetryAfter::At(date))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("120", Some(RetryAfter::After(std::time::Duration::from_secs(120))))]
    #[case(
        "Sun, 06 Nov 1994 08:49:37 GMT",
        Some(RetryAfter::At(Timestamp::constant(784_111_777, 0)))
    )]
    #[case("soon", None)]
    #[case("-1", None)]
    fn a_wish_to_be_left_alone_is_read_in_both_its_forms(
        #[case] text: &str,
        #[case] expected: Option<RetryAfter>,
    ) {
        assert_eq!(retry_after_of(text), expected);
    }

    #[rstest]
    #[case(Kind::Json, "application/json", true)]
    #[case(Kind::Json, "application/ld+json; charset=utf-8", true)]
    #[case(Kind::Json, "text/html; charset=utf-8", false)]
    #[case(Kind::Json, "", false)]
    #[case(Kind::Jwt, "application/jwt", true)]
    #[case(Kind::Jwt, "application/json", false)]
    #[case(Kind::Text, "text/plain; charset=utf-8", true)]
    #[case(Kind::Text, "text/plain", true)]
    #[case(Kind::Text, "text/plain; charset=iso-8859-1", false)]
    #[case(Kind::Text, "text/html", false)]
    fn an_answer_of_another_kind_is_told_by_its_type(
        #[case] kind: Kind,
        #[case] content_type: &str,
        #[case] is_of_it: bool,
    ) {
        assert_eq!(kind.includes(content_type), is_of_it);
    }

    #[rstest]
    #[case("a.b.c", true)]
    #[case("a.b", false)]
    #[case("a.b.c.d", false)]
    #[case("<a.b.c>", false)]
    #[case("a.b.c d", false)]
    fn a_message_has_three_parts_of_base64url(#[case] text: &str, #[case] is_one: bool) {
        assert_eq!(is_compact(text), is_one);
    }
}
