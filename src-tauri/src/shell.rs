//! What the commands share: the vault, the exchanges, the sample city.

use std::{
    fs, io,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use app::{AppError, Vault, exchange::SharedVault, view::TopicView};
use consent::Language;
use jiff::Timestamp;
use operator_client::{Canceller, Http, Limits};
use operator_server::RunningOperator;
use tauri::{AppHandle, path::PathResolver};
use uuid::Uuid;

use crate::{
    events::{AppEvent, tell},
    exchanges::Exchanges,
    notifier::Notifier,
    preferences::Preferences,
    ui_error::ShellError,
};

/// Where things are on this computer.
#[derive(Clone, Debug)]
pub(crate) struct Folders {
    pub(crate) vault: PathBuf,
    pub(crate) sample_city: PathBuf,
    pub(crate) logs: PathBuf,
    preferences: PathBuf,
}

impl Folders {
    pub(crate) fn of(paths: &PathResolver<tauri::Wry>) -> tauri::Result<Self> {
        let data = paths.app_local_data_dir()?;
        fs::create_dir_all(&data)?;
        Ok(Self {
            vault: data.join("vault"),
            sample_city: data.join("sample-city"),
            logs: paths.app_log_dir()?,
            preferences: data.join("preferences.json"),
        })
    }
}

/// The app's state.
pub(crate) struct Shell {
    pub(crate) app: AppHandle,
    pub(crate) folders: Folders,
    pub(crate) preferences: Preferences,
    pub(crate) vault: SharedVault,
    pub(crate) http: Http,
    pub(crate) exchanges: Exchanges,
    pub(crate) notifier: Arc<Notifier>,
    pub(crate) sample_city: tokio::sync::Mutex<Option<RunningOperator>>,
    sign_in: Mutex<Option<Canceller>>,
}

impl Shell {
    pub(crate) fn new(folders: Folders, app: AppHandle) -> Result<Self, io::Error> {
        Ok(Self {
            preferences: Preferences::at(folders.preferences.clone()),
            folders,
            app,
            vault: SharedVault::default(),
            http: Http::new(Limits::default()).map_err(io::Error::other)?,
            exchanges: Exchanges::default(),
            notifier: Notifier::start(),
            sample_city: tokio::sync::Mutex::default(),
            sign_in: Mutex::default(),
        })
    }

    /// Runs `work` on the open vault.
    pub(crate) fn with_vault<T>(
        &self,
        work: impl FnOnce(&mut Vault) -> Result<T, AppError>,
    ) -> Result<T, ShellError> {
        let mut vault = self.lock_vault();
        let vault = vault.as_mut().ok_or(ShellError::Locked)?;
        work(vault).map_err(ShellError::App)
    }

    pub(crate) fn lock_vault(&self) -> MutexGuard<'_, Option<Vault>> {
        self.vault.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn language(&self) -> Language {
        self.preferences.language().0
    }

    /// Tells the window, and everything that waits for a decision, what has changed.
    pub(crate) fn changed(&self, topics: &[TopicView]) {
        tell(&self.app, AppEvent::changed(topics));
        self.exchanges.wake_all();
    }

    /// Remembers how to end the sign-in under way; one before it ends.
    pub(crate) fn set_sign_in(&self, canceller: Option<Canceller>) {
        let mut current = self.sign_in.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(earlier) = std::mem::replace(&mut *current, canceller) {
            earlier.cancel();
        }
    }

    /// Ends the exchanges and locks the vault.
    pub(crate) fn close(&self) {
        self.set_sign_in(None);
        self.exchanges.stop_all();
        if let Some(vault) = self.lock_vault().take()
            && let Err(error) = vault.close()
        {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "Closing the vault failed"
            );
        }
    }
}

/// Returns the time.
#[expect(clippy::disallowed_methods, reason = "the shell reads the clock")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// Draws an identifier.
#[expect(clippy::disallowed_methods, reason = "the shell draws identifiers")]
pub(crate) fn draw() -> Uuid {
    Uuid::now_v7()
}
