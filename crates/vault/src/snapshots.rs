//! What each source held at one time, the files that the person opened, and the bytes they came as.

use std::io::{Read, Write};

use consent::{DataSourceId, OperatorId, SnapshotId};
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use jiff::Timestamp;
use pii::Personal;
use rusqlite::{Connection, Transaction, named_params};

use crate::VaultError;
use crate::rows::{Columns, Query, change, run, stored_as};

mod nodes;

pub use nodes::{StoredNode, all_nodes, first_values, node, nodes};

/// What came of asking a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It gave data.
    Ok,
    /// It holds nothing about the person.
    Empty,
    /// It could not be had.
    Failed,
    /// It wants a stronger sign-in.
    InsufficientLoa,
}

stored_as!(Outcome {
    Ok = "ok",
    Empty = "empty",
    Failed = "failed",
    InsufficientLoa = "insufficient_loa",
});

/// One copy of what one source holds, or why it could not be had. Its tree and its bytes are
/// read apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSnapshot {
    /// The copy.
    pub snapshot_id: SnapshotId,
    /// Who fetched it; nobody for a file that the person opened.
    pub operator_id: Option<OperatorId>,
    /// The source; for a file, `file:` and its hash.
    pub source_id: DataSourceId,
    /// What came of asking.
    pub outcome: Outcome,
    /// JSON: why, when it failed.
    pub problem: Option<String>,
    /// What the next conditional request carries.
    pub etag: Option<String>,
    /// The name of the file that the person opened.
    pub file_name: Option<Personal<String>>,
    /// The media type of the bytes.
    pub media_type: String,
    /// How many bytes came, before compression; [`insert`] counts them.
    pub raw_bytes: u64,
    /// The hash of the bytes as they came.
    pub sha256: Option<String>,
    /// How many values the tree has.
    pub value_count: u64,
    /// When it was fetched or opened.
    pub fetched_at: Timestamp,
}

/// Stores a copy: its header, its tree in reading order, and the bytes as they came.
///
/// # Errors
///
/// Fails if the copy is there already, or the operator is not.
pub fn insert(
    tx: &Transaction<'_>,
    snapshot: &StoredSnapshot,
    raw: Option<&[u8]>,
    nodes: impl IntoIterator<Item = StoredNode>,
) -> Result<(), VaultError> {
    const ACTION: &str = "insert a snapshot";
    run(
        tx,
        ACTION,
        "INSERT INTO snapshot (snapshot_id, operator_id, source_id, outcome, problem, etag,
                file_name, media_type, raw, raw_bytes, sha256, value_count, fetched_at)
         VALUES (:snapshot, :operator, :source, :outcome, :problem, :etag,
                :file_name, :media_type, :raw, :raw_bytes, :sha256, :value_count, :fetched_at)",
        named_params! {
            ":snapshot": snapshot.snapshot_id.to_string(),
            ":operator": snapshot.operator_id.as_ref().map(OperatorId::as_str),
            ":source": snapshot.source_id.as_str(),
            ":outcome": snapshot.outcome.code(),
            ":problem": snapshot.problem,
            ":etag": snapshot.etag,
            ":file_name": snapshot.file_name.as_ref().map(Personal::reveal),
            ":media_type": snapshot.media_type,
            ":raw": raw.map(compress).transpose()?,
            ":raw_bytes": raw.map_or(0, <[u8]>::len),
            ":sha256": snapshot.sha256,
            ":value_count": snapshot.value_count,
            ":fetched_at": snapshot.fetched_at.as_millisecond(),
        },
    )?;
    nodes::insert_all(tx, tx.last_insert_rowid(), nodes)
}

/// Takes a copy out, with its tree and its bytes.
///
/// # Errors
///
/// Fails if the copy is not there.
pub fn remove(tx: &Transaction<'_>, id: SnapshotId) -> Result<(), VaultError> {
    change(
        tx,
        "remove a snapshot",
        "DELETE FROM snapshot WHERE snapshot_id = :id",
        named_params! { ":id": id.to_string() },
    )
}

/// A query of headers. Naming the columns keeps SQLite from reading the bytes.
macro_rules! headers {
    ($action:literal, $rest:literal) => {
        Query {
            table: "snapshot",
            action: $action,
            sql: concat!(
                "SELECT snapshot_id, operator_id, source_id, outcome, problem, etag, file_name,
                        media_type, raw_bytes, sha256, value_count, fetched_at
                   FROM snapshot ",
                $rest
            ),
        }
    };
}

/// Notes that a source was asked again and had nothing new.
///
/// # Errors
///
/// Fails if the copy is not there.
pub fn set_fetched_at(
    tx: &Transaction<'_>,
    id: SnapshotId,
    now: Timestamp,
) -> Result<(), VaultError> {
    change(
        tx,
        "note when a snapshot was fetched",
        "UPDATE snapshot SET fetched_at = :now WHERE snapshot_id = :id",
        named_params! { ":id": id.to_string(), ":now": now.as_millisecond() },
    )
}

