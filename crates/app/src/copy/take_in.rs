//! Takes in what sources and files hold: the tree as rows, and the bytes as they came.

use consent::{DataSourceId, OperatorId, SnapshotId};
use jiff::Timestamp;
use operator_protocol::source::{NODE_MEDIA_TYPE, OutcomeStatus, ServiceOutcome};
use pii::Personal;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use vault::{
    Transaction, Vault, journal,
    snapshots::{self, Outcome, StoredNode, StoredSnapshot},
};

use crate::{AppError, copy::source_view, view::SourceView};

/// The longest file name that is kept, in characters.
const MOST_NAME_CHARACTERS: usize = 200;

/// Takes in a file that the city gave the person. The same file twice is kept once.
///
/// # Errors
///
/// Returns [`AppError::File`] if it cannot be read; the vault is then as it was.
#[tracing::instrument(skip_all, fields(bytes = bytes.len()), err)]
pub fn import_file(
    vault: &mut Vault,
    name: &Personal<String>,
    bytes: &[u8],
    id: Uuid,
    now: Timestamp,
) -> Result<SourceView, AppError> {
    let export = city_data::read(bytes)?;
    let source = DataSourceId::parse(format!("file:{}", export.sha256))
        .map_err(|_| AppError::Stored("file identifier"))?;

    vault.write(|tx| {
        let same = snapshots::find_by_hash(tx, &export.sha256)?;
        if let Some(same) = same.filter(|same| same.file_name.is_some()) {
            return source_view(tx, &same);
        }
        let snapshot = StoredSnapshot {
            snapshot_id: SnapshotId::from_uuid(id),
            operator_id: None,
            source_id: source,
            outcome: Outcome::Ok,
            problem: None,
            etag: None,
            file_name: Some(Personal::new(tidy_name(name.reveal()))),
            media_type: "application/json".to_owned(),
            raw_bytes: export.bytes,
            sha256: Some(export.sha256.clone()),
            value_count: count_values(&export.root),
            fetched_at: now,
        };
        snapshots::insert(tx, &snapshot, Some(bytes), rows(&export.root))?;
        journal::append(
            tx,
            "file_opened",
            Some(&snapshot.snapshot_id.to_string()),
            now,
        )?;
        source_view(tx, &snapshot)
    })
}

/// Takes in one source's answer. An answer that is the same as the one before is not stored again.
pub(crate) fn take_in_snapshot(
    tx: &Transaction<'_>,
    operator: &OperatorId,
    outcome: &ServiceOutcome,
    id: Uuid,
    now: Timestamp,
) -> Result<(), AppError> {
    let mut snapshot = StoredSnapshot {
        snapshot_id: SnapshotId::from_uuid(id),
        operator_id: Some(operator.clone()),
        source_id: outcome.service.clone(),
        outcome: match outcome.status {
            OutcomeStatus::Ok => Outcome::Ok,
            OutcomeStatus::Empty => Outcome::Empty,
            OutcomeStatus::Error => Outcome::Failed,
            OutcomeStatus::InsufficientLoa => Outcome::InsufficientLoa,
        },
        problem: outcome
            .problem
            .as_ref()
            .and_then(|problem| serde_json::to_string(problem).ok()),
        etag: outcome.etag.clone(),
        file_name: None,
        media_type: outcome
            .media_type
            .clone()
            .unwrap_or_else(|| NODE_MEDIA_TYPE.to_owned()),
        raw_bytes: 0,
        sha256: None,
        value_count: 0,
        fetched_at: now,
    };
    let raw = outcome.data.as_ref().map(|data| data.reveal().to_string());
    let raw = raw.as_ref().map(String::as_bytes);
    snapshot.sha256 = raw.map(|raw| format!("{:x}", Sha256::digest(raw)));

    let before = snapshots::latest_per_source(tx)?
        .into_iter()
        .find(|before| {
            before.source_id == snapshot.source_id && before.operator_id == snapshot.operator_id
        });
    if let Some(before) = before
        && before.outcome == snapshot.outcome
        && before.sha256 == snapshot.sha256
    {
        return Ok(snapshots::set_fetched_at(tx, before.snapshot_id, now)?);
    }
    match raw.map(city_data::read) {
        Some(Ok(export)) => {
            snapshot.value_count = count_values(&export.root);
            Ok(snapshots::insert(tx, &snapshot, raw, rows(&export.root))?)
        }
        // Kept all the same: the bytes are the person's, even if this version cannot read them.
        Some(Err(_)) => {
            snapshot.outcome = Outcome::Failed;
            Ok(snapshots::insert(tx, &snapshot, raw, [])?)
        }
        None => Ok(snapshots::insert(tx, &snapshot, None, [])?),
    }
}

fn rows(root: &city_data::Node) -> impl Iterator<Item = StoredNode> {
    city_data::flatten(root).map(|node| StoredNode {
        seq: node.seq.into(),
        parent_seq: node.parent.map(Into::into),
        depth: node.depth,
        key: Personal::new(node.key.to_owned()),
        kind: node.kind.as_str().to_owned(),
        value: node
            .value
            .and_then(city_data::Value::to_stored)
            .map(Personal::new),
        is_masked: node.masked,
        child_count: node.child_count.into(),
    })
}

fn count_values(root: &city_data::Node) -> u64 {
    let values = city_data::flatten(root).filter(|node| node.value.is_some());
    u64::try_from(values.count()).unwrap_or(u64::MAX)
}

/// A file's name without folders and control characters, for showing.
fn tidy_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.chars()
        .filter(|c| !c.is_control())
        .take(MOST_NAME_CHARACTERS)
        .collect()
}
