//! What the operator signs when it has taken a statement: the person's proof.

use consent::{ConsentId, LocalText, OperatorId, OrganisationId};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    ProtocolError, jws,
    key::{JwkSet, SigningKey},
    status::ConsentStatus,
};

/// The `typ` of a receipt.
pub const TYP: &str = "mdc-receipt+jwt";

/// What a receipt says. One per statement, and a second one when the data's end is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptPayload {
    /// The operator.
    pub iss: OperatorId,
    /// The device whose statement it is about.
    pub aud: String,
    /// The receipt's identifier.
    pub jti: String,
    /// When the operator signed it.
    #[serde(with = "crate::seconds")]
    pub iat: Timestamp,
    /// The hash of the statement.
    pub csr: String,
    /// The record.
    pub cr_id: ConsentId,
    /// The statement's place in its chain.
    pub seq: u64,
    /// What the statement said.
    pub status: ConsentStatus,
    /// From when the operator acts by it.
    #[serde(with = "crate::seconds")]
    pub effective_at: Timestamp,
    /// Whom the operator told.
    #[serde(default)]
    pub forwarded_to: Vec<Forwarded>,
    /// What becomes of the data, where a consent ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub termination: Option<Termination>,
    /// What the receipt is for, if its sender says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ReceiptKind>,
}

impl ReceiptPayload {
    /// Returns what the receipt is for: as its sender says, or as follows from what it holds.
    pub fn effective_kind(&self) -> ReceiptKind {
        let confirmed = self.termination.as_ref().is_some_and(|end| end.confirmed);
        self.kind.unwrap_or(if confirmed {
            ReceiptKind::Termination
        } else if self.forwarded_to.is_empty() {
            ReceiptKind::Accepted
        } else {
            ReceiptKind::Forwarded
        })
    }
}

/// What a receipt is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReceiptKind {
    /// The operator has the statement.
    Accepted,
    /// The service has been told.
    Forwarded,
    /// The service has said what became of the data.
    Termination,
    /// Data was used.
    Use,
}

/// One party that the operator told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forwarded {
    /// The party.
    pub party: OrganisationId,
    /// When.
    #[serde(with = "crate::seconds")]
    pub at: Timestamp,
    /// What it answered, such as `accepted`.
    pub result: String,
}

/// What becomes of the data after a consent's end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Termination {
    /// By when the data is to be gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erasure_due: Option<Date>,
    /// Whether the service has confirmed it.
    pub confirmed: bool,
    /// What became of it, once confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<DataOutcome>,
    /// Why some of it was kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<KeptBecause>,
}

/// What became of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DataOutcome {
    /// Gone.
    Erased,
    /// Kept in a form that is about nobody.
    Anonymised,
    /// Kept, for the reasons given.
    Kept,
}

/// A reason for keeping data, as in the city's `ErrorResponse`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptBecause {
    /// Its code, such as `ACTIVE_CONTRACT`.
    pub code: String,
    /// In words.
    pub message: LocalText,
}

/// Signs a receipt with the operator's key.
///
/// # Errors
///
/// As [`jws::sign`].
pub fn sign(key: &SigningKey, payload: &ReceiptPayload) -> Result<String, ProtocolError> {
    jws::sign(key, TYP, payload)
}

/// Returns what a receipt says, if one of the operator's keys signed it.
///
/// # Errors
///
/// As [`jws::verify`].
pub fn verify(
    compact: &str,
    operator_keys: &JwkSet,
) -> Result<jws::Verified<ReceiptPayload>, ProtocolError> {
    jws::verify(compact, TYP, operator_keys)
}
