//! Finds the person's own value for a field that a schema describes.

use std::collections::BTreeMap;

use city_data::Node;
use consent::{DataSourceId, LocalText, OperatorId, PersonId};
use operator_protocol::source::SourceSchema;
use vault::{
    Connection,
    snapshots::{self, Outcome},
    sources,
};

use crate::{
    AppError,
    value::value_view,
    view::{LabelledValueView, ValueView},
};

/// The most parts of one field that a screen lists.
const MOST_PARTS: usize = 60;

/// The newest copies of one operator's sources, read once for a whole screen.
pub(crate) struct Copies {
    sources: BTreeMap<DataSourceId, Source>,
}

struct Source {
    schema: Option<SourceSchema>,
    root: Option<Node>,
}

/// What the vault knows of a field.
pub(crate) enum Found {
    /// Its values, in the source's order.
    Values(Vec<LabelledValueView>),
    /// The source was read, and has no such value.
    Absent,
    /// The vault has no copy of the source.
    NotFetched,
}

impl Copies {
    /// Reads the newest copies that came through `operator`.
    pub(crate) fn of(conn: &Connection, operator: &OperatorId) -> Result<Self, AppError> {
        let newest = snapshots::latest_per_source(conn)?;
        let mut by_source = BTreeMap::new();
        for stored in sources::list(conn, operator)? {
            let answered_empty = newest.iter().any(|snapshot| {
                snapshot.source_id == stored.source_id
                    && snapshot.operator_id.as_ref() == Some(operator)
                    && snapshot.outcome == Outcome::Empty
            });
            let root = if answered_empty {
                Some(Node::default())
            } else {
                // A failure says nothing about what the source holds: an older copy still does.
                newest_tree(conn, operator, &stored.source_id)?
            };
            let schema = stored
                .schema
                .as_deref()
                .and_then(|schema| SourceSchema::parse(schema.as_bytes()).ok());
            by_source.insert(stored.source_id, Source { schema, root });
        }
        Ok(Self { sources: by_source })
    }

    /// Returns the source whose schema has the URL `schema`.
    pub(crate) fn source_of_schema(&self, schema: &str) -> Option<(&DataSourceId, &SourceSchema)> {
        self.sources.iter().find_map(|(id, source)| {
            let known = source.schema.as_ref()?;
            (known.id() == schema).then_some((id, known))
        })
    }

    /// Returns the nodes that `node_path` leads to in `source`, for `subject`.
    pub(crate) fn nodes(
        &self,
        source: &DataSourceId,
        node_path: &str,
        subject: &PersonId,
    ) -> Option<Vec<&Node>> {
        let root = self.sources.get(source)?.root.as_ref()?;
        city_data::select(root, node_path, subject.as_str()).ok()
    }

    /// Returns the person's own values at `node_path` in `source`, for `subject`.
    pub(crate) fn find(&self, source: &DataSourceId, node_path: &str, subject: &PersonId) -> Found {
        let Some(nodes) = self.nodes(source, node_path, subject) else {
            return Found::NotFetched;
        };
        let mut parts = Vec::new();
        for node in &nodes {
            collect_parts(unwrapped(node), node_path, None, &mut parts);
        }
        if nodes.is_empty() || parts.is_empty() {
            Found::Absent
        } else {
            Found::Values(parts)
        }
    }

    /// Returns the first name of `subject`, if a source's schema says where it is and it is there.
    pub(crate) fn name_of(&self, subject: &PersonId) -> Option<String> {
        self.sources.values().find_map(|source| {
            let path = source.schema.as_ref()?.subject_name()?;
            let found = city_data::select(source.root.as_ref()?, path, subject.as_str()).ok()?;
            let name = found.first()?.value.as_ref()?;
            let name = name.plain(consent::Language::Fi).trim().to_owned();
            (!name.is_empty()).then_some(name)
        })
    }
}

/// Skips a node that holds nothing but another of the same key, as some services nest them.
pub(crate) fn unwrapped(mut node: &Node) -> &Node {
    while node.only_wraps()
        && let Some(only) = node.children.first()
    {
        node = only;
    }
    node
}

fn newest_tree(
    conn: &Connection,
    operator: &OperatorId,
    source: &DataSourceId,
) -> Result<Option<Node>, AppError> {
    let Some(copy) = snapshots::latest_with_data(conn, operator, source)? else {
        return Ok(None);
    };
    let raw = snapshots::raw(conn, copy.snapshot_id)?;
    let export = raw.and_then(|raw| city_data::read(raw.reveal()).ok());
    Ok(export.map(|export| export.root))
}

fn collect_parts(
    node: &Node,
    path: &str,
    label: Option<LocalText>,
    parts: &mut Vec<LabelledValueView>,
) {
    if parts.len() >= MOST_PARTS {
        return;
    }
    if let Some(value) = &node.value {
        let value = value_view(value, path);
        if !matches!(value, ValueView::Nothing) {
            parts.push(LabelledValueView {
                label: label.map(Into::into),
                value,
            });
        }
    }
    for child in &node.children {
        let child = unwrapped(child);
        let path = format!("{path}/{}", child.key);
        collect_parts(child, &path, Some(city_data::label(&path)), parts);
    }
}
