//! The operators' signed word on statements. Verified before it is kept, and never changed.

use consent::ConsentId;
use jiff::Timestamp;
use pii::Personal;
use rusqlite::{Connection, Transaction, named_params};

use crate::VaultError;
use crate::rows::{Query, run};

/// One receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredReceipt {
    /// The operator and its number for it, so that two operators cannot collide.
    pub receipt_id: String,
    /// The record that it is about.
    pub consent_id: ConsentId,
    /// The hash of the statement that it is for.
    pub statement_hash: String,
    /// The receipt as signed.
    pub jws: Personal<String>,
    /// From when the operator acts on the statement.
    pub effective_at: Timestamp,
    /// When it came.
    pub received_at: Timestamp,
}

/// Stores a receipt, once. Returns whether it is new.
///
/// # Errors
///
/// Fails if the record is not there.
pub fn insert(tx: &Transaction<'_>, receipt: &StoredReceipt) -> Result<bool, VaultError> {
    run(
        tx,
        "insert a receipt",
        "INSERT INTO receipt (receipt_id, consent_id, statement_hash, jws, effective_at,
                received_at)
         VALUES (:receipt, :consent, :statement_hash, :jws, :effective_at, :received_at)
         ON CONFLICT (receipt_id) DO NOTHING",
        named_params! {
            ":receipt": receipt.receipt_id,
            ":consent": receipt.consent_id.to_string(),
            ":statement_hash": receipt.statement_hash,
            ":jws": receipt.jws.reveal(),
            ":effective_at": receipt.effective_at.as_millisecond(),
            ":received_at": receipt.received_at.as_millisecond(),
        },
    )
    .map(|inserted| inserted > 0)
}

/// Returns a record's receipts, oldest first.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn list(conn: &Connection, consent: ConsentId) -> Result<Vec<StoredReceipt>, VaultError> {
    Query {
        table: "receipt",
        action: "list the receipts",
        sql: "SELECT * FROM receipt WHERE consent_id = :consent
               ORDER BY effective_at, received_at, receipt_id",
    }
    .all(
        conn,
        named_params! { ":consent": consent.to_string() },
        |row| {
            Ok(StoredReceipt {
                receipt_id: row.get("receipt_id")?,
                consent_id: row.parse("consent_id")?,
                statement_hash: row.get("statement_hash")?,
                jws: row.personal("jws")?,
                effective_at: row.time("effective_at")?,
                received_at: row.time("received_at")?,
            })
        },
    )
}
