//! The person's choices, one value each.

use rusqlite::{Connection, Transaction, named_params};

use crate::VaultError;
use crate::rows::{Query, run};

/// Returns the value of the setting `name`, if one was chosen.
///
/// # Errors
///
/// Fails if the vault cannot be read.
pub fn find(conn: &Connection, name: &str) -> Result<Option<String>, VaultError> {
    Query {
        table: "setting",
        action: "find a setting",
        sql: "SELECT value FROM setting WHERE name = :name",
    }
    .first(conn, named_params! { ":name": name }, |row| {
        row.get("value")
    })
}

/// Stores `value` as the person's choice, in place of an earlier one.
///
/// # Errors
///
/// Fails if the vault cannot be written.
pub fn put(tx: &Transaction<'_>, name: &str, value: &str) -> Result<(), VaultError> {
    run(
        tx,
        "put a setting",
        "INSERT INTO setting (name, value) VALUES (:name, :value)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        named_params! { ":name": name, ":value": value },
    )
    .map(drop)
}

/// Takes a choice back, so that the default holds again.
///
/// # Errors
///
/// Fails if the vault cannot be written.
pub fn remove(tx: &Transaction<'_>, name: &str) -> Result<(), VaultError> {
    run(
        tx,
        "remove a setting",
        "DELETE FROM setting WHERE name = :name",
        named_params! { ":name": name },
    )
    .map(drop)
}
