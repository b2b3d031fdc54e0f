//! The catalogue of offers, and how often sources were asked.

use consent::PersonId;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use super::StoreError;

/// An offer, signed.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    pub(crate) id: String,
    pub(crate) jws: String,
    pub(crate) expires_at: Timestamp,
}

/// Returns the catalogue's version.
pub(crate) fn version(conn: &Connection) -> Result<u64, StoreError> {
    conn.query_row("SELECT offers_version FROM identity", (), |row| {
        super::count(row, 0)
    })
    .map_err(StoreError::during("read the catalogue's version"))
}

/// Returns the offers that stand, signed, in the order in which they were published.
pub(crate) fn list(conn: &Connection) -> Result<Vec<String>, StoreError> {
    conn.prepare_cached(
        "SELECT jws FROM offer WHERE withdrawn_at IS NULL ORDER BY version, offer_id",
    )
    .and_then(|mut statement| statement.query_map((), |row| row.get(0))?.collect())
    .map_err(StoreError::during("list offers"))
}

/// Returns an offer that stands.
pub(crate) fn find(conn: &Connection, id: &str) -> Result<Option<String>, StoreError> {
    conn.query_row(
        "SELECT jws FROM offer WHERE offer_id = :id AND withdrawn_at IS NULL",
        named_params! { ":id": id },
        |row| row.get(0),
    )
    .optional()
    .map_err(StoreError::during("find an offer"))
}

/// Publishes an offer: the catalogue has a new version. Returns whether it did not stand before.
pub(crate) fn publish(tx: &Transaction<'_>, offer: &Offer) -> Result<bool, StoreError> {
    if find(tx, &offer.id)?.is_some() {
        return Ok(false);
    }
    let version = raise(tx)?;
    tx.execute(
        "INSERT INTO offer (offer_id, jws, version, expires_at)
         VALUES (:id, :jws, :version, :expires)
         ON CONFLICT (offer_id) DO UPDATE
            SET jws = :jws, version = :version, expires_at = :expires, withdrawn_at = NULL",
        named_params! {
            ":id": offer.id,
            ":jws": offer.jws,
            ":version": i64::try_from(version).unwrap_or(i64::MAX),
            ":expires": offer.expires_at.as_millisecond(),
        },
    )
    .map_err(StoreError::during("publish an offer"))?;
    Ok(true)
}

/// Returns whether there ever was an offer by this name.
pub(crate) fn was_published(conn: &Connection, id: &str) -> Result<bool, StoreError> {
    conn.query_row(
        "SELECT EXISTS (SELECT 1 FROM offer WHERE offer_id = :id)",
        named_params! { ":id": id },
        |row| row.get(0),
    )
    .map_err(StoreError::during("look for an offer"))
}

/// Returns the names of the offers that stand though their time is over.
pub(crate) fn list_lapsed(conn: &Connection, now: Timestamp) -> Result<Vec<String>, StoreError> {
    conn.prepare_cached(
        "SELECT offer_id FROM offer WHERE withdrawn_at IS NULL AND expires_at <= :now",
    )
    .and_then(|mut statement| {
        statement
            .query_map(named_params! { ":now": now.as_millisecond() }, |row| {
                row.get(0)
            })?
            .collect()
    })
    .map_err(StoreError::during("list lapsed offers"))
}

/// Withdraws an offer: the catalogue has a new version. Returns whether it was there.
pub(crate) fn withdraw(tx: &Transaction<'_>, id: &str, now: Timestamp) -> Result<bool, StoreError> {
    let changed = tx
        .execute(
            "UPDATE offer SET withdrawn_at = :now
              WHERE offer_id = :id AND withdrawn_at IS NULL",
            named_params! { ":id": id, ":now": now.as_millisecond() },
        )
        .map_err(StoreError::during("withdraw an offer"))?;
    if changed > 0 {
        raise(tx)?;
    }
    Ok(changed > 0)
}

fn raise(tx: &Transaction<'_>) -> Result<u64, StoreError> {
    tx.query_row(
        "UPDATE identity SET offers_version = offers_version + 1 RETURNING offers_version",
        (),
        |row| super::count(row, 0),
    )
    .map_err(StoreError::during("raise the catalogue's version"))
}

/// Counts that a source is asked about a person; returns how often it was asked before.
pub(crate) fn count_fetch(
    tx: &Transaction<'_>,
    person: &PersonId,
    source: &str,
    now: Timestamp,
) -> Result<u32, StoreError> {
    tx.query_row(
        "INSERT INTO source_fetch (person_id, source_id, fetches, first_at)
         VALUES (:person, :source, 1, :now)
         ON CONFLICT (person_id, source_id) DO UPDATE SET fetches = fetches + 1
         RETURNING fetches - 1",
        named_params! {
            ":person": person.as_str(),
            ":source": source,
            ":now": now.as_millisecond(),
        },
        |row| row.get(0),
    )
    .map_err(StoreError::during("count a fetch"))
}
