//! What was done with the vault, for the person to read. No content, only what and when.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, named_params};

use crate::VaultError;
use crate::rows::{Query, run};

/// One thing that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    /// Its number, which only grows.
    pub entry_seq: i64,
    /// When it was done.
    pub happened_at: Timestamp,
    /// A code.
    pub what: String,
    /// The identifier of what it was done to.
    pub subject: Option<String>,
}

/// Appends an entry. It is never changed.
///
/// # Errors
///
/// Fails if the vault cannot be written.
pub fn append(
    tx: &Transaction<'_>,
    what: &str,
    subject: Option<&str>,
    now: Timestamp,
) -> Result<(), VaultError> {
    run(
        tx,
        "append to the journal",
        "INSERT INTO journal (happened_at, what, subject) VALUES (:now, :what, :subject)",
        named_params! { ":now": now.as_millisecond(), ":what": what, ":subject": subject },
    )
    .map(drop)
}

/// Returns entries, newest first, from `offset` on, at most `limit`.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn list(conn: &Connection, offset: u64, limit: u64) -> Result<Vec<JournalEntry>, VaultError> {
    Query {
        table: "journal",
        action: "list the journal",
        sql: "SELECT * FROM journal ORDER BY entry_seq DESC LIMIT :limit OFFSET :offset",
    }
    .all(
        conn,
        named_params! { ":limit": limit, ":offset": offset },
        |row| {
            Ok(JournalEntry {
                entry_seq: row.get("entry_seq")?,
                happened_at: row.time("happened_at")?,
                what: row.get("what")?,
                subject: row.get("subject")?,
            })
        },
    )
}
