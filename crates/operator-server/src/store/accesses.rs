//! The log of uses of data: paths, never values.

use consent::{ConsentId, PersonId};
use jiff::Timestamp;
use rusqlite::{Connection, Transaction, named_params};

use super::StoreError;

/// Adds a use of data to the log of each of `readers`.
pub(crate) fn insert(
    tx: &Transaction<'_>,
    id: &str,
    consent: Option<ConsentId>,
    entry: &str,
    readers: &[PersonId],
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO access (access_id, consent_id, entry, happened_at)
         VALUES (:id, :consent, :entry, :now)",
        named_params! {
            ":id": id,
            ":consent": consent.map(|id| id.to_string()),
            ":entry": entry,
            ":now": now.as_millisecond(),
        },
    )
    .map_err(StoreError::during("log an access"))?;
    for reader in readers {
        tx.execute(
            "INSERT INTO access_reader (person_id, seq, access_id)
             VALUES (:person,
                     (SELECT coalesce(max(seq), 0) + 1 FROM access_reader
                       WHERE person_id = :person),
                     :id)",
            named_params! { ":person": reader.as_str(), ":id": id },
        )
        .map_err(StoreError::during("log an access for a reader"))?;
    }
    Ok(())
}

/// Returns a page of a person's log after `after`: each entry with its number.
pub(crate) fn list_of(
    conn: &Connection,
    person: &PersonId,
    after: i64,
    limit: u32,
) -> Result<Vec<(u64, String)>, StoreError> {
    conn.prepare_cached(
        "SELECT seq, entry FROM access_reader JOIN access USING (access_id)
          WHERE person_id = :person AND seq > :after ORDER BY seq LIMIT :limit",
    )
    .and_then(|mut statement| {
        statement
            .query_map(
                named_params! { ":person": person.as_str(), ":after": after, ":limit": limit },
                |row| Ok((super::count(row, 0)?, row.get(1)?)),
            )?
            .collect()
    })
    .map_err(StoreError::during("list accesses"))
}
