//! A signed change of a consent's status: one link of a chain.
//!
//! One chain per record and device key. `seq` starts at 1; `prev` is the hash of the message
//! before it, and null only at 1. The idea is MyData's Consent Status Record; that the link is a
//! hash, and not an identifier, makes a missing link visible.

use consent::{ConsentId, Language, OperatorId, PersonId, StatementId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ProtocolError, jws,
    key::{JwkSet, SigningKey, device_id},
    status::ConsentStatus,
};

/// The `typ` of a statement.
pub const TYP: &str = "mdc-csr+jwt";
/// The version of the payload.
pub const VERSION: u64 = 1;
/// The most statements that one chain may have.
pub const MAX_SEQ: u64 = 10_000;

/// What a statement says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementPayload {
    /// The version: 1.
    pub v: u64,
    /// The device that signed: `urn:mdc:device:<thumbprint>`.
    pub iss: String,
    /// The operator that it is for.
    pub aud: OperatorId,
    /// Whom the data is about.
    pub sub: PersonId,
    /// The record.
    pub cr_id: ConsentId,
    /// The hash of the record's canonical form.
    pub cr_hash: String,
    /// The statement's own identifier, under which it counts once.
    pub jti: StatementId,
    /// Its place in the chain, from 1.
    pub seq: u64,
    /// The hash of the statement before it.
    pub prev: Option<String>,
    /// When the person decided.
    #[serde(with = "crate::seconds")]
    pub iat: Timestamp,
    /// What the person decided.
    pub status: ConsentStatus,
    /// The record's processes that it is about.
    pub processes: Vec<String>,
    /// Who decided, if not the data subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<Actor>,
    /// How it was decided.
    pub ui: Ui,
}

impl StatementPayload {
    /// Returns who decided.
    pub fn decided_by(&self) -> &PersonId {
        self.act.as_ref().map_or(&self.sub, |act| &act.sub)
    }
}

/// Who decided for the data subject, as in RFC 8693 §4.1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The person.
    pub sub: PersonId,
    /// Where their authority is registered, such as `suomi.fi-valtuudet`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
}

/// How a decision was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ui {
    /// The language in which the person was asked.
    pub lang: Language,
    /// What they did, such as `button+confirm`.
    pub method: String,
    /// The app and its version.
    pub app: String,
}

/// The newest statement of a chain, on which the next one is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementHead {
    /// Its place.
    pub seq: u64,
    /// Its hash.
    pub hash: String,
}

/// A decision before it has a place in a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The operator that it is for.
    pub operator: OperatorId,
    /// Whom the data is about.
    pub subject: PersonId,
    /// The record.
    pub consent: ConsentId,
    /// The hash of the record.
    pub record_hash: String,
    /// The statement's identifier.
    pub id: StatementId,
    /// When the person decided.
    pub decided_at: Timestamp,
    /// What they decided.
    pub status: ConsentStatus,
    /// The record's processes that it is about.
    pub processes: Vec<String>,
    /// Who decided, if not the data subject.
    pub actor: Option<Actor>,
    /// How.
    pub ui: Ui,
}

/// A statement, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedStatement {
    /// The message.
    pub compact: String,
    /// What it makes the head of its chain.
    pub head: StatementHead,
}

/// Signs `decision` as the next statement after `head`.
///
/// ```
/// use operator_protocol::{key::SigningKey, statement::{self, Decision, Ui}, status::ConsentStatus};
/// # use operator_protocol::{ProtocolError, key::JwkSet};
/// # use consent::{ConsentId, Language, StatementId};
/// # fn decision(status: ConsentStatus) -> Result<Decision, Box<dyn std::error::Error>> {
/// #     Ok(Decision {
/// #         operator: "https://operator.example.fi".parse()?,
/// #         subject: "urn:mdc:surrogate:Me1".parse()?,
/// #         consent: ConsentId::from_uuid(uuid::Uuid::from_u128(1)),
/// #         record_hash: "sha-256:x6hCcU8B4DwLTO6Se_DKMoNUjlMvrpv7E5nVqXPCsI4".to_owned(),
/// #         id: StatementId::from_uuid(uuid::Uuid::from_u128(2)),
/// #         decided_at: "2026-09-01T08:30:00Z".parse()?,
/// #         status,
/// #         processes: vec!["#p1".to_owned()],
/// #         actor: None,
/// #         ui: Ui { lang: Language::Fi, method: "button".to_owned(), app: "lokero/0.1".to_owned() },
/// #     })
/// # }
/// # let key = SigningKey::from_seed(pii::Secret::new([9; 32]));
/// # let given = decision(ConsentStatus::ConsentGiven)?;
/// # let withdrawn = decision(ConsentStatus::ConsentWithdrawn)?;
///
/// let first = statement::sign_statement(&key, given, None)?;
/// let second = statement::sign_statement(&key, withdrawn, Some(&first.head))?;
///
/// let keys = JwkSet::of([&key.public()]);
/// let read = statement::verify(&second.compact, &keys)?;
/// assert_eq!(read.payload.seq, 2);
/// assert!(statement::follows(&read.payload, Some(&first.head)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Fails if the chain is full, or the message is larger than a message may be.
pub fn sign_statement(
    key: &SigningKey,
    decision: Decision,
    head: Option<&StatementHead>,
) -> Result<SignedStatement, ProtocolError> {
    let seq = head.map_or(1, |head| head.seq.saturating_add(1));
    if seq > MAX_SEQ {
        return Err(ProtocolError::TooLarge("chain"));
    }
    let payload = StatementPayload {
        v: VERSION,
        iss: device_id(&key.public()),
        aud: decision.operator,
        sub: decision.subject,
        cr_id: decision.consent,
        cr_hash: decision.record_hash,
        jti: decision.id,
        seq,
        prev: head.map(|head| head.hash.clone()),
        iat: decision.decided_at,
        status: decision.status,
        processes: decision.processes,
        act: decision.actor,
        ui: decision.ui,
    };
    let compact = jws::sign(key, TYP, &payload)?;
    let hash = jws::hash_of(&compact);
    Ok(SignedStatement {
        compact,
        head: StatementHead { seq, hash },
    })
}

/// Returns what a statement says, if one of `device_keys` signed it in its own name.
///
/// # Errors
///
/// Fails as [`jws::verify`] does; with [`ProtocolError::Contradiction`] if `iss` is not the
/// device whose key signed.
pub fn verify(
    compact: &str,
    device_keys: &JwkSet,
) -> Result<jws::Verified<StatementPayload>, ProtocolError> {
    let verified = jws::verify::<StatementPayload>(compact, TYP, device_keys)?;
    if verified.payload.v != VERSION {
        return Err(ProtocolError::Unsupported("version"));
    }
    if verified.payload.iss.strip_prefix("urn:mdc:device:") != Some(verified.kid.as_str()) {
        return Err(ProtocolError::Contradiction("issuer"));
    }
    Ok(verified)
}

/// Returns whether `payload` is the next statement after `head`.
pub fn follows(payload: &StatementPayload, head: Option<&StatementHead>) -> bool {
    match head {
        None => payload.seq == 1 && payload.prev.is_none(),
        Some(head) => {
            Some(payload.seq) == head.seq.checked_add(1)
                && payload.prev.as_ref() == Some(&head.hash)
        }
    }
}
