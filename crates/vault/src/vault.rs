//! Makes, opens and closes a vault. One process has it open at a time.
//!
//! A wrong passphrase, a damaged envelope and a damaged file are told apart, and none of them
//! changes a byte; a damaged file is moved aside, never deleted.

use std::fs::File;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use pii::Secret;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use uuid::Uuid;

use crate::envelope::{self, Envelope, VaultKey};
use crate::folder::Folder;
use crate::{Entropy, KeyDerivation, OpenError, VaultError, cipher, migrations};

/// What is in a vault's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Presence {
    /// No vault.
    Absent,
    /// A vault, opened or not.
    Present,
    /// No vault, but one that was damaged and moved aside; a new one can be made beside it.
    Quarantined {
        /// Where the newest of them is.
        moved_to: PathBuf,
    },
}

/// An open vault. Closing it, or dropping it, locks it.
#[derive(Debug)]
pub struct Vault {
    // Dropped in this order: the file is closed before others may open it.
    conn: Connection,
    vault_id: Uuid,
    _lock: Option<File>,
}

impl Vault {
    /// Returns what is in `folder`.
    ///
    /// # Errors
    ///
    /// Fails if the folder cannot be read.
    pub fn presence(folder: &Path) -> Result<Presence, OpenError> {
        let folder = Folder::new(folder);
        if folder.vault().exists() {
            return Ok(Presence::Present);
        }
        Ok(match folder.newest_aside()? {
            Some(moved_to) => Presence::Quarantined { moved_to },
            None => Presence::Absent,
        })
    }

    /// Returns whether there is a vault in `folder` to be opened.
    pub fn exists(folder: &Path) -> bool {
        Folder::new(folder).vault().exists()
    }

    /// Makes a vault in `folder` and opens it.
    ///
    /// # Errors
    ///
    /// Returns [`OpenError::AlreadyExists`] if there is one, and fails if the folder cannot be
    /// written. A crash before the end leaves no vault.
    pub fn create(
        folder: &Path,
        passphrase: &Secret<String>,
        derivation: KeyDerivation,
        entropy: &Entropy,
        now: Timestamp,
    ) -> Result<Self, OpenError> {
        let folder = Folder::new(folder);
        if folder.vault().exists() {
            return Err(OpenError::AlreadyExists);
        }
        folder.make()?;
        let lock = folder.lock()?;
        if folder.vault().exists() {
            return Err(OpenError::AlreadyExists);
        }
        let (envelope, key, bytes) = Envelope::create(passphrase, derivation, entropy)?;

        folder.start_unfinished()?;
        let mut conn = cipher::connect(&folder.unfinished(), &key)?;
        cipher::configure(&conn)?;
        cipher::start_log(&conn)?;
        migrations::run(&mut conn)?;
        cipher::checkpoint_on_close(&conn)?;
        close(conn)?;
        folder.set_keys_aside(now)?;
        folder.write_keys(&bytes)?;
        folder.finish()?;

        Ok(Self {
            conn: prepare(&folder, &key)?,
            vault_id: envelope.vault_id(),
            _lock: Some(lock),
        })
    }

    /// Opens the vault in `folder`. `now` names the file if it has to be moved aside.
    ///
    /// # Errors
    ///
    /// See [`OpenError`]; only [`OpenError::Damaged`] has moved anything.
    pub fn open(
        folder: &Path,
        passphrase: &Secret<String>,
        now: Timestamp,
    ) -> Result<Self, OpenError> {
        Self::open_by(folder, now, |envelope| envelope.unwrap(passphrase))
    }

    /// Returns the vault's key, for [`Self::open_with_key`]. Only the envelope is read.
    ///
    /// # Errors
    ///
    /// See [`OpenError`]; nothing was moved.
    pub fn unwrap_key(folder: &Path, passphrase: &Secret<String>) -> Result<VaultKey, OpenError> {
        Envelope::decode(&Folder::new(folder).read_keys(envelope::MAX_BYTES)?)?.unwrap(passphrase)
    }

    /// As [`Self::open`], where the key was had before.
    ///
    /// # Errors
    ///
    /// As [`Self::open`]; a key of another vault is [`OpenError::EnvelopeDamaged`].
    pub fn open_with_key(folder: &Path, key: &VaultKey, now: Timestamp) -> Result<Self, OpenError> {
        Self::open_by(folder, now, |envelope| {
            envelope.check_seal(key)?;
            Ok(key.clone())
        })
    }

    /// Makes a vault that is nowhere but in memory and gone when dropped.
    ///
    /// # Errors
    ///
    /// Fails if there is not enough memory.
    pub fn in_memory() -> Result<Self, OpenError> {
        let mut conn =
            Connection::open_in_memory().map_err(VaultError::during("make a vault in memory"))?;
        cipher::configure(&conn)?;
        migrations::run(&mut conn)?;
        Ok(Self {
            conn,
            vault_id: Uuid::nil(),
            _lock: None,
        })
    }

