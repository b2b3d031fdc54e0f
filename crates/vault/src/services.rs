//! Data using services as their operators describe them.

use consent::{DataUsingServiceId, OperatorId};
use jiff::Timestamp;
use rusqlite::{Connection, Transaction, named_params};

use crate::VaultError;
use crate::rows::{Columns, Query, run};

/// One service, by the operator that describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredService {
    /// Who describes it.
    pub operator_id: OperatorId,
    /// The service.
    pub service_id: DataUsingServiceId,
    /// JSON, as it was fetched.
    pub description: String,
    /// When it was fetched.
    pub fetched_at: Timestamp,
}

/// Stores a description in place of an earlier one.
///
/// # Errors
///
/// Fails if the operator is not there.
pub fn put(tx: &Transaction<'_>, service: &StoredService) -> Result<(), VaultError> {
    run(
        tx,
        "put a service",
        "INSERT INTO service (operator_id, service_id, description, fetched_at)
         VALUES (:operator, :service, :description, :fetched_at)
         ON CONFLICT (operator_id, service_id) DO UPDATE
            SET description = excluded.description, fetched_at = excluded.fetched_at",
        named_params! {
            ":operator": service.operator_id.as_str(),
            ":service": service.service_id.as_str(),
            ":description": service.description,
            ":fetched_at": service.fetched_at.as_millisecond(),
        },
    )
    .map(drop)
}

/// Puts an operator's services of today in the place of those of before.
///
/// # Errors
///
/// Fails if the operator is not there.
pub fn replace_all(
    tx: &Transaction<'_>,
    operator: &OperatorId,
    services: &[StoredService],
) -> Result<(), VaultError> {
    run(
        tx,
        "replace the services",
        "DELETE FROM service WHERE operator_id = :operator",
        named_params! { ":operator": operator.as_str() },
    )?;
    services
        .iter()
        .filter(|service| service.operator_id == *operator)
        .try_for_each(|service| put(tx, service))
}

/// Returns one service.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn find(
    conn: &Connection,
    operator: &OperatorId,
    service: &DataUsingServiceId,
) -> Result<Option<StoredService>, VaultError> {
    Query {
        table: "service",
        action: "find a service",
        sql: "SELECT * FROM service WHERE operator_id = :operator AND service_id = :service",
    }
    .first(
        conn,
        named_params! { ":operator": operator.as_str(), ":service": service.as_str() },
        read,
    )
}

/// Returns an operator's services.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn list(conn: &Connection, operator: &OperatorId) -> Result<Vec<StoredService>, VaultError> {
    Query {
        table: "service",
        action: "list the services",
        sql: "SELECT * FROM service WHERE operator_id = :operator ORDER BY service_id",
    }
    .all(conn, named_params! { ":operator": operator.as_str() }, read)
}

fn read(row: &Columns<'_, '_>) -> Result<StoredService, VaultError> {
    Ok(StoredService {
        operator_id: row.parse("operator_id")?,
        service_id: row.parse("service_id")?,
        description: row.get("description")?,
        fetched_at: row.time("fetched_at")?,
    })
}
