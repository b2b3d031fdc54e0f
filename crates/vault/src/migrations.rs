//! The steps from an empty file to today's schema, and what runs them. Forward only.
//!
//! `user_version` counts the steps that a file has been through. `meta` holds the compatibility
//! floor: the least number of steps that an app must know to use the file. A step that older
//! apps can live with leaves the floor where it is.

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use crate::{OpenError, VaultError};

/// Every step, oldest first. A released one is never edited.
const STEPS: &[&str] = &[include_str!("../../../migrations/vault/0001_vault.sql")];

const ACTION: &str = "migrate the vault";

/// Returns how many steps this version knows.
pub fn latest() -> u32 {
    u32::try_from(STEPS.len()).unwrap_or(u32::MAX)
}

/// Brings the file to today's schema, in one transaction.
///
/// # Errors
///
/// Returns [`OpenError::TooNew`] if a newer version wrote it and says that this one may not use
/// it; nothing is changed then.
pub fn run(conn: &mut Connection) -> Result<(), OpenError> {
    run_to(conn, latest())
}

/// Brings the file to the schema after `target` steps, as an older version did.
///
/// # Errors
///
/// As [`run`].
pub fn run_to(conn: &mut Connection, target: u32) -> Result<(), OpenError> {
    let tx = conn
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(VaultError::during(ACTION))?;
    let found = check(&tx)?;
    for (number, step) in (1..=target).zip(STEPS) {
        if number > found {
            apply(&tx, number, step)?;
        }
    }
    tx.commit().map_err(VaultError::during(ACTION))?;
    Ok(())
}

/// Returns how many steps the file has been through, if this version may use it. Writes nothing.
///
/// # Errors
///
/// Returns [`OpenError::TooNew`] if it may not.
pub fn check(conn: &Connection) -> Result<u32, OpenError> {
    let found: u32 = conn
        .query_row("PRAGMA user_version", (), |row| row.get(0))
        .map_err(VaultError::during("read the vault's version"))?;
    let supported = latest();
    if found > supported && floor(conn)?.is_none_or(|floor| floor > supported) {
        return Err(OpenError::TooNew { found, supported });
    }
    Ok(found)
}

/// Returns the least number of steps that an app must know, if the file says so in a way that
/// this version understands.
fn floor(conn: &Connection) -> Result<Option<u32>, VaultError> {
    let has_meta: bool = conn
        .query_row(
            "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'meta')",
            (),
            |row| row.get(0),
        )
        .map_err(VaultError::during("read the vault's compatibility"))?;
    if !has_meta {
        return Ok(None);
    }
    conn.query_row("SELECT compatibility_floor FROM meta", (), |row| row.get(0))
        .optional()
        .map_err(VaultError::during("read the vault's compatibility"))
}

fn apply(tx: &Transaction<'_>, number: u32, step: &str) -> Result<(), VaultError> {
    tx.execute_batch(step)
        .and_then(|()| tx.pragma_update(None, "user_version", number))
        .map_err(VaultError::during(ACTION))
}
