//! Making, opening and finding the vault.

use std::{path::Path, time::Duration};

use consent::Language;
use jiff::Timestamp;
use pii::Secret;
use vault::{Entropy, KeyDerivation, Presence, Vault, journal};

use crate::{AppError, passphrase::is_long_enough, set_language, view::PhaseView};

/// How long deriving the key is to take on this computer: long for who guesses, short for who
/// knows.
const DERIVATION: Duration = Duration::from_millis(500);

/// Makes a vault in `folder`, with a key derivation as slow as this computer bears.
///
/// # Errors
///
/// Returns [`AppError::PassphraseTooShort`], or why the vault could not be made.
#[tracing::instrument(skip_all, err)]
pub fn create_vault(
    folder: &Path,
    passphrase: &Secret<String>,
    language: Language,
    now: Timestamp,
) -> Result<Vault, AppError> {
    if !is_long_enough(passphrase) {
        return Err(AppError::PassphraseTooShort);
    }
    let derivation = KeyDerivation::calibrated(KeyDerivation::measure()?, DERIVATION);
    let mut vault = Vault::create(folder, passphrase, derivation, &Entropy::draw()?, now)?;
    set_language(&mut vault, language)?;
    vault.write(|tx| Ok::<_, AppError>(journal::append(tx, "vault_created", None, now)?))?;
    Ok(vault)
}

/// Opens the vault in `folder`.
///
/// # Errors
///
/// Returns [`AppError::Open`]; a damaged vault has then been moved aside.
#[tracing::instrument(skip_all, err(level = "info"))]
pub fn open_vault(
    folder: &Path,
    passphrase: &Secret<String>,
    now: Timestamp,
) -> Result<Vault, AppError> {
    Ok(Vault::open(folder, passphrase, now)?)
}

/// Returns whether there is a vault in `folder`, and the name of one that was moved aside.
///
/// # Errors
///
/// Fails if the folder cannot be read.
pub fn find_vault(folder: &Path) -> Result<(PhaseView, Option<String>), AppError> {
    Ok(match Vault::presence(folder)? {
        Presence::Absent => (PhaseView::Absent, None),
        Presence::Present => (PhaseView::Locked, None),
        Presence::Quarantined { moved_to } => {
            (PhaseView::Absent, Some(moved_to.display().to_string()))
        }
    })
}
