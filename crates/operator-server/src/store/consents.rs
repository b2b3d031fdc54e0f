//! Consent records as devices sent them, and the ends that nobody stated.

use consent::{ConsentId, PersonId};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

use super::StoreError;

/// A record, byte for byte.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) id: ConsentId,
    pub(crate) hash: String,
    pub(crate) body: Vec<u8>,
    pub(crate) subject: PersonId,
    pub(crate) sent_by: PersonId,
    pub(crate) request: Option<String>,
    pub(crate) ends_at: Option<Timestamp>,
    pub(crate) received_at: Timestamp,
}

/// Adds a record. It is never changed.
pub(crate) fn insert(tx: &Transaction<'_>, record: &Record) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO consent_record (consent_id, record_seq, hash, body, subject_id, sent_by,
                                     received_at)
         VALUES (:id, (SELECT coalesce(max(record_seq), 0) + 1 FROM consent_record), :hash,
                 :body, :subject, :by, :at)",
        named_params! {
            ":id": record.id.to_string(),
            ":hash": record.hash,
            ":body": record.body,
            ":subject": record.subject.as_str(),
            ":by": record.sent_by.as_str(),
            ":at": record.received_at.as_millisecond(),
        },
    )
    .map_err(StoreError::during("add a record"))?;
    Ok(())
}

/// Notes what request a record answers, and when its permission ends.
pub(crate) fn set_request(
    tx: &Transaction<'_>,
    id: ConsentId,
    request: &str,
    ends_at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE consent_record SET request_id = :request, ends_at = :ends WHERE consent_id = :id",
        named_params! {
            ":id": id.to_string(),
            ":request": request,
            ":ends": ends_at.as_millisecond(),
        },
    )
    .map_err(StoreError::during("note what a record answers"))?;
    Ok(())
}

/// Returns a record.
pub(crate) fn find(conn: &Connection, id: ConsentId) -> Result<Option<Record>, StoreError> {
    conn.query_row(
        "SELECT * FROM consent_record WHERE consent_id = :id",
        named_params! { ":id": id.to_string() },
        read,
    )
    .optional()
    .map_err(StoreError::during("find a record"))
}

/// Returns a page of the records that the person sent or takes part in, in the order in which
/// they came.
pub(crate) fn list_of(
    conn: &Connection,
    person: &PersonId,
    skip: u32,
    limit: u32,
) -> Result<Vec<Record>, StoreError> {
    conn.prepare_cached(
        "SELECT * FROM consent_record
          WHERE sent_by = :person OR request_id IN
                (SELECT request_id FROM request_participant WHERE person_id = :person)
          ORDER BY record_seq LIMIT :limit OFFSET :skip",
    )
    .and_then(|mut statement| {
        statement
            .query_map(
                named_params! { ":person": person.as_str(), ":skip": skip, ":limit": limit },
                read,
            )?
            .collect()
    })
    .map_err(StoreError::during("list records"))
}

/// Returns the records that answer a request.
pub(crate) fn list_answering(conn: &Connection, request: &str) -> Result<Vec<Record>, StoreError> {
    conn.prepare_cached(
        "SELECT * FROM consent_record WHERE request_id = :request ORDER BY record_seq",
    )
    .and_then(|mut statement| {
        statement
            .query_map(named_params! { ":request": request }, read)?
            .collect()
    })
    .map_err(StoreError::during("list the answers to a request"))
}

/// Returns the records whose permission has reached its date and is not noted as ended.
pub(crate) fn list_lapsed(conn: &Connection, now: Timestamp) -> Result<Vec<Record>, StoreError> {
    conn.prepare_cached(
        "SELECT * FROM consent_record
          WHERE ends_at <= :now
            AND consent_id NOT IN (SELECT consent_id FROM consent_end)
            AND coalesce((SELECT status FROM statement
                           WHERE statement.consent_id = consent_record.consent_id
                           ORDER BY statement_seq DESC LIMIT 1), '')
                IN ('ConsentGiven', 'RenewedConsentGiven', 'mdc:ConsentPaused')
          ORDER BY record_seq",
    )
    .and_then(|mut statement| {
        statement
            .query_map(named_params! { ":now": now.as_millisecond() }, read)?
            .collect()
    })
    .map_err(StoreError::during("list lapsed permissions"))
}

/// Notes that a permission ended without a statement.
pub(crate) fn insert_end(
    tx: &Transaction<'_>,
    id: ConsentId,
    status: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT OR IGNORE INTO consent_end (consent_id, status, ended_at)
         VALUES (:id, :status, :now)",
        named_params! { ":id": id.to_string(), ":status": status, ":now": now.as_millisecond() },
    )
    .map_err(StoreError::during("note an end"))?;
    Ok(())
}

/// Returns the status in which a permission ended without a statement.
pub(crate) fn find_end(conn: &Connection, id: ConsentId) -> Result<Option<String>, StoreError> {
    conn.query_row(
        "SELECT status FROM consent_end WHERE consent_id = :id",
        named_params! { ":id": id.to_string() },
        |row| row.get(0),
    )
    .optional()
    .map_err(StoreError::during("find an end"))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Record> {
    Ok(Record {
        id: super::consent(&row.get::<_, String>("consent_id")?)?,
        hash: row.get("hash")?,
        body: row.get("body")?,
        subject: super::person(row.get("subject_id")?)?,
        sent_by: super::person(row.get("sent_by")?)?,
        request: row.get("request_id")?,
        ends_at: row
            .get::<_, Option<i64>>("ends_at")?
            .map(super::timestamp)
            .transpose()?,
        received_at: super::timestamp(row.get("received_at")?)?,
    })
}
