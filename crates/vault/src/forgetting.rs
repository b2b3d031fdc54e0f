//! The one way in which decisions leave the vault: the person forgets an operator.

use consent::OperatorId;
use rusqlite::{Connection, Transaction, named_params};

use crate::VaultError;
use crate::rows::{Query, run};

/// The tables whose history is append-only, children before their parents.
const HISTORY: [&str; 5] = [
    "DELETE FROM outbox WHERE operator_id = :id",
    "DELETE FROM receipt WHERE consent_id IN
        (SELECT consent_id FROM consent_record WHERE operator_id = :id)",
    "DELETE FROM statement WHERE consent_id IN
        (SELECT consent_id FROM consent_record WHERE operator_id = :id)",
    "DELETE FROM consent_event WHERE consent_id IN
        (SELECT consent_id FROM consent_record WHERE operator_id = :id)",
    "DELETE FROM consent_record WHERE operator_id = :id",
];

/// Removes an operator with everything that came from it and every decision towards it.
///
/// The triggers that hold the history are dropped and made again within the transaction.
///
/// # Errors
///
/// Fails if the vault cannot be written; nothing is removed then.
pub fn forget_operator(tx: &Transaction<'_>, id: &OperatorId) -> Result<(), VaultError> {
    const ACTION: &str = "forget an operator";
    let triggers = triggers(tx)?;
    let batch = |sql: &str| tx.execute_batch(sql).map_err(VaultError::during(ACTION));
    for (name, _) in &triggers {
        batch(&format!("DROP TRIGGER {name}"))?;
    }
    for sql in HISTORY {
        run(tx, ACTION, sql, named_params! { ":id": id.as_str() })?;
    }
    run(
        tx,
        ACTION,
        "DELETE FROM operator WHERE operator_id = :id",
        named_params! { ":id": id.as_str() },
    )?;
    triggers.iter().try_for_each(|(_, sql)| batch(sql))
}

/// Returns the name and the text of every trigger: all of them hold the history.
fn triggers(conn: &Connection) -> Result<Vec<(String, String)>, VaultError> {
    Query {
        table: "sqlite_schema",
        action: "list the triggers",
        sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name",
    }
    .all(conn, [], |row| Ok((row.get("name")?, row.get("sql")?)))
}
