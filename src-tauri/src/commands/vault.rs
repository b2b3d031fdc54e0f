//! The vault itself: whether it is there, making it, opening it, locking it.

use app::view::{LanguageView, PhaseView, StatusView, StrengthView, TopicView};
use pii::Secret;

use super::{Answer, Shared};
use crate::{
    shell::{Shell, now},
    ui_error::ShellError,
};

/// The most bytes of a passphrase.
const MOST_PASSPHRASE_BYTES: usize = 4096;

/// Returns what the app starts with.
#[tauri::command(async)]
pub(crate) fn status(shell: Shared<'_>) -> Answer<StatusView> {
    Ok(status_of(&shell)?)
}

/// Chooses the language.
#[tauri::command(async)]
pub(crate) fn set_language(shell: Shared<'_>, language: LanguageView) -> Answer<StatusView> {
    shell.preferences.set_language(language.into());
    match shell.with_vault(|vault| app::set_language(vault, language.into())) {
        Ok(()) | Err(ShellError::Locked) => Ok(status_of(&shell)?),
        Err(error) => Err(error.into()),
    }
}

/// Returns how well a passphrase would hold.
#[tauri::command(async)]
pub(crate) fn passphrase_strength(passphrase: Secret<String>) -> Answer<StrengthView> {
    Ok(app::strength(&bounded(passphrase)?))
}

/// Makes a vault and opens it.
#[tauri::command(async)]
pub(crate) fn create_vault(shell: Shared<'_>, passphrase: Secret<String>) -> Answer<StatusView> {
    let passphrase = bounded(passphrase)?;
    let folder = &shell.folders.vault;
    let vault =
        app::create_vault(folder, &passphrase, shell.language(), now()).map_err(ShellError::App)?;
    *shell.lock_vault() = Some(vault);
    Ok(status_of(&shell)?)
}

/// Opens the vault and takes up the exchanges with its operators.
#[tauri::command]
pub(crate) async fn unlock_vault(
    shell: Shared<'_>,
    passphrase: Secret<String>,
) -> Answer<StatusView> {
    let passphrase = bounded(passphrase)?;
    let folder = shell.folders.vault.clone();
    // Deriving the key takes half a second of computing.
    let opened =
        tauri::async_runtime::spawn_blocking(move || app::open_vault(&folder, &passphrase, now()));
    let opened = opened.await.map_err(|_| ShellError::BadInput("thread"))?;
    *shell.lock_vault() = Some(opened.map_err(ShellError::App)?);
    shell.resume_exchanges().await?;
    Ok(status_of(&shell)?)
}

/// Locks the vault.
#[tauri::command(async)]
pub(crate) fn lock_vault(shell: Shared<'_>) -> Answer<StatusView> {
    shell.close();
    shell.changed(&[TopicView::Status]);
    Ok(status_of(&shell)?)
}

fn bounded(passphrase: Secret<String>) -> Result<Secret<String>, ShellError> {
    if passphrase.reveal().len() > MOST_PASSPHRASE_BYTES {
        return Err(ShellError::BadInput("passphrase"));
    }
    Ok(passphrase)
}

fn status_of(shell: &Shell) -> Result<StatusView, ShellError> {
    let (found, set_aside_vault) = app::find_vault(&shell.folders.vault)?;
    let is_open = shell.lock_vault().is_some();
    let (language, language_is_chosen) = shell.preferences.language();
    Ok(StatusView {
        phase: if is_open { PhaseView::Open } else { found },
        language: language.into(),
        language_is_chosen,
        set_aside_vault,
        can_notify: shell.notifier.is_available(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}
