//! The person's choices, kept in the vault.

use consent::Language;
use notifications::Notified;
use vault::{Connection, Transaction, Vault, settings};

use crate::AppError;

const LANGUAGE: &str = "language";
const NOTIFIED: &str = "notified";

/// Returns the language that the person chose for this vault; Finnish if none.
pub(crate) fn language(conn: &Connection) -> Result<Language, AppError> {
    let chosen = settings::find(conn, LANGUAGE)?;
    Ok(chosen
        .and_then(|code| Language::from_locale(&code))
        .unwrap_or_default())
}

/// Remembers the language that the person chose, for what the app does without being asked.
///
/// # Errors
///
/// Fails if the vault cannot be written.
pub fn set_language(vault: &mut Vault, language: Language) -> Result<(), AppError> {
    vault.write(|tx| Ok(settings::put(tx, LANGUAGE, language.code())?))
}

/// Returns what the person was told of already.
pub(crate) fn notified(conn: &Connection) -> Result<Notified, AppError> {
    let stored = settings::find(conn, NOTIFIED)?;
    Ok(stored
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default())
}

/// Remembers what the person was told of.
pub(crate) fn set_notified(tx: &Transaction<'_>, notified: &Notified) -> Result<(), AppError> {
    let json = serde_json::to_string(notified).map_err(|_| AppError::Stored("notifications"))?;
    Ok(settings::put(tx, NOTIFIED, &json)?)
}
