//! Access requests, and who takes part in them.

use consent::{
    PersonId,
    request::{Participant, Role},
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

use super::StoreError;

/// A request as its organisation signed it.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) id: String,
    pub(crate) subject: PersonId,
    pub(crate) service: String,
    pub(crate) template: String,
    pub(crate) jws: String,
    pub(crate) issued_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) reply_by: Option<Timestamp>,
}

/// Adds a request and its participants.
pub(crate) fn insert(
    tx: &Transaction<'_>,
    request: &Request,
    participants: &[Participant],
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO request (request_id, request_seq, subject_id, service_id, template, jws,
                              issued_at, expires_at, reply_by)
         VALUES (:id, (SELECT coalesce(max(request_seq), 0) + 1 FROM request), :subject,
                 :service, :template, :jws, :issued, :expires, :reply)",
        named_params! {
            ":id": request.id,
            ":subject": request.subject.as_str(),
            ":service": request.service,
            ":template": request.template,
            ":jws": request.jws,
            ":issued": request.issued_at.as_millisecond(),
            ":expires": request.expires_at.as_millisecond(),
            ":reply": request.reply_by.map(Timestamp::as_millisecond),
        },
    )
    .map_err(StoreError::during("add a request"))?;
    for participant in participants {
        let role = match participant.role {
            Role::DataSubject => "data_subject",
            Role::Activator => "activator",
        };
        tx.execute(
            "INSERT OR IGNORE INTO request_participant (request_id, person_id, role)
             VALUES (:request, :person, :role)",
            named_params! {
                ":request": request.id,
                ":person": participant.id.as_str(),
                ":role": role,
            },
        )
        .map_err(StoreError::during("add a participant"))?;
    }
    Ok(())
}

/// Returns a request.
pub(crate) fn find(conn: &Connection, id: &str) -> Result<Option<Request>, StoreError> {
    conn.query_row(
        "SELECT * FROM request WHERE request_id = :id",
        named_params! { ":id": id },
        read,
    )
    .optional()
    .map_err(StoreError::during("find a request"))
}

/// Returns a page of the requests that the person takes part in, after `after`, with the place of
/// each in the order of issue.
pub(crate) fn list_of(
    conn: &Connection,
    person: &PersonId,
    after: i64,
    limit: u32,
) -> Result<Vec<(i64, Request)>, StoreError> {
    conn.prepare_cached(
        "SELECT * FROM request
          WHERE request_seq > :after AND request_id IN
                (SELECT request_id FROM request_participant WHERE person_id = :person)
          ORDER BY request_seq LIMIT :limit",
    )
    .and_then(|mut statement| {
        statement
            .query_map(
                named_params! { ":person": person.as_str(), ":after": after, ":limit": limit },
                |row| Ok((row.get("request_seq")?, read(row)?)),
            )?
            .collect()
    })
    .map_err(StoreError::during("list requests"))
}

/// Returns the requests about `subject` in which `person` takes part, the newest first.
pub(crate) fn list_about(
    conn: &Connection,
    subject: &PersonId,
    person: &PersonId,
) -> Result<Vec<Request>, StoreError> {
    conn.prepare_cached(
        "SELECT * FROM request
          WHERE subject_id = :subject AND request_id IN
                (SELECT request_id FROM request_participant WHERE person_id = :person)
          ORDER BY request_seq DESC LIMIT 200",
    )
    .and_then(|mut statement| {
        statement
            .query_map(
                named_params! { ":subject": subject.as_str(), ":person": person.as_str() },
                read,
            )?
            .collect()
    })
    .map_err(StoreError::during("list requests about a person"))
}

/// Returns whether the person takes part in the request.
pub(crate) fn has_participant(
    conn: &Connection,
    request: &str,
    person: &PersonId,
) -> Result<bool, StoreError> {
    conn.query_row(
        "SELECT EXISTS (SELECT 1 FROM request_participant
                         WHERE request_id = :request AND person_id = :person)",
        named_params! { ":request": request, ":person": person.as_str() },
        |row| row.get(0),
    )
    .map_err(StoreError::during("look for a participant"))
}

/// Returns everyone who takes part in the request.
pub(crate) fn list_people(conn: &Connection, request: &str) -> Result<Vec<PersonId>, StoreError> {
    conn.prepare_cached(
        "SELECT DISTINCT person_id FROM request_participant WHERE request_id = :request
          ORDER BY person_id",
    )
    .and_then(|mut statement| {
        statement
            .query_map(named_params! { ":request": request }, |row| {
                super::person(row.get(0)?)
            })?
            .collect()
    })
    .map_err(StoreError::during("list participants"))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Request> {
    Ok(Request {
        id: row.get("request_id")?,
        subject: super::person(row.get("subject_id")?)?,
        service: row.get("service_id")?,
        template: row.get("template")?,
        jws: row.get("jws")?,
        issued_at: super::timestamp(row.get("issued_at")?)?,
        expires_at: super::timestamp(row.get("expires_at")?)?,
        reply_by: row
            .get::<_, Option<i64>>("reply_by")?
            .map(super::timestamp)
            .transpose()?,
    })
}
