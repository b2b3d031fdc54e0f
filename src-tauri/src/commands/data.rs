//! The resident's copy, and the files that they open.

use app::view::{NodeView, SourceView, TopicView, ValueView};
use consent::SnapshotId;
use pii::Personal;
use serde::Serialize;
use tauri::ipc::{InvokeBody, Request};

use super::{Answer, Shared, id};
use crate::{
    shell::{draw, now},
    ui_error::ShellError,
};

/// The header in which the window sends a file's name, percent-encoded.
const FILE_NAME: &str = "x-file-name";

/// A raw form as text.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RawView {
    text: String,
    is_cut: bool,
}

/// Returns the newest copy of each source, then the opened files.
#[tauri::command(async)]
pub(crate) fn list_sources(shell: Shared<'_>) -> Answer<Vec<SourceView>> {
    Ok(shell.with_vault(|vault| app::list_sources(vault))?)
}

/// Returns the nodes below a node.
#[tauri::command(async)]
pub(crate) fn list_nodes(
    shell: Shared<'_>,
    snapshot_id: &str,
    parent: Option<u64>,
    offset: u64,
    limit: u64,
) -> Answer<Vec<NodeView>> {
    let snapshot = id(snapshot_id)?;
    Ok(shell.with_vault(|vault| app::list_nodes(vault, snapshot, parent, offset, limit))?)
}

/// Returns a value that is hidden until asked for.
#[tauri::command(async)]
pub(crate) fn reveal_node(shell: Shared<'_>, snapshot_id: &str, seq: u64) -> Answer<ValueView> {
    let snapshot = id(snapshot_id)?;
    Ok(shell.with_vault(|vault| app::reveal_node(vault, snapshot, seq))?)
}

/// Returns the bytes of a copy as they came.
#[tauri::command(async)]
pub(crate) fn raw_source(shell: Shared<'_>, snapshot_id: &str) -> Answer<RawView> {
    let snapshot = id(snapshot_id)?;
    let (text, is_cut) = shell.with_vault(|vault| app::raw_source(vault, snapshot))?;
    Ok(RawView { text, is_cut })
}

/// Takes in a file; its bytes are the body of the call.
#[tauri::command(async)]
pub(crate) fn import_file(shell: Shared<'_>, request: Request<'_>) -> Answer<SourceView> {
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(ShellError::BadInput("file").into());
    };
    let header = request.headers().get(FILE_NAME);
    let name = header
        .and_then(|name| name.to_str().ok())
        .unwrap_or_default();
    let name = Personal::new(decoded(name));
    let source = shell.with_vault(|vault| app::import_file(vault, &name, bytes, draw(), now()))?;
    shell.changed(&[TopicView::Data]);
    Ok(source)
}

/// Removes a file that the person opened.
#[tauri::command(async)]
pub(crate) fn remove_file(shell: Shared<'_>, snapshot_id: &str) -> Answer<()> {
    let snapshot: SnapshotId = id(snapshot_id)?;
    shell.with_vault(|vault| app::remove_file(vault, snapshot))?;
    shell.changed(&[TopicView::Data]);
    Ok(())
}

/// A header carries ASCII only, so the window encodes the name as in a query.
fn decoded(name: &str) -> String {
    url::form_urlencoded::parse(format!("n={}", name.replace('+', "%2B")).as_bytes())
        .next()
        .map(|(_, name)| name.into_owned())
        .unwrap_or_default()
}
