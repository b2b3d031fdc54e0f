//! Consent records and what happened to each. A record is never edited; its status follows from
//! its newest event.

use consent::record::{ConsentRecord, Event, EventKind, Status};
use consent::{ConsentId, DataUsingServiceId, OperatorId, PersonId, RequestId};
use jiff::Timestamp;
use pii::Personal;
use rusqlite::{Connection, Transaction, named_params};

use crate::VaultError;
use crate::rows::{Columns, Query, run};

/// One answer by one person to one request, as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredConsent {
    /// The record.
    pub consent_id: ConsentId,
    /// To whom its statements are owed.
    pub operator_id: OperatorId,
    /// The request that it answers.
    pub request_id: RequestId,
    /// Whom the data is about.
    pub subject_id: PersonId,
    /// Who asked.
    pub service_id: DataUsingServiceId,
    /// The record in its canonical form (RFC 8785).
    pub record: Personal<String>,
    /// The hash of that form.
    pub record_hash: String,
    /// JSON: the request as it was answered.
    pub request: Personal<String>,
    /// The paths that were allowed.
    pub fields: Vec<String>,
    /// When it was answered.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Timestamp,
}

/// A record and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentStanding {
    /// The record as it was given.
    pub consent: StoredConsent,
    /// What its newest event made of it; requested if it has none.
    pub status: Status,
    /// When that event happened.
    pub changed_at: Option<Timestamp>,
}

impl ConsentStanding {
    /// Returns what the rules of [`consent::record`] need to know.
    pub const fn as_record(&self) -> ConsentRecord {
        ConsentRecord {
            id: self.consent.consent_id,
            status: self.status,
            expires_at: self.consent.expires_at,
        }
    }
}

/// One step in the life of a record, by its number in the whole history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredStep {
    /// Its number, which only grows.
    pub event_seq: i64,
    /// What happened.
    pub event: Event,
}

/// Stores a new record. Its status is [`Status::Requested`] until an event is appended.
///
/// # Errors
///
/// Fails if the record is there already, or the operator is not.
pub fn insert(tx: &Transaction<'_>, consent: &StoredConsent) -> Result<(), VaultError> {
    run(
        tx,
        "insert a consent record",
        "INSERT INTO consent_record (consent_id, operator_id, request_id, subject_id, service_id,
                record, record_hash, request, fields, created_at, expires_at)
         VALUES (:consent, :operator, :request_id, :subject, :service,
                :record, :record_hash, :request, :fields, :created_at, :expires_at)",
        named_params! {
            ":consent": consent.consent_id.to_string(),
            ":operator": consent.operator_id.as_str(),
            ":request_id": consent.request_id.as_str(),
            ":subject": consent.subject_id.as_str(),
            ":service": consent.service_id.as_str(),
            ":record": consent.record.reveal(),
            ":record_hash": consent.record_hash,
            ":request": consent.request.reveal(),
            ":fields": serde_json::to_string(&consent.fields).map_err(|_| bad("fields"))?,
            ":created_at": consent.created_at.as_millisecond(),
            ":expires_at": consent.expires_at.as_millisecond(),
        },
    )
    .map(drop)
}

/// Appends `event` to its record's history and returns its number.
///
/// # Errors
///
/// Fails if the record is not there.
pub fn append(tx: &Transaction<'_>, event: &Event) -> Result<i64, VaultError> {
    run(
        tx,
        "append a consent event",
        "INSERT INTO consent_event (consent_id, happened_at, kind)
         VALUES (:consent, :at, :kind)",
        named_params! {
            ":consent": event.consent.to_string(),
            ":at": event.at.as_millisecond(),
            ":kind": kind_to_text(event.kind),
        },
    )?;
    Ok(tx.last_insert_rowid())
}

/// A query of records, each with its newest event.
macro_rules! standings {
    ($action:literal, $rest:literal) => {
        Query {
            table: "consent_record",
            action: $action,
            sql: concat!(
                "SELECT record.*, newest.kind AS newest_kind, newest.happened_at AS newest_at
                   FROM consent_record AS record
                   LEFT JOIN consent_event AS newest ON newest.event_seq =
                        (SELECT MAX(event.event_seq) FROM consent_event AS event
                          WHERE event.consent_id = record.consent_id) ",
                $rest
            ),
        }
    };
}

