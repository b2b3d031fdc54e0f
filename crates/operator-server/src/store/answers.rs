//! What was answered under an idempotency key (draft-ietf-httpapi-idempotency-key-header-07).

use consent::PersonId;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use super::StoreError;

/// An answer that is given again when the same thing is sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The hash of what was asked: path and body.
    pub(crate) asked: Vec<u8>,
    pub(crate) status: u16,
    pub(crate) media_type: String,
    pub(crate) body: String,
}

/// Returns what the person was answered under `key`.
pub(crate) fn find(
    conn: &Connection,
    person: &PersonId,
    key: &str,
) -> Result<Option<Answer>, StoreError> {
    conn.query_row(
        "SELECT body_hash, status, media_type, body FROM answer
          WHERE person_id = :person AND key = :key",
        named_params! { ":person": person.as_str(), ":key": key },
        |row| {
            Ok(Answer {
                asked: row.get(0)?,
                status: row.get(1)?,
                media_type: row.get(2)?,
                body: row.get(3)?,
            })
        },
    )
    .optional()
    .map_err(StoreError::during("find an earlier answer"))
}

/// Keeps an answer.
pub(crate) fn insert(
    tx: &Transaction<'_>,
    person: &PersonId,
    key: &str,
    answer: &Answer,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO answer (person_id, key, body_hash, status, media_type, body, answered_at)
         VALUES (:person, :key, :asked, :status, :media, :body, :now)",
        named_params! {
            ":person": person.as_str(),
            ":key": key,
            ":asked": answer.asked,
            ":status": answer.status,
            ":media": answer.media_type,
            ":body": answer.body,
            ":now": now.as_millisecond(),
        },
    )
    .map_err(StoreError::during("keep an answer"))?;
    Ok(())
}

/// Forgets answers given before `before`.
pub(crate) fn prune(tx: &Transaction<'_>, before: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM answer WHERE answered_at < :before",
        named_params! { ":before": before.as_millisecond() },
    )
    .map_err(StoreError::during("forget old answers"))?;
    Ok(())
}
