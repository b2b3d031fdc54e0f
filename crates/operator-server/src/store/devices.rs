//! Devices: keys that sign for people, and the nonces with which they were enrolled.

use consent::PersonId;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

use super::StoreError;

/// A key that is bound to a person.
#[derive(Clone, Debug)]
pub(crate) struct Device {
    pub(crate) kid: String,
    pub(crate) person: PersonId,
    pub(crate) jwk: String,
    pub(crate) binding: String,
    pub(crate) enrolled_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) is_revoked: bool,
}

/// Keeps a nonce for a person.
pub(crate) fn insert_challenge(
    tx: &Transaction<'_>,
    hash: &[u8],
    person: &PersonId,
    nonce: &str,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO challenge (nonce_hash, person_id, nonce, expires_at)
         VALUES (:hash, :person, :nonce, :expires)",
        named_params! {
            ":hash": hash,
            ":person": person.as_str(),
            ":nonce": nonce,
            ":expires": expires_at.as_millisecond(),
        },
    )
    .map_err(StoreError::during("keep a nonce"))?;
    Ok(())
}

/// Takes a person's nonce out of the store if it has not expired: it serves once.
pub(crate) fn take_challenge(
    tx: &Transaction<'_>,
    hash: &[u8],
    person: &PersonId,
    now: Timestamp,
) -> Result<Option<String>, StoreError> {
    tx.query_row(
        "DELETE FROM challenge
          WHERE nonce_hash = :hash AND person_id = :person AND expires_at > :now
         RETURNING nonce",
        named_params! {
            ":hash": hash,
            ":person": person.as_str(),
            ":now": now.as_millisecond(),
        },
        |row| row.get(0),
    )
    .optional()
    .map_err(StoreError::during("take a nonce"))
}

/// Adds a device, or renews the binding of one that its person enrols again.
pub(crate) fn upsert(tx: &Transaction<'_>, device: &Device) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO device (kid, person_id, jwk, binding, enrolled_at, expires_at)
         VALUES (:kid, :person, :jwk, :binding, :enrolled, :expires)
         ON CONFLICT (kid) DO UPDATE SET binding = :binding, expires_at = :expires",
        named_params! {
            ":kid": device.kid,
            ":person": device.person.as_str(),
            ":jwk": device.jwk,
            ":binding": device.binding,
            ":enrolled": device.enrolled_at.as_millisecond(),
            ":expires": device.expires_at.as_millisecond(),
        },
    )
    .map_err(StoreError::during("add a device"))?;
    Ok(())
}

/// Returns the device with this key.
pub(crate) fn find(conn: &Connection, kid: &str) -> Result<Option<Device>, StoreError> {
    conn.query_row(
        "SELECT * FROM device WHERE kid = :kid",
        named_params! { ":kid": kid },
        read,
    )
    .optional()
    .map_err(StoreError::during("find a device"))
}

/// Ends a device's right to sign. Its row stays: what it signed before stays valid.
pub(crate) fn revoke(tx: &Transaction<'_>, kid: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE device SET revoked_at = :now WHERE kid = :kid AND revoked_at IS NULL",
        named_params! { ":kid": kid, ":now": now.as_millisecond() },
    )
    .map_err(StoreError::during("revoke a device"))?;
    Ok(())
}

/// Returns whether the person has ever enrolled a device.
pub(crate) fn has_any(conn: &Connection, person: &PersonId) -> Result<bool, StoreError> {
    conn.query_row(
        "SELECT EXISTS (SELECT 1 FROM device WHERE person_id = :person)",
        named_params! { ":person": person.as_str() },
        |row| row.get(0),
    )
    .map_err(StoreError::during("look for a person's devices"))
}

/// Returns whether anybody has ever enrolled a device.
pub(crate) fn is_any_enrolled(conn: &Connection) -> Result<bool, StoreError> {
    conn.query_row("SELECT EXISTS (SELECT 1 FROM device)", (), |row| row.get(0))
        .map_err(StoreError::during("look for devices"))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Device> {
    Ok(Device {
        kid: row.get("kid")?,
        person: super::person(row.get("person_id")?)?,
        jwk: row.get("jwk")?,
        binding: row.get("binding")?,
        enrolled_at: super::timestamp(row.get("enrolled_at")?)?,
        expires_at: super::timestamp(row.get("expires_at")?)?,
        is_revoked: row.get::<_, Option<i64>>("revoked_at")?.is_some(),
    })
}