    fn open_by(
        folder: &Path,
        now: Timestamp,
        unwrap: impl FnOnce(&Envelope) -> Result<VaultKey, OpenError>,
    ) -> Result<Self, OpenError> {
        let folder = Folder::new(folder);
        if !folder.vault().exists() {
            return Err(OpenError::NotFound);
        }
        let lock = folder.lock()?;
        let first_bytes = folder.first_bytes()?;
        if first_bytes.starts_with(b"SQLite format 3\0") {
            return Err(OpenError::NotAVault);
        }
        let envelope = Envelope::decode(&folder.read_keys(envelope::MAX_BYTES)?)?;
        let key = unwrap(&envelope)?;

        match prepare(&folder, &key) {
            Ok(conn) => Ok(Self {
                conn,
                vault_id: envelope.vault_id(),
                _lock: Some(lock),
            }),
            // SQLCipher writes the salt at the start of the file: a file that starts with
            // anything else is not one that these keys were made for.
            Err(OpenError::Vault(VaultError::Damaged { .. }))
                if !key.salt.starts_with(&first_bytes) =>
            {
                Err(OpenError::NotAVault)
            }
            Err(OpenError::Vault(VaultError::Damaged { .. })) => Err(OpenError::Damaged {
                moved_to: folder.set_aside(now)?,
            }),
            Err(error) => Err(error),
        }
    }

    /// Moves whatever is in the vault's place aside, with SQLite's files beside it and a copy of
    /// the keys, and returns where it is. For a person who starts anew after
    /// [`OpenError::NotAVault`] or [`OpenError::EnvelopeDamaged`].
    ///
    /// # Errors
    ///
    /// Fails if the vault is open, or the folder may not be written.
    pub fn set_aside(folder: &Path, now: Timestamp) -> Result<PathBuf, OpenError> {
        let folder = Folder::new(folder);
        if !folder.vault().exists() {
            return Err(OpenError::NotFound);
        }
        let _lock = folder.lock()?;
        folder.set_aside(now)
    }

    /// Returns the vault's identifier, which its key envelope also bears.
    pub const fn id(&self) -> Uuid {
        self.vault_id
    }

    /// Reads: `work` may use every function that takes a `&Connection`.
    ///
    /// # Errors
    ///
    /// Fails as `work` does.
    pub fn read<T, E>(&self, work: impl FnOnce(&Connection) -> Result<T, E>) -> Result<T, E> {
        work(&self.conn)
    }

    /// Writes: what `work` does lasts once this returns, or none of it does.
    ///
    /// # Errors
    ///
    /// Fails as `work` does, or if the transaction cannot be made to last.
    pub fn write<T, E: From<VaultError>>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let tx = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(VaultError::during("begin to write"))?;
        let value = work(&tx)?;
        tx.commit().map_err(VaultError::during("finish writing"))?;
        Ok(value)
    }

    /// Empties the log into the file, so that what was deleted is overwritten in both.
    ///
    /// # Errors
    ///
    /// Fails if the disk does.
    pub fn checkpoint(&self) -> Result<(), VaultError> {
        cipher::checkpoint(&self.conn)
    }

    /// Reads every page and every row's place, and returns whether all of them are sound.
    ///
    /// # Errors
    ///
    /// Fails if the log cannot be emptied first.
    pub fn is_sound(&self) -> Result<bool, VaultError> {
        cipher::checkpoint(&self.conn)?;
        cipher::is_sound(&self.conn)
    }

    /// Empties the log, closes the file and lets others open it.
    ///
    /// # Errors
    ///
    /// Fails if the disk does; what was written before is safe in the log then.
    pub fn close(self) -> Result<(), VaultError> {
        let Self { conn, _lock, .. } = self;
        cipher::checkpoint(&conn)?;
        close(conn)
    }
}

/// Opens the file and makes sure of it, changing nothing before that.
fn prepare(folder: &Folder, key: &VaultKey) -> Result<Connection, OpenError> {
    const ACTION: &str = "open the vault's file";
    let damaged = || OpenError::Vault(VaultError::Damaged { action: ACTION });
    if folder.length()? < cipher::PAGE_BYTES {
        return Err(damaged());
    }
    let mut conn = cipher::connect(&folder.vault(), key)?;
    cipher::configure(&conn)?;
    migrations::check(&conn)?;
    cipher::start_log(&conn)?;
    cipher::checkpoint(&conn)?;
    if cipher::expected_length(&conn)? != folder.length()? {
        return Err(damaged());
    }
    migrations::run(&mut conn)?;
    cipher::checkpoint_on_close(&conn)?;
    Ok(conn)
}

fn close(conn: Connection) -> Result<(), VaultError> {
    conn.close()
        .map_err(|(_, source)| VaultError::during("close the vault")(source))
}
