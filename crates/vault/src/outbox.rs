//! Messages owed to operators: written with the decision they announce, owed until the
//! operator's receipt is in.

use consent::{ConsentId, OperatorId};
use jiff::Timestamp;
use pii::Personal;
use rusqlite::{Connection, Transaction, named_params};
use uuid::Uuid;

use crate::VaultError;
use crate::rows::{Columns, Query, change, count, run, stored_as};

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// A consent record, which its statements need first.
    Record,
    /// A signed statement.
    Statement,
}

stored_as!(MessageKind {
    Record = "record",
    Statement = "statement",
});

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageState {
    /// It waits for its turn.
    Queued,
    /// It was handed over and nothing came back yet. After a crash it is sent again.
    Sending,
    /// The operator has it.
    Accepted,
    /// The operator refused it for good; the person is told.
    SetAside,
}

stored_as!(MessageState {
    Queued = "queued",
    Sending = "sending",
    Accepted = "accepted",
    SetAside = "set_aside",
});

/// A message to be owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMessage {
    /// The message, and the key under which it counts once.
    pub message_id: Uuid,
    /// To whom it is owed.
    pub operator_id: OperatorId,
    /// The record that it is about.
    pub consent_id: ConsentId,
    /// What it is.
    pub kind: MessageKind,
    /// Whether it takes a permission back, and so may go before others.
    pub is_withdrawal: bool,
    /// What is sent, byte for byte.
    pub body: Personal<String>,
    /// When it came to be owed.
    pub queued_at: Timestamp,
}

/// A message that is or was owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwedMessage {
    /// The message, and the key under which it counts once.
    pub message_id: Uuid,
    /// The order in which messages came to be owed.
    pub position: u64,
    /// To whom it is owed.
    pub operator_id: OperatorId,
    /// The record that it is about.
    pub consent_id: ConsentId,
    /// What it is.
    pub kind: MessageKind,
    /// Whether it takes a permission back, and so may go before others.
    pub is_withdrawal: bool,
    /// What is sent, byte for byte. Empty once accepted: the record and the statements keep it.
    pub body: Personal<String>,
    /// Where it stands.
    pub state: MessageState,
    /// How often it was handed over.
    pub attempts: u32,
    /// Before when it is not sent again.
    pub not_before: Option<Timestamp>,
    /// The code of why it was set aside.
    pub problem: Option<String>,
    /// When it came to be owed.
    pub queued_at: Timestamp,
    /// When it was accepted or set aside.
    pub settled_at: Option<Timestamp>,
}

/// Owes a message, behind those already owed. Returns its position.
///
/// # Errors
///
/// Fails if it is there already, or its record or operator is not.
pub fn push(tx: &Transaction<'_>, message: &NewMessage) -> Result<u64, VaultError> {
    let position = count(
        tx,
        "number a message",
        "SELECT COALESCE(MAX(position), 0) + 1 FROM outbox",
        [],
    )?;
    run(
        tx,
        "push a message",
        "INSERT INTO outbox (message_id, position, operator_id, consent_id, kind, is_withdrawal,
                body, state, queued_at)
         VALUES (:message, :position, :operator, :consent, :kind, :is_withdrawal,
                :body, 'queued', :queued_at)",
        named_params! {
            ":message": message.message_id.to_string(),
            ":position": position,
            ":operator": message.operator_id.as_str(),
            ":consent": message.consent_id.to_string(),
            ":kind": message.kind.code(),
            ":is_withdrawal": message.is_withdrawal,
            ":body": message.body.reveal(),
            ":queued_at": message.queued_at.as_millisecond(),
        },
    )?;
    Ok(position)
}

/// Puts a message signed anew in the place of `old`, so that what was to be sent after it still
/// is.
///
/// # Errors
///
/// Fails if `old` is not owed.
pub fn replace(
    tx: &Transaction<'_>,
    old: Uuid,
    new: Uuid,
    body: &Personal<String>,
) -> Result<(), VaultError> {
    change(
        tx,
        "replace a message",
        "UPDATE outbox
            SET message_id = :new, body = :body, state = 'queued', attempts = 0,
                not_before = NULL
          WHERE message_id = :old AND state IN ('queued', 'sending')",
        named_params! {
            ":old": old.to_string(),
            ":new": new.to_string(),
            ":body": body.reveal(),
        },
    )
}

/// Notes that a message is being handed over.
///
/// # Errors
///
/// Fails if it is not owed.
pub fn mark_sending(tx: &Transaction<'_>, id: Uuid) -> Result<(), VaultError> {
    change(
        tx,
        "mark a message as being sent",
        "UPDATE outbox SET state = 'sending', attempts = attempts + 1
          WHERE message_id = :id AND state IN ('queued', 'sending')",
        named_params! { ":id": id.to_string() },
    )
}