/// Returns the record with `id`, its status taken from its newest event.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn find(conn: &Connection, id: ConsentId) -> Result<Option<ConsentStanding>, VaultError> {
    standings!("find a consent record", "WHERE record.consent_id = :id").first(
        conn,
        named_params! { ":id": id.to_string() },
        read,
    )
}

/// Returns all records, those answered last at the top.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn list(conn: &Connection) -> Result<Vec<ConsentStanding>, VaultError> {
    standings!(
        "list the consent records",
        "ORDER BY record.created_at DESC, record.consent_id DESC"
    )
    .all(conn, [], read)
}

/// Returns the permissions whose date has come by `now` and that nothing has ended yet.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn list_lapsed(conn: &Connection, now: Timestamp) -> Result<Vec<ConsentStanding>, VaultError> {
    standings!(
        "list the lapsed consent records",
        "WHERE record.expires_at <= :now AND newest.kind IN ('given', 'paused', 'resumed')
         ORDER BY record.expires_at, record.consent_id"
    )
    .all(conn, named_params! { ":now": now.as_millisecond() }, read)
}

/// Returns what happened to a record, oldest first.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn steps(conn: &Connection, id: ConsentId) -> Result<Vec<StoredStep>, VaultError> {
    Query {
        table: "consent_event",
        action: "list what happened to a consent record",
        sql: "SELECT * FROM consent_event WHERE consent_id = :id ORDER BY event_seq",
    }
    .all(conn, named_params! { ":id": id.to_string() }, |row| {
        Ok(StoredStep {
            event_seq: row.get("event_seq")?,
            event: Event {
                consent: row.parse("consent_id")?,
                at: row.time("happened_at")?,
                kind: row.code("kind", kind_from_text)?,
            },
        })
    })
}

fn read(row: &Columns<'_, '_>) -> Result<ConsentStanding, VaultError> {
    let newest: Option<String> = row.get("newest_kind")?;
    let status = match newest.as_deref().map(kind_from_text) {
        None => Status::Requested,
        Some(Some(kind)) => kind.resulting_status(),
        Some(None) => return Err(bad_kind()),
    };
    Ok(ConsentStanding {
        consent: StoredConsent {
            consent_id: row.parse("consent_id")?,
            operator_id: row.parse("operator_id")?,
            request_id: row.parse("request_id")?,
            subject_id: row.parse("subject_id")?,
            service_id: row.parse("service_id")?,
            record: row.personal("record")?,
            record_hash: row.get("record_hash")?,
            request: row.personal("request")?,
            fields: row.json("fields")?,
            created_at: row.time("created_at")?,
            expires_at: row.time("expires_at")?,
        },
        status,
        changed_at: row.time_opt("newest_at")?,
    })
}

const fn bad(column: &'static str) -> VaultError {
    VaultError::Corrupt {
        table: "consent_record",
        column,
    }
}

const fn bad_kind() -> VaultError {
    VaultError::Corrupt {
        table: "consent_event",
        column: "kind",
    }
}

const fn kind_to_text(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Given => "given",
        EventKind::Refused => "refused",
        EventKind::Deferred => "deferred",
        EventKind::Paused => "paused",
        EventKind::Resumed => "resumed",
        EventKind::Withdrawn => "withdrawn",
        EventKind::Revoked => "revoked",
        EventKind::Expired => "expired",
    }
}

fn kind_from_text(text: &str) -> Option<EventKind> {
    const KINDS: [EventKind; 8] = [
        EventKind::Given,
        EventKind::Refused,
        EventKind::Deferred,
        EventKind::Paused,
        EventKind::Resumed,
        EventKind::Withdrawn,
        EventKind::Revoked,
        EventKind::Expired,
    ];
    KINDS.into_iter().find(|kind| kind_to_text(*kind) == text)
}
