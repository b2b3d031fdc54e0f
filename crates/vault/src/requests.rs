//! Access requests as they came, and the person's dealing with each.

use consent::{ConsentId, OperatorId, RequestId};
use jiff::Timestamp;
use pii::Personal;
use rusqlite::{Connection, Transaction, named_params};

use crate::VaultError;
use crate::rows::{Columns, Query, change, run, stored_as};

/// Where the person's dealing with a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestState {
    /// It waits for an answer.
    Requested,
    /// The person put the answer off.
    Deferred,
    /// The person said yes or no; the consent record tells which.
    Answered,
    /// Its sender took it back.
    Cancelled,
}

stored_as!(RequestState {
    Requested = "requested",
    Deferred = "deferred",
    Answered = "answered",
    Cancelled = "cancelled",
});

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRequest {
    /// The request, as its sender numbered it.
    pub request_id: RequestId,
    /// Through whom it came.
    pub operator_id: OperatorId,
    /// The request as it came.
    pub jws: Personal<String>,
    /// JSON: the request as understood.
    pub request: Option<Personal<String>>,
    /// Where the person's dealing with it stands.
    pub state: RequestState,
    /// The record that answers it.
    pub consent_id: Option<ConsentId>,
    /// When it came.
    pub received_at: Timestamp,
    /// When it lapses.
    pub expires_at: Timestamp,
    /// When the person was told of it.
    pub notified_at: Option<Timestamp>,
}

/// Stores a request, once: a second one with its identifier changes nothing. Returns whether it
/// is new.
///
/// # Errors
///
/// Fails if the operator is not there.
pub fn insert(tx: &Transaction<'_>, request: &StoredRequest) -> Result<bool, VaultError> {
    run(
        tx,
        "insert a request",
        "INSERT INTO access_request (request_id, operator_id, jws, request, state, consent_id,
                received_at, expires_at, notified_at)
         VALUES (:request_id, :operator, :jws, :request, :state, :consent,
                :received_at, :expires_at, :notified_at)
         ON CONFLICT (request_id) DO NOTHING",
        named_params! {
            ":request_id": request.request_id.as_str(),
            ":operator": request.operator_id.as_str(),
            ":jws": request.jws.reveal(),
            ":request": request.request.as_ref().map(Personal::reveal),
            ":state": request.state.code(),
            ":consent": request.consent_id.map(|id| id.to_string()),
            ":received_at": request.received_at.as_millisecond(),
            ":expires_at": request.expires_at.as_millisecond(),
            ":notified_at": request.notified_at.map(Timestamp::as_millisecond),
        },
    )
    .map(|inserted| inserted > 0)
}

/// Stores a request as understood, as when a schema that it needs has come in.
///
/// # Errors
///
/// Fails if the request is not there.
pub fn set_understood(
    tx: &Transaction<'_>,
    id: &RequestId,
    request: &Personal<String>,
) -> Result<(), VaultError> {
    change(
        tx,
        "set how a request is understood",
        "UPDATE access_request SET request = :request WHERE request_id = :id",
        named_params! { ":id": id.as_str(), ":request": request.reveal() },
    )
}

/// Moves a request to `state`.
///
/// # Errors
///
/// Fails if the request is not there.
pub fn set_state(
    tx: &Transaction<'_>,
    id: &RequestId,
    state: RequestState,
) -> Result<(), VaultError> {
    change(
        tx,
        "set a request's state",
        "UPDATE access_request SET state = :state WHERE request_id = :id",
        named_params! { ":id": id.as_str(), ":state": state.code() },
    )
}

/// Moves a request to answered, by this record.
///
/// # Errors
///
/// Fails if the request is not there.
pub fn set_answer(
    tx: &Transaction<'_>,
    id: &RequestId,
    consent: ConsentId,
) -> Result<(), VaultError> {
    change(
        tx,
        "set a request's answer",
        "UPDATE access_request SET state = 'answered', consent_id = :consent
          WHERE request_id = :id",
        named_params! { ":id": id.as_str(), ":consent": consent.to_string() },
    )
}

/// Notes that the person was told of a request. The first time counts.
///
/// # Errors
///
/// Fails if the request is not there.
pub fn mark_notified(
    tx: &Transaction<'_>,
    id: &RequestId,
    now: Timestamp,
) -> Result<(), VaultError> {
    change(
        tx,
        "mark a request as notified",
        "UPDATE access_request SET notified_at = COALESCE(notified_at, :now)
          WHERE request_id = :id",
        named_params! { ":id": id.as_str(), ":now": now.as_millisecond() },
    )
}

/// Returns one request.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn find(conn: &Connection, id: &RequestId) -> Result<Option<StoredRequest>, VaultError> {
    Query {
        table: "access_request",
        action: "find a request",
        sql: "SELECT * FROM access_request WHERE request_id = :id",
    }
    .first(conn, named_params! { ":id": id.as_str() }, read)
}

/// Returns the requests in `state`, newest first.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn list(conn: &Connection, state: RequestState) -> Result<Vec<StoredRequest>, VaultError> {
    Query {
        table: "access_request",
        action: "list the requests",
        sql: "SELECT * FROM access_request WHERE state = :state
               ORDER BY received_at DESC, request_id",
    }
    .all(conn, named_params! { ":state": state.code() }, read)
}

fn read(row: &Columns<'_, '_>) -> Result<StoredRequest, VaultError> {
    Ok(StoredRequest {
        request_id: row.parse("request_id")?,
        operator_id: row.parse("operator_id")?,
        jws: row.personal("jws")?,
        request: row.personal_opt("request")?,
        state: row.code("state", RequestState::from_code)?,
        consent_id: row.parse_opt("consent_id")?,
        received_at: row.time("received_at")?,
        expires_at: row.time("expires_at")?,
        notified_at: row.time_opt("notified_at")?,
    })
}
