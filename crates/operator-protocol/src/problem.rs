//! What a server says when it does not do what was asked: RFC 9457.

use serde::{Deserialize, Serialize};

use crate::statement::StatementHead;

/// The media type of a problem.
pub const MEDIA_TYPE: &str = "application/problem+json";
/// Where this protocol's kinds of problem are named.
const BASE: &str = "https://mydata.example.fi/problems/";

/// A problem on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What kind it is: a URI, or `about:blank`.
    #[serde(rename = "type", default = "about_blank")]
    pub kind: String,
    /// The kind in words, for developers.
    #[serde(default)]
    pub title: String,
    /// The HTTP status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// This one in words, for developers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// With a chain conflict: the head to sign on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<StatementHead>,
}

impl Problem {
    /// Makes a problem of a kind of this protocol.
    pub fn of(kind: ProblemKind) -> Self {
        let (_, name, status, title) = kind.row();
        Self {
            kind: format!("{BASE}{name}"),
            title: title.to_owned(),
            status: Some(status),
            detail: None,
            head: None,
        }
    }

    /// Makes the problem that tells a device the head of its chain.
    pub fn chain_conflict(head: Option<StatementHead>) -> Self {
        Self {
            detail: Some("Re-sign on top of the given head.".to_owned()),
            head,
            ..Self::of(ProblemKind::ChainConflict)
        }
    }

    /// Returns the kind, if it is one of this protocol.
    pub fn known_kind(&self) -> Option<ProblemKind> {
        let name = self.kind.strip_prefix(BASE)?;
        ProblemKind::ALL
            .into_iter()
            .find(|kind| kind.row().1 == name)
    }
}

fn about_blank() -> String {
    "about:blank".to_owned()
}

/// The kinds of problem that a client treats differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The chain has a newer head.
    ChainConflict,
    /// The record of a statement has not been sent.
    RecordUnknown,
    /// Another record has this identifier.
    RecordDiffers,
    /// A signature does not hold.
    BadSignature,
    /// A purpose is not in the agreed list.
    UnknownPurpose,
    /// The request's time is over.
    RequestExpired,
    /// The person may not decide this.
    NotAuthorised,
    /// Another body came under the same idempotency key.
    KeyReused,
}

impl ProblemKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::ChainConflict,
        Self::RecordUnknown,
        Self::RecordDiffers,
        Self::BadSignature,
        Self::UnknownPurpose,
        Self::RequestExpired,
        Self::NotAuthorised,
        Self::KeyReused,
    ];

    const fn row(self) -> (Self, &'static str, u16, &'static str) {
        let (name, status, title) = match self {
            Self::ChainConflict => ("chain-conflict", 409, "Consent chain has a newer head"),
            Self::RecordUnknown => ("record-unknown", 409, "The record has not been sent"),
            Self::RecordDiffers => ("record-differs", 409, "Another record has this identifier"),
            Self::BadSignature => ("bad-signature", 422, "The signature does not hold"),
            Self::UnknownPurpose => ("unknown-purpose", 422, "The purpose is not in the list"),
            Self::RequestExpired => ("request-expired", 422, "The request's time is over"),
            Self::NotAuthorised => ("not-authorised", 403, "The person may not decide this"),
            Self::KeyReused => ("key-reused", 422, "Another body came under the same key"),
        };
        (self, name, status, title)
    }
}
