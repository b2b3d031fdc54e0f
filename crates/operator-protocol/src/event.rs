//! What happened at the operator: Security Event Tokens (RFC 8417) with one event each.
//!
//! An event carries identifiers and addresses. What it is about is fetched where it points to,
//! so that an event that is seen by others says nothing about a person.

use std::collections::BTreeMap;

use consent::{OperatorId, PersonId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    ProtocolError, jws,
    key::{JwkSet, SigningKey},
};

/// The `typ` of an event (RFC 8417 §2.3).
pub const TYP: &str = "secevent+jwt";
/// Where this protocol's kinds of event are named.
const BASE: &str = "https://mydata.example.fi/events/";

/// What a Security Event Token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetPayload {
    /// The operator.
    pub iss: OperatorId,
    /// The device whose stream it is in.
    pub aud: String,
    /// Its identifier, under which it counts once.
    pub jti: String,
    /// When it was made.
    #[serde(with = "crate::seconds")]
    pub iat: Timestamp,
    /// What it belongs to, such as a request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub txn: Option<String>,
    /// Whom it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_id: Option<SubjectId>,
    /// The event, under its kind. Exactly one.
    pub events: BTreeMap<String, Value>,
}

/// Whom an event is about (RFC 9493).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectId {
    /// How it is identified: `opaque`.
    pub format: String,
    /// The person.
    pub id: PersonId,
}

impl SubjectId {
    /// Identifies a person by the operator's surrogate.
    pub fn opaque(id: PersonId) -> Self {
        Self {
            format: "opaque".to_owned(),
            id,
        }
    }
}

/// The one event of a [`SetPayload`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// Its place in the stream. A gap means that something was missed.
    pub seq: u64,
    /// What it is about: a request, record, receipt, offer, as the kind says.
    pub about: Option<String>,
    /// Where that can be fetched.
    pub href: Option<String>,
    /// How soon it deserves attention.
    pub urgency: Urgency,
}

/// How soon an event deserves attention, in the sender's view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Urgency {
    /// In its own time.
    Low,
    /// As usual.
    #[default]
    Normal,
    /// At once.
    High,
}

impl Event {
    /// Returns the event in the form in which a token carries it.
    pub fn into_events(self) -> BTreeMap<String, Value> {
        let mut body = json!({ "seq": self.seq, "urgency": self.urgency });
        if let (Some(members), Some(href)) = (body.as_object_mut(), self.href) {
            members.insert("href".to_owned(), href.into());
        }
        if let (Some(members), Some(name), Some(about)) =
            (body.as_object_mut(), self.kind.about(), self.about)
        {
            members.insert(name.to_owned(), about.into());
        }
        BTreeMap::from([(self.kind.uri(), body)])
    }
}

impl SetPayload {
    /// Returns the event that the token carries.
    ///
    /// # Errors
    ///
    /// Fails if there is not exactly one, or it has no place in the stream.
    pub fn event(&self) -> Result<Event, ProtocolError> {
        let malformed = ProtocolError::Malformed("event");
        let mut events = self.events.iter();
        let (Some((uri, body)), None) = (events.next(), events.next()) else {
            return Err(malformed);
        };
        let kind = EventKind::from_uri(uri);
        let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
        Ok(Event {
            seq: body.get("seq").and_then(Value::as_u64).ok_or(malformed)?,
            about: kind.about().and_then(text),
            href: text("href"),
            urgency: body
                .get("urgency")
                .and_then(|urgency| Urgency::deserialize(urgency).ok())
                .unwrap_or_default(),
            kind,
        })
    }
}

/// Signs an event with the operator's key.
///
/// # Errors
///
/// As [`jws::sign`].
pub fn sign(key: &SigningKey, payload: &SetPayload) -> Result<String, ProtocolError> {
    jws::sign(key, TYP, payload)
}

/// Returns what an event says, if one of the operator's keys signed it.
///
/// # Errors
///
/// As [`jws::verify`].
pub fn verify(
    compact: &str,
    operator_keys: &JwkSet,
) -> Result<jws::Verified<SetPayload>, ProtocolError> {
    jws::verify(compact, TYP, operator_keys)
}

macro_rules! event_kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $about:expr;)*) => {
        /// What can happen at an operator.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum EventKind {
            $($(#[$doc])* $variant,)*
            /// A kind that this version does not know, by its URI. It is acknowledged and passed
            /// over.
            Unknown(String),
        }

        impl EventKind {
            /// Returns the kinds that this version knows.
            pub fn known() -> Vec<Self> {
                vec![$(Self::$variant),*]
            }

            /// Reads a kind from its URI.
            pub fn from_uri(uri: &str) -> Self {
                match uri.strip_prefix(BASE) {
                    $(Some($name) => Self::$variant,)*
                    Some(_) | None => Self::Unknown(uri.to_owned()),
                }
            }

            /// Returns the kind's URI.
            pub fn uri(&self) -> String {
                match self {
                    $(Self::$variant => format!("{BASE}{}", $name),)*
                    Self::Unknown(uri) => uri.clone(),
                }
            }

            /// Returns the member of the event that says what it is about.
            pub const fn about(&self) -> Option<&'static str> {
                match self {
                    $(Self::$variant => $about,)*
                    Self::Unknown(_) => None,
                }
            }
        }
    };
}

event_kinds! {
    /// A service asks for access.
    AccessRequested = "access-requested", Some("request");
    /// A service no longer asks.
    AccessRequestCancelled = "access-request-cancelled", Some("request");
    /// A consent's status changed, here or by another party.
    ConsentStatusChanged = "consent-status-changed", Some("cr_id");
    /// A receipt is ready.
    ReceiptIssued = "receipt-issued", Some("receipt");
    /// Data was used.
    DataAccessed = "data-accessed", Some("access");
    /// A source has newer data.
    DataUpdated = "data-updated", Some("source");
    /// The catalogue of offers has a new one.
    OfferPublished = "offer-published", Some("offer");
    /// The catalogue of offers has one less.
    OfferWithdrawn = "offer-withdrawn", Some("offer");
    /// A notice has a new version.
    NoticeChanged = "notice-changed", Some("notice");
    /// Who may decide for whom changed.
    DelegationChanged = "delegation-changed", Some("delegation");
    /// A request by right was answered.
    RightsRequestUpdated = "rights-request-updated", Some("rights_request");
    /// A move of data went on.
    TransferUpdated = "transfer-updated", Some("transfer");
    /// A register's entry on an algorithm changed.
    AlgorithmEntryChanged = "algorithm-entry-changed", Some("algorithm");
    /// Something was lost: everything must be fetched again.
    ResyncRequired = "resync-required", None;
}
