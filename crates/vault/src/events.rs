//! Events taken from operators, so that each counts once: stored, applied, then acknowledged.

use consent::OperatorId;
use jiff::Timestamp;
use rusqlite::{Connection, Transaction, named_params};

use crate::VaultError;
use crate::rows::{Columns, Query, change, count, run};

/// One event. It names things and holds no data about the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenEvent {
    /// Whose event it is.
    pub operator_id: OperatorId,
    /// Its identifier there.
    pub event_id: String,
    /// Its number in the operator's stream.
    pub seq: u64,
    /// What it tells of.
    pub kind: String,
    /// JSON: identifiers and addresses only.
    pub body: String,
    /// When it came.
    pub received_at: Timestamp,
    /// When what it tells of was taken over.
    pub applied_at: Option<Timestamp>,
    /// When the operator was told that it came.
    pub acked_at: Option<Timestamp>,
}

/// Stores an event, once. Returns whether it is new.
///
/// # Errors
///
/// Fails if the operator is not there.
pub fn insert(tx: &Transaction<'_>, event: &TakenEvent) -> Result<bool, VaultError> {
    run(
        tx,
        "insert an event",
        "INSERT INTO event (operator_id, event_id, seq, kind, body, received_at, applied_at,
                acked_at)
         VALUES (:operator, :event, :seq, :kind, :body, :received_at, :applied_at, :acked_at)
         ON CONFLICT (operator_id, event_id) DO NOTHING",
        named_params! {
            ":operator": event.operator_id.as_str(),
            ":event": event.event_id,
            ":seq": event.seq,
            ":kind": event.kind,
            ":body": event.body,
            ":received_at": event.received_at.as_millisecond(),
            ":applied_at": event.applied_at.map(Timestamp::as_millisecond),
            ":acked_at": event.acked_at.map(Timestamp::as_millisecond),
        },
    )
    .map(|inserted| inserted > 0)
}

/// Notes that what an event tells of was taken over. The first time counts.
///
/// # Errors
///
/// Fails if the event is not there.
pub fn mark_applied(
    tx: &Transaction<'_>,
    operator: &OperatorId,
    event: &str,
    now: Timestamp,
) -> Result<(), VaultError> {
    change(
        tx,
        "mark an event as applied",
        "UPDATE event SET applied_at = COALESCE(applied_at, :now)
          WHERE operator_id = :operator AND event_id = :event",
        named_params! {
            ":operator": operator.as_str(),
            ":event": event,
            ":now": now.as_millisecond(),
        },
    )
}

/// Notes that the operator was told that an event came. The first time counts.
///
/// # Errors
///
/// Fails if the event is not there.
pub fn mark_acked(
    tx: &Transaction<'_>,
    operator: &OperatorId,
    event: &str,
    now: Timestamp,
) -> Result<(), VaultError> {
    change(
        tx,
        "mark an event as acknowledged",
        "UPDATE event SET acked_at = COALESCE(acked_at, :now)
          WHERE operator_id = :operator AND event_id = :event",
        named_params! {
            ":operator": operator.as_str(),
            ":event": event,
            ":now": now.as_millisecond(),
        },
    )
}

/// Returns whether an event was taken before.
///
/// # Errors
///
/// Fails if the vault cannot be read.
pub fn is_known(conn: &Connection, operator: &OperatorId, event: &str) -> Result<bool, VaultError> {
    let known = count(
        conn,
        "look for an event",
        "SELECT COUNT(*) FROM event WHERE operator_id = :operator AND event_id = :event",
        named_params! { ":operator": operator.as_str(), ":event": event },
    )?;
    Ok(known > 0)
}

/// Returns an operator's events that are not taken over yet, in the order of its stream.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn list_unapplied(
    conn: &Connection,
    operator: &OperatorId,
) -> Result<Vec<TakenEvent>, VaultError> {
    Query {
        table: "event",
        action: "list the events to apply",
        sql: "SELECT * FROM event WHERE operator_id = :operator AND applied_at IS NULL
               ORDER BY seq, event_id",
    }
    .all(conn, named_params! { ":operator": operator.as_str() }, read)
}

/// Returns an operator's events that it was not told of yet, in the order of its stream.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn list_unacked(
    conn: &Connection,
    operator: &OperatorId,
) -> Result<Vec<TakenEvent>, VaultError> {
    Query {
        table: "event",
        action: "list the events to acknowledge",
        sql: "SELECT * FROM event WHERE operator_id = :operator AND acked_at IS NULL
               ORDER BY seq, event_id",
    }
    .all(conn, named_params! { ":operator": operator.as_str() }, read)
}

fn read(row: &Columns<'_, '_>) -> Result<TakenEvent, VaultError> {
    Ok(TakenEvent {
        operator_id: row.parse("operator_id")?,
        event_id: row.get("event_id")?,
        seq: row.get("seq")?,
        kind: row.get("kind")?,
        body: row.get("body")?,
        received_at: row.time("received_at")?,
        applied_at: row.time_opt("applied_at")?,
        acked_at: row.time_opt("acked_at")?,
    })
}
