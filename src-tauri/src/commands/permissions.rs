//! Permissions, taking them back, their proofs, and the uses of the data.

use std::{fs, io::Write, path::PathBuf};

use app::view::{PermissionDetailView, PermissionView, ProofView, TopicView, UseView};
use consent::ConsentId;
use tauri::Manager;

use super::{Answer, Shared, id};
use crate::{
    shell::{Shell, draw, now},
    ui_error::ShellError,
};

/// How many proofs of one permission fit beside each other.
const MOST_COPIES: u32 = 1000;

/// Returns the person's answers.
#[tauri::command(async)]
pub(crate) fn list_permissions(shell: Shared<'_>) -> Answer<Vec<PermissionView>> {
    Ok(shell.with_vault(|vault| app::list_permissions(vault, now()))?)
}

/// Returns one answer with its history.
#[tauri::command(async)]
pub(crate) fn find_permission(shell: Shared<'_>, id: &str) -> Answer<PermissionDetailView> {
    let permission = self::id(id)?;
    Ok(shell.with_vault(|vault| app::find_permission(vault, permission, now()))?)
}

/// Takes a permission back.
#[tauri::command(async)]
pub(crate) fn withdraw_permission(shell: Shared<'_>, id: &str) -> Answer<PermissionDetailView> {
    let permission = self::id(id)?;
    let language = shell.language();
    let view = shell.with_vault(|vault| {
        app::withdraw_permission(vault, permission, language, &mut draw, now())?;
        app::find_permission(vault, permission, now())
    })?;
    shell.changed(&[TopicView::Permissions, TopicView::Operators]);
    Ok(view)
}

/// Writes the proof of a permission into the person's download folder.
#[tauri::command(async)]
pub(crate) fn export_proof(shell: Shared<'_>, id: &str) -> Answer<ProofView> {
    let permission: ConsentId = self::id(id)?;
    let proof = shell.with_vault(|vault| app::export_proof(vault, permission, now()))?;
    let path = write_new(&shell, permission, proof.reveal()).map_err(ShellError::Disk)?;
    Ok(ProofView {
        file_name: path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default(),
        path: path.display().to_string(),
    })
}

/// Returns the uses of the data, newest first.
#[tauri::command(async)]
pub(crate) fn list_uses(shell: Shared<'_>, offset: u64, limit: u64) -> Answer<Vec<UseView>> {
    Ok(shell.with_vault(|vault| app::list_uses(vault, offset, limit))?)
}

/// Writes a file that was not there before, and never over another.
fn write_new(shell: &Shell, permission: ConsentId, text: &str) -> std::io::Result<PathBuf> {
    let paths = shell.app.path();
    let folder = paths.download_dir().or_else(|_| paths.home_dir());
    let folder = folder.map_err(std::io::Error::other)?;
    fs::create_dir_all(&folder)?;
    for copy in 1..=MOST_COPIES {
        let suffix = if copy == 1 {
            String::new()
        } else {
            format!("-{copy}")
        };
        let path = folder.join(format!("lokero-{permission}{suffix}.json"));
        match fs::File::create_new(&path) {
            Ok(mut file) => {
                file.write_all(text.as_bytes())?;
                file.sync_all()?;
                return Ok(path);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(std::io::ErrorKind::AlreadyExists.into())
}
