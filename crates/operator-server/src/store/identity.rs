//! Who this operator is: its key, its names and the port that it last had.

use jiff::Timestamp;
use pii::Secret;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use super::StoreError;

/// The operator's own row.
pub(crate) struct Identity {
    pub(crate) seed: Secret<[u8; 32]>,
    pub(crate) port: Option<u16>,
}

/// Returns the identity, or nothing in a new store.
pub(crate) fn find(conn: &Connection) -> Result<Option<Identity>, StoreError> {
    let row = conn
        .query_row("SELECT key_seed, port FROM identity", (), |row| {
            Ok((row.get::<_, [u8; 32]>(0)?, row.get::<_, Option<u16>>(1)?))
        })
        .optional()
        .map_err(StoreError::during("find the operator's identity"))?;
    Ok(row.map(|(seed, port)| Identity {
        seed: Secret::new(seed),
        port,
    }))
}

/// Writes the identity of a new store.
pub(crate) fn insert(
    tx: &Transaction<'_>,
    seed: &Secret<[u8; 32]>,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO identity (identity_id, key_seed, created_at) VALUES (1, :seed, :now)",
        named_params! { ":seed": seed.reveal(), ":now": now.as_millisecond() },
    )
    .map_err(StoreError::during("write the operator's identity"))?;
    Ok(())
}

/// Remembers where the operator listens and what it is called there.
pub(crate) fn set_address(
    tx: &Transaction<'_>,
    port: u16,
    issuer: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE identity SET port = :port",
        named_params! { ":port": port },
    )
    .map_err(StoreError::during("remember the port"))?;
    tx.execute(
        "INSERT INTO issuer (issuer, last_used_at) VALUES (:issuer, :now)
         ON CONFLICT (issuer) DO UPDATE SET last_used_at = :now",
        named_params! { ":issuer": issuer, ":now": now.as_millisecond() },
    )
    .map_err(StoreError::during("remember the operator's name"))?;
    Ok(())
}

/// Returns every name that the operator has had, the newest first.
pub(crate) fn list_issuers(conn: &Connection) -> Result<Vec<String>, StoreError> {
    conn.prepare_cached("SELECT issuer FROM issuer ORDER BY last_used_at DESC, issuer")
        .and_then(|mut statement| statement.query_map((), |row| row.get(0))?.collect())
        .map_err(StoreError::during("list the operator's names"))
}
