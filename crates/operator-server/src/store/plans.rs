//! What the sample city is going to do, and when.

use consent::PersonId;
use jiff::Timestamp;
use rusqlite::{Connection, Row, Transaction, named_params};

use super::StoreError;

/// One thing to come.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) id: i64,
    /// JSON: what.
    pub(crate) deed: String,
}

/// Plans something, once.
pub(crate) fn insert(
    tx: &Transaction<'_>,
    person: &PersonId,
    deed: &str,
    due_at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT OR IGNORE INTO plan (person_id, deed, due_at) VALUES (:person, :deed, :due)",
        named_params! {
            ":person": person.as_str(),
            ":deed": deed,
            ":due": due_at.as_millisecond(),
        },
    )
    .map_err(StoreError::during("plan something"))?;
    Ok(())
}

/// Returns what is due, in the order of its times.
pub(crate) fn list_due(conn: &Connection, now: Timestamp) -> Result<Vec<Plan>, StoreError> {
    conn.prepare_cached(
        "SELECT * FROM plan WHERE done_at IS NULL AND due_at <= :now
          ORDER BY due_at, plan_id LIMIT 500",
    )
    .and_then(|mut statement| {
        statement
            .query_map(named_params! { ":now": now.as_millisecond() }, read)?
            .collect()
    })
    .map_err(StoreError::during("list what is due"))
}

/// Marks a plan as done.
pub(crate) fn finish(tx: &Transaction<'_>, id: i64, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE plan SET done_at = :now WHERE plan_id = :id",
        named_params! { ":id": id, ":now": now.as_millisecond() },
    )
    .map_err(StoreError::during("finish a plan"))?;
    Ok(())
}

/// Returns when the next thing is due.
pub(crate) fn next_due(conn: &Connection) -> Result<Option<Timestamp>, StoreError> {
    conn.query_row(
        "SELECT min(due_at) FROM plan WHERE done_at IS NULL",
        (),
        |row| {
            row.get::<_, Option<i64>>(0)?
                .map(super::timestamp)
                .transpose()
        },
    )
    .map_err(StoreError::during("look what is due next"))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Plan> {
    Ok(Plan {
        id: row.get("plan_id")?,
        deed: row.get("deed")?,
    })
}