/// Notes that the operator has a message.
///
/// # Errors
///
/// Fails if it is not there.
pub fn mark_accepted(tx: &Transaction<'_>, id: Uuid, now: Timestamp) -> Result<(), VaultError> {
    change(
        tx,
        "mark a message as accepted",
        "UPDATE outbox
            SET state = 'accepted', body = '', not_before = NULL, problem = NULL,
                settled_at = COALESCE(settled_at, :now)
          WHERE message_id = :id",
        named_params! { ":id": id.to_string(), ":now": now.as_millisecond() },
    )
}

/// Sets a message aside that the operator refused for good, with the code of why.
///
/// # Errors
///
/// Fails if it is not owed.
pub fn set_aside(
    tx: &Transaction<'_>,
    id: Uuid,
    problem: &str,
    now: Timestamp,
) -> Result<(), VaultError> {
    change(
        tx,
        "set a message aside",
        "UPDATE outbox
            SET state = 'set_aside', problem = :problem, not_before = NULL, settled_at = :now
          WHERE message_id = :id AND state IN ('queued', 'sending')",
        named_params! {
            ":id": id.to_string(),
            ":problem": problem,
            ":now": now.as_millisecond(),
        },
    )
}

/// Owes a message again, in its old position: after a failure, or when the person says so.
///
/// # Errors
///
/// Fails if it is not there, or the operator has it.
pub fn requeue(
    tx: &Transaction<'_>,
    id: Uuid,
    not_before: Option<Timestamp>,
) -> Result<(), VaultError> {
    change(
        tx,
        "requeue a message",
        "UPDATE outbox
            SET state = 'queued', not_before = :not_before, problem = NULL, settled_at = NULL
          WHERE message_id = :id AND state <> 'accepted'",
        named_params! {
            ":id": id.to_string(),
            ":not_before": not_before.map(Timestamp::as_millisecond),
        },
    )
}

/// Returns one message.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn find(conn: &Connection, id: Uuid) -> Result<Option<OwedMessage>, VaultError> {
    Query {
        table: "outbox",
        action: "find a message",
        sql: "SELECT * FROM outbox WHERE message_id = :id",
    }
    .first(conn, named_params! { ":id": id.to_string() }, read)
}

/// Returns what is owed to an operator in the order in which it came to be owed, those being
/// sent included.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn list_owed(conn: &Connection, operator: &OperatorId) -> Result<Vec<OwedMessage>, VaultError> {
    Query {
        table: "outbox",
        action: "list the owed messages",
        sql: "SELECT * FROM outbox
               WHERE operator_id = :operator AND state IN ('queued', 'sending')
               ORDER BY position",
    }
    .all(conn, named_params! { ":operator": operator.as_str() }, read)
}

/// Returns what was set aside, for the person to be told.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn list_set_aside(conn: &Connection) -> Result<Vec<OwedMessage>, VaultError> {
    Query {
        table: "outbox",
        action: "list the messages set aside",
        sql: "SELECT * FROM outbox WHERE state = 'set_aside' ORDER BY position",
    }
    .all(conn, [], read)
}

/// Returns the messages about a record, whatever their state, in the order of their positions.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn list_of_consent(
    conn: &Connection,
    consent: ConsentId,
) -> Result<Vec<OwedMessage>, VaultError> {
    Query {
        table: "outbox",
        action: "list a consent record's messages",
        sql: "SELECT * FROM outbox WHERE consent_id = :consent ORDER BY position",
    }
    .all(
        conn,
        named_params! { ":consent": consent.to_string() },
        read,
    )
}

/// Returns how many messages are owed, to all operators together.
///
/// # Errors
///
/// Fails if the vault cannot be read.
pub fn count_owed(conn: &Connection) -> Result<u64, VaultError> {
    count(
        conn,
        "count the owed messages",
        "SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'sending')",
        [],
    )
}

fn read(row: &Columns<'_, '_>) -> Result<OwedMessage, VaultError> {
    Ok(OwedMessage {
        message_id: row.parse("message_id")?,
        position: row.get("position")?,
        operator_id: row.parse("operator_id")?,
        consent_id: row.parse("consent_id")?,
        kind: row.code("kind", MessageKind::from_code)?,
        is_withdrawal: row.get("is_withdrawal")?,
        body: row.personal("body")?,
        state: row.code("state", MessageState::from_code)?,
        attempts: row.get("attempts")?,
        not_before: row.time_opt("not_before")?,
        problem: row.get("problem")?,
        queued_at: row.time("queued_at")?,
        settled_at: row.time_opt("settled_at")?,
    })
}
