//! The chain of signed statements of each consent record. What was signed is never changed.

use consent::{ConsentId, StatementId};
use jiff::Timestamp;
use pii::Personal;
use rusqlite::{Connection, Transaction, named_params};

use crate::VaultError;
use crate::rows::{Columns, Query, change, run};

/// One signed statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredStatement {
    /// The statement, and the key under which it counts once.
    pub statement_id: StatementId,
    /// The record that it is about.
    pub consent_id: ConsentId,
    /// The event that it tells of.
    pub event_seq: i64,
    /// Its place in the chain, from 1.
    pub chain_seq: u64,
    /// The statement as signed.
    pub jws: Personal<String>,
    /// The hash that the next one links to.
    pub hash: String,
    /// Whether one signed anew took its place.
    pub is_superseded: bool,
    /// When it was signed.
    pub signed_at: Timestamp,
}

/// The end of a chain, on which the next statement is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainHead {
    /// Its place in the chain.
    pub chain_seq: u64,
    /// Its hash.
    pub hash: String,
}

/// Stores a statement.
///
/// # Errors
///
/// Fails if its record or event is not there, or if its place in the chain is taken.
pub fn insert(tx: &Transaction<'_>, statement: &StoredStatement) -> Result<(), VaultError> {
    run(
        tx,
        "insert a statement",
        "INSERT INTO statement (statement_id, consent_id, event_seq, chain_seq, jws, hash,
                is_superseded, signed_at)
         VALUES (:statement, :consent, :event_seq, :chain_seq, :jws, :hash,
                :is_superseded, :signed_at)",
        named_params! {
            ":statement": statement.statement_id.to_string(),
            ":consent": statement.consent_id.to_string(),
            ":event_seq": statement.event_seq,
            ":chain_seq": statement.chain_seq,
            ":jws": statement.jws.reveal(),
            ":hash": statement.hash,
            ":is_superseded": statement.is_superseded,
            ":signed_at": statement.signed_at.as_millisecond(),
        },
    )
    .map(drop)
}

/// Takes a statement out of its chain, for one signed anew on the operator's head. It stays to
/// be read.
///
/// # Errors
///
/// Fails if the statement is not there.
pub fn supersede(tx: &Transaction<'_>, id: StatementId) -> Result<(), VaultError> {
    change(
        tx,
        "supersede a statement",
        "UPDATE statement SET is_superseded = 1 WHERE statement_id = :id",
        named_params! { ":id": id.to_string() },
    )
}

/// Returns one statement.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn find(conn: &Connection, id: StatementId) -> Result<Option<StoredStatement>, VaultError> {
    Query {
        table: "statement",
        action: "find a statement",
        sql: "SELECT * FROM statement WHERE statement_id = :id",
    }
    .first(conn, named_params! { ":id": id.to_string() }, read)
}

/// Returns a record's statements in the order of their chain, superseded ones included.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn list(conn: &Connection, consent: ConsentId) -> Result<Vec<StoredStatement>, VaultError> {
    Query {
        table: "statement",
        action: "list the statements",
        sql: "SELECT * FROM statement WHERE consent_id = :consent
               ORDER BY chain_seq, is_superseded DESC, signed_at",
    }
    .all(
        conn,
        named_params! { ":consent": consent.to_string() },
        read,
    )
}

/// Returns the end of a record's chain, if anything was signed.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn head(conn: &Connection, consent: ConsentId) -> Result<Option<ChainHead>, VaultError> {
    Query {
        table: "statement",
        action: "find the end of a chain",
        sql: "SELECT chain_seq, hash FROM statement
               WHERE consent_id = :consent AND is_superseded = 0
               ORDER BY chain_seq DESC LIMIT 1",
    }
    .first(
        conn,
        named_params! { ":consent": consent.to_string() },
        |row| {
            Ok(ChainHead {
                chain_seq: row.get("chain_seq")?,
                hash: row.get("hash")?,
            })
        },
    )
}

fn read(row: &Columns<'_, '_>) -> Result<StoredStatement, VaultError> {
    Ok(StoredStatement {
        statement_id: row.parse("statement_id")?,
        consent_id: row.parse("consent_id")?,
        event_seq: row.get("event_seq")?,
        chain_seq: row.get("chain_seq")?,
        jws: row.personal("jws")?,
        hash: row.get("hash")?,
        is_superseded: row.get("is_superseded")?,
        signed_at: row.time("signed_at")?,
    })
}
