//! The tree of a snapshot, one row a node, in reading order.

use consent::SnapshotId;
use pii::Personal;
use rusqlite::{Connection, Transaction, named_params, params};

use crate::VaultError;
use crate::rows::{Columns, Query};

/// One node: an object, a list or a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredNode {
    /// Its place in reading order; a parent comes before its children.
    pub seq: u64,
    /// Its parent; the root has none.
    pub parent_seq: Option<u64>,
    /// How far below the root it is.
    pub depth: u32,
    /// Its name within its parent.
    pub key: Personal<String>,
    /// What it is, as the reader of the data names it.
    pub kind: String,
    /// Its value, where it has one.
    pub value: Option<Personal<String>>,
    /// Whether the source hides part of the value.
    pub is_masked: bool,
    /// How many children it has.
    pub child_count: u64,
}

/// Stores the nodes of one snapshot with a single prepared statement.
pub(super) fn insert_all(
    tx: &Transaction<'_>,
    snapshot_seq: i64,
    nodes: impl IntoIterator<Item = StoredNode>,
) -> Result<(), VaultError> {
    const ACTION: &str = "insert a snapshot's tree";
    let mut statement = tx
        .prepare_cached(
            "INSERT INTO node (snapshot_seq, seq, parent_seq, depth, key, kind, value, is_masked,
                    child_count)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )
        .map_err(VaultError::during(ACTION))?;
    for node in nodes {
        statement
            .execute(params![
                snapshot_seq,
                node.seq,
                node.parent_seq,
                node.depth,
                node.key.reveal(),
                node.kind,
                node.value.as_ref().map(Personal::reveal),
                node.is_masked,
                node.child_count,
            ])
            .map_err(VaultError::during(ACTION))?;
    }
    Ok(())
}

/// Returns the children of `parent`, or the root, from `offset` on, at most `limit`.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn nodes(
    conn: &Connection,
    snapshot: SnapshotId,
    parent: Option<u64>,
    offset: u64,
    limit: u64,
) -> Result<Vec<StoredNode>, VaultError> {
    Query {
        table: "node",
        action: "list nodes",
        sql: "SELECT * FROM node
               WHERE snapshot_seq = (SELECT snapshot_seq FROM snapshot WHERE snapshot_id = :snapshot)
                 AND parent_seq IS :parent
               ORDER BY seq LIMIT :limit OFFSET :offset",
    }
    .all(
        conn,
        named_params! {
            ":snapshot": snapshot.to_string(),
            ":parent": parent,
            ":offset": offset,
            ":limit": limit,
        },
        read,
    )
}

/// Returns one node.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn node(
    conn: &Connection,
    snapshot: SnapshotId,
    seq: u64,
) -> Result<Option<StoredNode>, VaultError> {
    Query {
        table: "node",
        action: "find a node",
        sql: "SELECT * FROM node
               WHERE snapshot_seq = (SELECT snapshot_seq FROM snapshot WHERE snapshot_id = :snapshot)
                 AND seq = :seq",
    }
    .first(
        conn,
        named_params! { ":snapshot": snapshot.to_string(), ":seq": seq },
        read,
    )
}

/// Returns the first nodes that say something and need not be hidden, at most `limit`.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn first_values(
    conn: &Connection,
    snapshot: SnapshotId,
    limit: u64,
) -> Result<Vec<StoredNode>, VaultError> {
    Query {
        table: "node",
        action: "list the first values",
        sql: "SELECT * FROM node
               WHERE snapshot_seq = (SELECT snapshot_seq FROM snapshot WHERE snapshot_id = :snapshot)
                 AND value <> '' AND is_masked = 0
               ORDER BY seq LIMIT :limit",
    }
    .all(
        conn,
        named_params! { ":snapshot": snapshot.to_string(), ":limit": limit },
        read,
    )
}

/// Returns the whole tree in reading order.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn all_nodes(conn: &Connection, snapshot: SnapshotId) -> Result<Vec<StoredNode>, VaultError> {
    Query {
        table: "node",
        action: "list all nodes",
        sql: "SELECT * FROM node
               WHERE snapshot_seq = (SELECT snapshot_seq FROM snapshot WHERE snapshot_id = :snapshot)
               ORDER BY seq",
    }
    .all(
        conn,
        named_params! { ":snapshot": snapshot.to_string() },
        read,
    )
}

fn read(row: &Columns<'_, '_>) -> Result<StoredNode, VaultError> {
    Ok(StoredNode {
        seq: row.get("seq")?,
        parent_seq: row.get("parent_seq")?,
        depth: row.get("depth")?,
        key: row.personal("key")?,
        kind: row.get("kind")?,
        value: row.personal_opt("value")?,
        is_masked: row.get("is_masked")?,
        child_count: row.get("child_count")?,
    })
}