/// Returns a copy's header.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn find(conn: &Connection, id: SnapshotId) -> Result<Option<StoredSnapshot>, VaultError> {
    headers!("find a snapshot", "WHERE snapshot_id = :id").first(
        conn,
        named_params! { ":id": id.to_string() },
        read,
    )
}

/// Returns the newest copy whose bytes have this hash, to tell that a file was opened before.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn find_by_hash(conn: &Connection, sha256: &str) -> Result<Option<StoredSnapshot>, VaultError> {
    headers!(
        "find a snapshot by its hash",
        "WHERE sha256 = :sha256 ORDER BY fetched_at DESC, snapshot_seq DESC LIMIT 1"
    )
    .first(conn, named_params! { ":sha256": sha256 }, read)
}

/// Returns the newest answer of every source of every operator, whatever it was.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn latest_per_source(conn: &Connection) -> Result<Vec<StoredSnapshot>, VaultError> {
    headers!(
        "list the newest snapshots",
        "AS it
          WHERE operator_id IS NOT NULL
            AND snapshot_seq = (SELECT other.snapshot_seq FROM snapshot AS other
                                 WHERE other.operator_id = it.operator_id
                                   AND other.source_id = it.source_id
                                 ORDER BY other.fetched_at DESC, other.snapshot_seq DESC LIMIT 1)
          ORDER BY operator_id, source_id"
    )
    .all(conn, [], read)
}

/// Returns the newest copy of a source that has data, for when the newest answer has none.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn latest_with_data(
    conn: &Connection,
    operator: &OperatorId,
    source: &DataSourceId,
) -> Result<Option<StoredSnapshot>, VaultError> {
    headers!(
        "find the newest snapshot with data",
        "WHERE operator_id = :operator AND source_id = :source AND outcome = 'ok'
          ORDER BY fetched_at DESC, snapshot_seq DESC LIMIT 1"
    )
    .first(
        conn,
        named_params! { ":operator": operator.as_str(), ":source": source.as_str() },
        read,
    )
}

/// Returns every answer of one source, newest first.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn list(
    conn: &Connection,
    operator: &OperatorId,
    source: &DataSourceId,
) -> Result<Vec<StoredSnapshot>, VaultError> {
    headers!(
        "list a source's snapshots",
        "WHERE operator_id = :operator AND source_id = :source
          ORDER BY fetched_at DESC, snapshot_seq DESC"
    )
    .all(
        conn,
        named_params! { ":operator": operator.as_str(), ":source": source.as_str() },
        read,
    )
}

/// Returns the files that the person opened, newest first.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn files(conn: &Connection) -> Result<Vec<StoredSnapshot>, VaultError> {
    headers!(
        "list the opened files",
        "WHERE operator_id IS NULL ORDER BY fetched_at DESC, snapshot_seq DESC"
    )
    .all(conn, [], read)
}

/// Returns the bytes of a copy exactly as they came, or nothing if none came.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if the stored bytes do not unfold to as many as came.
pub fn raw(conn: &Connection, id: SnapshotId) -> Result<Option<Personal<Vec<u8>>>, VaultError> {
    let found = Query {
        table: "snapshot",
        action: "read a snapshot's bytes",
        sql: "SELECT raw, raw_bytes FROM snapshot WHERE snapshot_id = :id",
    }
    .first(conn, named_params! { ":id": id.to_string() }, |row| {
        Ok((
            row.get::<Option<Vec<u8>>>("raw")?,
            row.get::<u64>("raw_bytes")?,
        ))
    })?;
    match found {
        Some((Some(packed), length)) => unfold(&packed, length).map(Personal::new).map(Some),
        Some((None, _)) | None => Ok(None),
    }
}

const fn bad_bytes() -> VaultError {
    VaultError::Corrupt {
        table: "snapshot",
        column: "raw",
    }
}

fn compress(raw: &[u8]) -> Result<Vec<u8>, VaultError> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder
        .write_all(raw)
        .and_then(|()| encoder.finish())
        .map_err(|_| bad_bytes())
}

fn unfold(packed: &[u8], length: u64) -> Result<Vec<u8>, VaultError> {
    let mut raw = Vec::new();
    ZlibDecoder::new(packed)
        .take(length.saturating_add(1))
        .read_to_end(&mut raw)
        .map_err(|_| bad_bytes())?;
    match u64::try_from(raw.len()) {
        Ok(unfolded) if unfolded == length => Ok(raw),
        _ => Err(bad_bytes()),
    }
}

fn read(row: &Columns<'_, '_>) -> Result<StoredSnapshot, VaultError> {
    Ok(StoredSnapshot {
        snapshot_id: row.parse("snapshot_id")?,
        operator_id: row.parse_opt("operator_id")?,
        source_id: row.parse("source_id")?,
        outcome: row.code("outcome", Outcome::from_code)?,
        problem: row.get("problem")?,
        etag: row.get("etag")?,
        file_name: row.personal_opt("file_name")?,
        media_type: row.get("media_type")?,
        raw_bytes: row.get("raw_bytes")?,
        sha256: row.get("sha256")?,
        value_count: row.get("value_count")?,
        fetched_at: row.time("fetched_at")?,
    })
}
