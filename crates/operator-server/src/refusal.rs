//! Why the operator does not do what was asked: RFC 9457 problems.
//!
//! A problem names what is wrong with the message and never repeats anything of it.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use operator_protocol::{
    ProtocolError,
    problem::{MEDIA_TYPE, Problem},
    statement::StatementHead,
};

use crate::{draw::NoRandomness, store::StoreError};

/// Where this protocol's kinds of problem are named.
const KINDS: &str = "https://mydata.example.fi/problems/";

/// Why something is not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("no valid access token")]
    Unauthenticated,
    #[error("the access token is for something else")]
    InsufficientScope,
    #[error("not for this person")]
    NotAuthorised(&'static str),
    #[error("nothing is there")]
    NotFound,
    #[error("the stream is gone")]
    StreamUnknown,
    #[error("the {0} is malformed")]
    Malformed(&'static str),
    #[error("the body is too large")]
    TooLarge,
    #[error("the signature does not hold")]
    BadSignature,
    #[error("the nonce is not known, or was used")]
    NonceUnknown,
    #[error("the device's key belongs to somebody else")]
    DeviceTaken,
    #[error("no device was enrolled with this sign-in")]
    DeviceUnknown,
    #[error("addressed to another operator")]
    WrongAudience,
    #[error("the time is too far from this operator's")]
    TimeOutOfRange,
    #[error("the record has not been sent")]
    RecordUnknown,
    #[error("another record has this identifier")]
    RecordDiffers,
    #[error("the statement names another record than was sent")]
    RecordMismatch,
    #[error("the record does not have the shape of a consent record")]
    RecordInvalid,
    #[error("no such request was issued to this person")]
    RequestUnknown,
    #[error("the record differs from the request in its {0}")]
    TermsDiffer(&'static str),
    #[error("the purpose is not in the agreed list")]
    UnknownPurpose,
    #[error("the request's time is over")]
    RequestExpired,
    #[error("the service is not registered with this operator")]
    ServiceUnregistered,
    #[error("consent chain has a newer head")]
    ChainConflict(StatementHead),
    #[error("the chain does not start here")]
    ChainBroken,
    #[error("the status does not allow this change")]
    StatusConflict,
    #[error("the statement's identifier was used before")]
    IdentifierReused,
    #[error("the idempotency key is not the message's identifier")]
    KeyDiffers,
    #[error("another body came under the same idempotency key")]
    KeyReused,
    #[error("the offer does not stand, or is not of this template")]
    OfferUnknown,
    #[error("failing as a test asked for")]
    Staged(StatusCode),
    #[error("called by a name that is not this operator's")]
    Misdirected,
    #[error("the request took too long")]
    TimedOut,
    #[error("the operator failed")]
    Store(#[from] StoreError),
    #[error("the operator failed")]
    NoRandomness(#[from] NoRandomness),
    #[error("the operator could not {0}")]
    Internal(&'static str),
}

impl Refusal {
    /// Turns a failed verification into the refusal of the message.
    pub(crate) const fn of_message(error: ProtocolError) -> Self {
        match error {
            ProtocolError::BadSignature
            | ProtocolError::UnknownKey
            | ProtocolError::Unsupported(_) => Self::BadSignature,
            ProtocolError::TooLarge(_) => Self::TooLarge,
            ProtocolError::Malformed(part) => Self::Malformed(part),
            ProtocolError::WrongKind { .. } => Self::Malformed("kind of message"),
            ProtocolError::Contradiction(part) => Self::Malformed(part),
        }
    }

    /// Returns the refusal in the form in which it is sent.
    pub(crate) fn problem(&self) -> Problem {
        let (name, status) = self.row();
        let (kind, title) = match name {
            Some(name) => (format!("{KINDS}{name}"), self.to_string()),
            None => (
                "about:blank".to_owned(),
                status.canonical_reason().unwrap_or_default().to_owned(),
            ),
        };
        Problem {
            kind,
            title: sentence(&title),
            status: Some(status.as_u16()),
            detail: self.detail(),
            head: if let Self::ChainConflict(head) = self {
                Some(head.clone())
            } else {
                None
            },
        }
    }

    fn detail(&self) -> Option<String> {
        if let Self::NotAuthorised(why) = self {
            return Some((*why).to_owned());
        }
        matches!(self, Self::ChainConflict(_))
            .then(|| "Re-sign on top of the given head.".to_owned())
    }

    fn row(&self) -> (Option<&'static str>, StatusCode) {
        const UNPROCESSABLE: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
        match self {
            Self::Unauthenticated => (None, StatusCode::UNAUTHORIZED),
            Self::InsufficientScope => (Some("insufficient-scope"), StatusCode::FORBIDDEN),
            Self::NotAuthorised(_) => (Some("not-authorised"), StatusCode::FORBIDDEN),
            Self::NotFound => (None, StatusCode::NOT_FOUND),
            Self::StreamUnknown => (Some("stream-unknown"), StatusCode::NOT_FOUND),
            Self::Malformed(_) => (Some("malformed"), StatusCode::BAD_REQUEST),
            Self::TooLarge => (None, StatusCode::PAYLOAD_TOO_LARGE),
            Self::BadSignature => (Some("bad-signature"), UNPROCESSABLE),
            Self::NonceUnknown => (Some("nonce-unknown"), UNPROCESSABLE),
            Self::DeviceTaken => (Some("device-taken"), StatusCode::FORBIDDEN),
            Self::DeviceUnknown => (Some("device-unknown"), StatusCode::FORBIDDEN),
            Self::WrongAudience => (Some("wrong-audience"), UNPROCESSABLE),
            Self::TimeOutOfRange => (Some("time-out-of-range"), UNPROCESSABLE),
            Self::RecordUnknown => (Some("record-unknown"), StatusCode::CONFLICT),
            Self::RecordDiffers => (Some("record-differs"), StatusCode::CONFLICT),
            Self::RecordMismatch => (Some("record-mismatch"), UNPROCESSABLE),
            Self::RecordInvalid => (Some("record-invalid"), UNPROCESSABLE),
            Self::RequestUnknown => (Some("request-unknown"), UNPROCESSABLE),
            Self::TermsDiffer(_) => (Some("terms-differ"), UNPROCESSABLE),
            Self::UnknownPurpose => (Some("unknown-purpose"), UNPROCESSABLE),
            Self::RequestExpired => (Some("request-expired"), UNPROCESSABLE),
            Self::ServiceUnregistered => (Some("service-unregistered"), UNPROCESSABLE),
            Self::ChainConflict(_) => (Some("chain-conflict"), StatusCode::CONFLICT),
            Self::ChainBroken => (Some("chain-broken"), UNPROCESSABLE),
            Self::StatusConflict => (Some("status-conflict"), UNPROCESSABLE),
            Self::IdentifierReused => (Some("identifier-reused"), UNPROCESSABLE),
            Self::KeyDiffers => (Some("key-differs"), UNPROCESSABLE),
            Self::KeyReused => (Some("key-reused"), UNPROCESSABLE),
            Self::OfferUnknown => (Some("offer-unknown"), UNPROCESSABLE),
            Self::Staged(status) => (None, *status),
            Self::Misdirected => (None, StatusCode::MISDIRECTED_REQUEST),
            Self::TimedOut => (None, StatusCode::REQUEST_TIMEOUT),
            Self::Store(_) | Self::NoRandomness(_) | Self::Internal(_) => {
                (None, StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let problem = self.problem();
        let status = self.row().1;
        if status == StatusCode::INTERNAL_SERVER_ERROR && !matches!(self, Self::Staged(_)) {
            tracing::error!(error = &self as &dyn std::error::Error, "Request failed");
        } else {
            tracing::debug!(status = status.as_u16(), kind = %problem.kind, "Request refused");
        }
        let body = serde_json::to_string(&problem).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, MEDIA_TYPE)], body).into_response();
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static("Bearer error=\"invalid_token\""),
            );
        }
        if status == StatusCode::SERVICE_UNAVAILABLE || status == StatusCode::TOO_MANY_REQUESTS {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_conflict_names_the_head_to_sign_on() {
        let head = StatementHead {
            seq: 2,
            hash: "sha-256:HR27JIpD6EE6jsDSClvMgTikPmXuKn3_kGsfMLkJdP4".to_owned(),
        };

        let problem = Refusal::ChainConflict(head.clone()).problem();

        assert_eq!(
            problem.kind,
            "https://mydata.example.fi/problems/chain-conflict"
        );
        assert_eq!(problem.status, Some(409));
        assert_eq!(problem.head, Some(head));
    }
}
