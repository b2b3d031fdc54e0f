//! The operators' signed word on whom the person may decide for.

use consent::{OperatorId, PersonId};
use jiff::Timestamp;
use pii::Personal;
use rusqlite::{Connection, Transaction, named_params};

use crate::VaultError;
use crate::rows::{Columns, Query, run};

/// One delegation, verified before it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDelegation {
    /// Who says so.
    pub operator_id: OperatorId,
    /// Whom the person may decide for.
    pub subject_id: PersonId,
    /// The operator's word.
    pub jws: Personal<String>,
    /// On what ground, such as `suomi.fi-valtuudet`.
    pub authority: String,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// Puts what an operator says today in the place of what it said before.
///
/// # Errors
///
/// Fails if the operator is not there, or names a subject twice.
pub fn replace_all(
    tx: &Transaction<'_>,
    operator: &OperatorId,
    delegations: &[StoredDelegation],
) -> Result<(), VaultError> {
    run(
        tx,
        "replace the delegations",
        "DELETE FROM delegation WHERE operator_id = :operator",
        named_params! { ":operator": operator.as_str() },
    )?;
    for delegation in delegations {
        run(
            tx,
            "replace the delegations",
            "INSERT INTO delegation (operator_id, subject_id, jws, authority, expires_at)
             VALUES (:operator, :subject, :jws, :authority, :expires_at)",
            named_params! {
                ":operator": operator.as_str(),
                ":subject": delegation.subject_id.as_str(),
                ":jws": delegation.jws.reveal(),
                ":authority": delegation.authority,
                ":expires_at": delegation.expires_at.as_millisecond(),
            },
        )?;
    }
    Ok(())
}

/// Returns what an operator says, ended delegations included.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn list(conn: &Connection, operator: &OperatorId) -> Result<Vec<StoredDelegation>, VaultError> {
    Query {
        table: "delegation",
        action: "list the delegations",
        sql: "SELECT * FROM delegation WHERE operator_id = :operator ORDER BY subject_id",
    }
    .all(conn, named_params! { ":operator": operator.as_str() }, read)
}

/// Returns the delegation under which the person may decide for `subject`, ended or not.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn find(
    conn: &Connection,
    operator: &OperatorId,
    subject: &PersonId,
) -> Result<Option<StoredDelegation>, VaultError> {
    Query {
        table: "delegation",
        action: "find a delegation",
        sql: "SELECT * FROM delegation WHERE operator_id = :operator AND subject_id = :subject",
    }
    .first(
        conn,
        named_params! { ":operator": operator.as_str(), ":subject": subject.as_str() },
        read,
    )
}

fn read(row: &Columns<'_, '_>) -> Result<StoredDelegation, VaultError> {
    Ok(StoredDelegation {
        operator_id: row.parse("operator_id")?,
        subject_id: row.parse("subject_id")?,
        jws: row.personal("jws")?,
        authority: row.get("authority")?,
        expires_at: row.time("expires_at")?,
    })
}
