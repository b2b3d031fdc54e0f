//! The resident's copy: what each source holds about them, and the files they opened.

mod look_up;
mod take_in;

pub(crate) use look_up::{Copies, Found, unwrapped};
pub use take_in::import_file;
pub(crate) use take_in::take_in_snapshot;

use city_data::{Kind, Value};
use consent::{DataSourceId, LocalText, OperatorId, SnapshotId};
use operator_protocol::{problem::Problem, source::SourceEntry};
use vault::{
    Connection, Vault, VaultError,
    snapshots::{self, Outcome, StoredNode, StoredSnapshot},
    sources,
};

use crate::{
    AppError,
    text::moment,
    value::value_view,
    view::{NodeKindView, NodeView, OutcomeView, SourceView, ValueView},
};

/// The most nodes that one question is answered with.
const MOST_NODES: u64 = 500;

/// The most bytes of a raw form that one question is answered with.
const MOST_RAW_BYTES: usize = 1 << 20;

/// How many values a card shows.
const PREVIEW_VALUES: usize = 5;

/// Among how many values those of a card are found.
const PREVIEW_CANDIDATES: u64 = 60;

/// What a service keeps for itself: a person does not recognise their data by it.
const HOUSEKEEPING: [&str; 10] = [
    "ID",
    "UUID",
    "PK",
    "USERNAME",
    "SURROGATE",
    "CREATED_AT",
    "MODIFIED_AT",
    "UPDATED_AT",
    "DATE_JOINED",
    "LAST_LOGIN",
];

/// Returns the newest copy of each source, those with data first, then the opened files, newest
/// first.
///
/// # Errors
///
/// Fails if the vault cannot be read.
pub fn list_sources(vault: &Vault) -> Result<Vec<SourceView>, AppError> {
    vault.read(|conn| {
        let views = |snapshots: Vec<StoredSnapshot>| -> Result<Vec<_>, AppError> {
            snapshots.iter().map(|it| source_view(conn, it)).collect()
        };
        let mut copies = views(snapshots::latest_per_source(conn)?)?;
        copies.sort_by(|a, b| {
            let has_data = |view: &SourceView| view.outcome == OutcomeView::Ok;
            (has_data(b), &a.title.fi).cmp(&(has_data(a), &b.title.fi))
        });
        copies.extend(views(snapshots::files(conn)?)?);
        Ok(copies)
    })
}

/// Returns the nodes directly below `parent`, or at the top, from `offset`.
///
/// # Errors
///
/// Returns [`AppError::NotFound`] if there is no such snapshot or node.
pub fn list_nodes(
    vault: &Vault,
    snapshot: SnapshotId,
    parent: Option<u64>,
    offset: u64,
    limit: u64,
) -> Result<Vec<NodeView>, AppError> {
    vault.read(|conn| {
        let tree = Tree { conn, snapshot };
        let parent = tree.find(parent.unwrap_or(0))?;
        let nodes = if parent.child_count == 0 {
            vec![parent]
        } else {
            let limit = limit.min(MOST_NODES);
            snapshots::nodes(conn, snapshot, Some(parent.seq), offset, limit)?
        };
        nodes
            .into_iter()
            .map(|node| tree.unwrapped(node))
            .map(|node| tree.view(&node?))
            .collect()
    })
}

/// Returns a value that is hidden until asked for.
///
/// # Errors
///
/// Returns [`AppError::NotFound`] if there is no such node, or it has no value.
pub fn reveal_node(vault: &Vault, snapshot: SnapshotId, seq: u64) -> Result<ValueView, AppError> {
    vault.read(|conn| {
        let tree = Tree { conn, snapshot };
        let node = tree.find(seq)?;
        let value = value_of(&node)?.ok_or(AppError::NotFound("value"))?;
        Ok(value_view(&value, &tree.path(&node)?))
    })
}

/// Returns the bytes of a snapshot as they came, as text, and whether they were cut.
///
/// # Errors
///
/// Returns [`AppError::NotFound`] if there is no such snapshot, or it has no bytes.
pub fn raw_source(vault: &Vault, snapshot: SnapshotId) -> Result<(String, bool), AppError> {
    vault.read(|conn| {
        let raw = snapshots::raw(conn, snapshot)?.ok_or(AppError::NotFound("raw form"))?;
        let raw = raw.reveal();
        let shown = raw.get(..MOST_RAW_BYTES).unwrap_or(raw);
        let is_cut = shown.len() < raw.len();
        Ok((String::from_utf8_lossy(shown).into_owned(), is_cut))
    })
}

/// Removes a file that the person opened. Copies from sources stay.
///
/// # Errors
///
/// Returns [`AppError::NotFound`] if there is no such file.
pub fn remove_file(vault: &mut Vault, snapshot: SnapshotId) -> Result<(), AppError> {
    vault.write(|tx| {
        let found = snapshots::find(tx, snapshot)?;
        if found.is_none_or(|snapshot| snapshot.file_name.is_none()) {
            return Err(AppError::NotFound("file"));
        }
        Ok(snapshots::remove(tx, snapshot)?)
    })
}

