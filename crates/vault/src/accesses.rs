//! Uses of the data that operators report.

use consent::{ConsentId, OperatorId};
use jiff::Timestamp;
use pii::Personal;
use rusqlite::{Connection, Transaction, named_params};

use crate::VaultError;
use crate::rows::{Columns, Query, count, run};

/// One use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAccess {
    /// Who reports it.
    pub operator_id: OperatorId,
    /// Its identifier there.
    pub access_id: String,
    /// The permission that it is said to rest on.
    pub consent_id: Option<ConsentId>,
    /// When the data was used.
    pub happened_at: Timestamp,
    /// JSON: who, what for, and which paths; never values.
    pub entry: Personal<String>,
}

/// Stores a use, once. Returns whether it is new.
///
/// # Errors
///
/// Fails if the operator is not there.
pub fn insert(tx: &Transaction<'_>, access: &StoredAccess) -> Result<bool, VaultError> {
    run(
        tx,
        "insert a use of the data",
        "INSERT INTO access (operator_id, access_id, consent_id, happened_at, entry)
         VALUES (:operator, :access, :consent, :happened_at, :entry)
         ON CONFLICT (operator_id, access_id) DO NOTHING",
        named_params! {
            ":operator": access.operator_id.as_str(),
            ":access": access.access_id,
            ":consent": access.consent_id.map(|id| id.to_string()),
            ":happened_at": access.happened_at.as_millisecond(),
            ":entry": access.entry.reveal(),
        },
    )
    .map(|inserted| inserted > 0)
}

/// Returns uses, newest first, from `offset` on, at most `limit`.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn list(conn: &Connection, offset: u64, limit: u64) -> Result<Vec<StoredAccess>, VaultError> {
    Query {
        table: "access",
        action: "list the uses of the data",
        sql: "SELECT * FROM access ORDER BY happened_at DESC, rowid DESC
               LIMIT :limit OFFSET :offset",
    }
    .all(
        conn,
        named_params! { ":limit": limit, ":offset": offset },
        read,
    )
}

/// Returns the uses that are said to rest on a permission, newest first.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn list_of_consent(
    conn: &Connection,
    consent: ConsentId,
) -> Result<Vec<StoredAccess>, VaultError> {
    Query {
        table: "access",
        action: "list the uses under a permission",
        sql: "SELECT * FROM access WHERE consent_id = :consent
               ORDER BY happened_at DESC, rowid DESC",
    }
    .all(
        conn,
        named_params! { ":consent": consent.to_string() },
        read,
    )
}

/// Returns how many uses are known.
///
/// # Errors
///
/// Fails if the vault cannot be read.
pub fn count_all(conn: &Connection) -> Result<u64, VaultError> {
    count(conn, "count the uses", "SELECT COUNT(*) FROM access", [])
}

fn read(row: &Columns<'_, '_>) -> Result<StoredAccess, VaultError> {
    Ok(StoredAccess {
        operator_id: row.parse("operator_id")?,
        access_id: row.get("access_id")?,
        consent_id: row.parse_opt("consent_id")?,
        happened_at: row.time("happened_at")?,
        entry: row.personal("entry")?,
    })
}
