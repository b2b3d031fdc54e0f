//! Data sources that operators can fetch from, and the schemas of what they hold.

use consent::{DataSourceId, OperatorId};
use rusqlite::{Connection, Transaction, named_params};

use crate::VaultError;
use crate::rows::{Columns, Query, change, run};

/// One source, by the operator that can fetch from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSource {
    /// Who can fetch from it.
    pub operator_id: OperatorId,
    /// The source.
    pub source_id: DataSourceId,
    /// JSON, as it was fetched.
    pub entry: String,
    /// Where its schema is.
    pub schema_url: String,
    /// The schema, once fetched.
    pub schema: Option<String>,
}

/// Stores a source in place of an earlier entry. A schema that was fetched stays while its
/// address does, unless this entry brings one.
///
/// # Errors
///
/// Fails if the operator is not there.
pub fn put(tx: &Transaction<'_>, source: &StoredSource) -> Result<(), VaultError> {
    run(
        tx,
        "put a source",
        "INSERT INTO source (operator_id, source_id, entry, schema_url, schema)
         VALUES (:operator, :source, :entry, :schema_url, :schema)
         ON CONFLICT (operator_id, source_id) DO UPDATE
            SET entry = excluded.entry,
                schema = CASE WHEN excluded.schema IS NULL
                               AND excluded.schema_url = source.schema_url
                              THEN source.schema ELSE excluded.schema END,
                schema_url = excluded.schema_url",
        named_params! {
            ":operator": source.operator_id.as_str(),
            ":source": source.source_id.as_str(),
            ":entry": source.entry,
            ":schema_url": source.schema_url,
            ":schema": source.schema,
        },
    )
    .map(drop)
}

/// Stores the schema that was fetched from `schema_url`.
///
/// # Errors
///
/// Fails if the source is not there, or its schema is elsewhere by now.
pub fn set_schema(
    tx: &Transaction<'_>,
    operator: &OperatorId,
    source: &DataSourceId,
    schema_url: &str,
    schema: &str,
) -> Result<(), VaultError> {
    change(
        tx,
        "set a source's schema",
        "UPDATE source SET schema = :schema
          WHERE operator_id = :operator AND source_id = :source AND schema_url = :schema_url",
        named_params! {
            ":operator": operator.as_str(),
            ":source": source.as_str(),
            ":schema_url": schema_url,
            ":schema": schema,
        },
    )
}

/// Returns one source.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn find(
    conn: &Connection,
    operator: &OperatorId,
    source: &DataSourceId,
) -> Result<Option<StoredSource>, VaultError> {
    Query {
        table: "source",
        action: "find a source",
        sql: "SELECT * FROM source WHERE operator_id = :operator AND source_id = :source",
    }
    .first(
        conn,
        named_params! { ":operator": operator.as_str(), ":source": source.as_str() },
        read,
    )
}

/// Returns the sources that an operator can fetch from.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn list(conn: &Connection, operator: &OperatorId) -> Result<Vec<StoredSource>, VaultError> {
    Query {
        table: "source",
        action: "list the sources",
        sql: "SELECT * FROM source WHERE operator_id = :operator ORDER BY source_id",
    }
    .all(conn, named_params! { ":operator": operator.as_str() }, read)
}

fn read(row: &Columns<'_, '_>) -> Result<StoredSource, VaultError> {
    Ok(StoredSource {
        operator_id: row.parse("operator_id")?,
        source_id: row.parse("source_id")?,
        entry: row.get("entry")?,
        schema_url: row.get("schema_url")?,
        schema: row.get("schema")?,
    })
}