pub(crate) fn source_view(
    conn: &Connection,
    snapshot: &StoredSnapshot,
) -> Result<SourceView, AppError> {
    let tree = Tree {
        conn,
        snapshot: snapshot.snapshot_id,
    };
    let preview = tree.preview()?;
    let problem: Option<Problem> = snapshot
        .problem
        .as_deref()
        .and_then(|problem| serde_json::from_str(problem).ok());
    let title = match (&snapshot.file_name, &snapshot.operator_id) {
        (Some(name), _) => LocalText::same(name.reveal()),
        (None, Some(operator)) => source_title(conn, operator, &snapshot.source_id)?,
        (None, None) => LocalText::default(),
    };

    Ok(SourceView {
        id: snapshot.snapshot_id.to_string(),
        title: title.into(),
        operator_id: snapshot.operator_id.as_ref().map(ToString::to_string),
        outcome: match snapshot.outcome {
            Outcome::Ok => OutcomeView::Ok,
            Outcome::Empty => OutcomeView::Empty,
            Outcome::Failed => OutcomeView::Failed,
            Outcome::InsufficientLoa => OutcomeView::NeedsStrongerIdentification,
        },
        problem_status: problem.as_ref().and_then(|problem| problem.status),
        problem: problem.map(|problem| problem.title),
        fetched_at: moment(snapshot.fetched_at),
        value_count: snapshot.value_count,
        is_file: snapshot.file_name.is_some(),
        raw_bytes: snapshot.raw_bytes,
        sha256: snapshot.sha256.clone(),
        preview,
    })
}

/// Returns what a source is called, or its identifier if the operator does not say.
pub(crate) fn source_title(
    conn: &Connection,
    operator: &OperatorId,
    source: &DataSourceId,
) -> Result<LocalText, VaultError> {
    let entry = sources::find(conn, operator, source)?
        .and_then(|stored| serde_json::from_str::<SourceEntry>(&stored.entry).ok());
    Ok(entry.map_or_else(|| LocalText::same(source.as_str()), |entry| entry.title))
}

/// One snapshot's stored tree.
struct Tree<'a> {
    conn: &'a Connection,
    snapshot: SnapshotId,
}

impl Tree<'_> {
    fn find(&self, seq: u64) -> Result<StoredNode, AppError> {
        snapshots::node(self.conn, self.snapshot, seq)?.ok_or(AppError::NotFound("node"))
    }

    /// Skips nodes that hold nothing but another of the same key, as some services nest them.
    fn unwrapped(&self, mut node: StoredNode) -> Result<StoredNode, AppError> {
        while node.child_count == 1 && node.value.is_none() {
            let only = snapshots::nodes(self.conn, self.snapshot, Some(node.seq), 0, 1)?;
            match only.into_iter().next() {
                Some(child) if child.key == node.key => node = child,
                Some(_) | None => break,
            }
        }
        Ok(node)
    }

    /// Returns the first values that a person knows their data by, each name once.
    fn preview(&self) -> Result<Vec<NodeView>, AppError> {
        let mut shown: Vec<NodeView> = Vec::new();
        for node in snapshots::first_values(self.conn, self.snapshot, PREVIEW_CANDIDATES)? {
            if shown.len() == PREVIEW_VALUES {
                break;
            }
            let is_housekeeping = HOUSEKEEPING.contains(&node.key.reveal().as_str());
            if is_housekeeping || shown.iter().any(|it| it.key == *node.key.reveal()) {
                continue;
            }
            let view = self.view(&node)?;
            let says_something = !matches!(
                view.value,
                None | Some(ValueView::Nothing | ValueView::EmptyList | ValueView::Raw { .. })
            );
            if says_something && view.kind == NodeKindView::Value {
                shown.push(view);
            }
        }
        Ok(shown)
    }

    /// Returns the keys from the root's child to `node`, for finding its words.
    fn path(&self, node: &StoredNode) -> Result<String, AppError> {
        let mut keys = vec![node.key.reveal().clone()];
        let mut parent = node.parent_seq;
        while let Some(seq) = parent {
            let node = self.find(seq)?;
            parent = node.parent_seq;
            keys.push(node.key.into_inner());
        }
        keys.reverse();
        Ok(keys.join("/"))
    }

    fn view(&self, node: &StoredNode) -> Result<NodeView, AppError> {
        let path = self.path(node)?;
        let value = value_of(node)?;
        Ok(NodeView {
            seq: node.seq,
            key: node.key.reveal().clone(),
            label: city_data::label(&path).into(),
            kind: match &value {
                Some(Value::Unavailable(_)) => NodeKindView::NotAvailable,
                _ if node.child_count > 0 => NodeKindView::Group,
                _ => NodeKindView::Value,
            },
            value: value
                .filter(|_| !node.is_masked)
                .map(|value| value_view(&value, &path)),
            is_masked: node.is_masked,
            child_count: node.child_count,
        })
    }
}

pub(crate) fn value_of(node: &StoredNode) -> Result<Option<Value>, AppError> {
    let stored = || AppError::Stored("node");
    let kind: Kind = node.kind.parse().map_err(|_| stored())?;
    let text = node.value.as_ref().map(|value| value.reveal().as_str());
    Value::from_stored(kind, text).map_err(|_| stored())
}
