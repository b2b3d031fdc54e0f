//! The operator's own store: SQLite, unkeyed, in one file or in memory.
//!
//! Reading takes a connection and writing a transaction, so that a write outside of one does not
//! compile. Nothing here decides anything.

pub(crate) mod accesses;
pub(crate) mod answers;
pub(crate) mod consents;
pub(crate) mod devices;
pub(crate) mod events;
pub(crate) mod grants;
pub(crate) mod identity;
mod migrations;
pub(crate) mod offers;
pub(crate) mod plans;
pub(crate) mod requests;
pub(crate) mod sign_ins;
pub(crate) mod statements;

use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use consent::{ConsentId, PersonId};
use jiff::Timestamp;
use rusqlite::{Connection, Row, RowIndex, Transaction, TransactionBehavior};

/// The file's name inside the data folder.
const FILE: &str = "operator.sqlite";

/// Why the store could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite failed.
    #[error("could not {action}")]
    Sqlite {
        /// What was being done.
        action: &'static str,
        /// Why it failed.
        #[source]
        source: rusqlite::Error,
    },
    /// The folder or the file could not be made.
    #[error("could not make the operator's store")]
    Folder(#[source] std::io::Error),
    /// A newer version wrote it. It is left untouched.
    #[error("the store was written by a newer version ({found})")]
    TooNew {
        /// The version of its schema.
        found: u32,
    },
    /// A stored value is not one that this version writes.
    #[error("{table}.{column} has a value that no version writes")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
}

impl StoreError {
    pub(crate) fn during(action: &'static str) -> impl FnOnce(rusqlite::Error) -> Self {
        move |source| Self::Sqlite { action, source }
    }
}

/// The open store. One connection: SQLite has one writer anyway, and each turn is short.
#[derive(Debug)]
pub(crate) struct Store(Mutex<Connection>);

impl Store {
    /// Opens the store in `folder`, or a new one in memory, and brings it up to date.
    pub(crate) fn open(folder: Option<&Path>) -> Result<Self, StoreError> {
        let mut connection = match folder {
            Some(folder) => open_file(folder)?,
            None => Connection::open_in_memory().map_err(StoreError::during("open a store"))?,
        };
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL;
                 PRAGMA synchronous = FULL;
                 PRAGMA foreign_keys = ON;
                 PRAGMA trusted_schema = OFF;
                 PRAGMA temp_store = MEMORY;
                 PRAGMA busy_timeout = 5000;",
            )
            .map_err(StoreError::during("prepare the store"))?;
        migrations::run(&mut connection)?;
        Ok(Self(Mutex::new(connection)))
    }

    /// Reads.
    pub(crate) fn read<T, E>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        work(&self.turn())
    }

    /// Writes all that `work` writes, or nothing if it fails.
    pub(crate) fn write<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.turn();
        let tx = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::during("begin a transaction"))?;
        let outcome = work(&tx)?;
        tx.commit()
            .map_err(StoreError::during("commit a transaction"))?;
        Ok(outcome)
    }

    /// Moves what is in the write-ahead log into the file.
    pub(crate) fn settle(&self) -> Result<(), StoreError> {
        self.turn()
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()))
            .map_err(StoreError::during("settle the store"))
    }

    fn turn(&self) -> MutexGuard<'_, Connection> {
        // A panic in the middle of a write has rolled it back: the connection is sound.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(unix)]
fn open_file(folder: &Path) -> Result<Connection, StoreError> {
    use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};

    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(StoreError::Folder)?;
    let path = folder.join(FILE);
    // SQLite gives its other files the mode of this one.
    std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(&path)
        .map_err(StoreError::Folder)?;
    Connection::open(path).map_err(StoreError::during("open the store"))
}

#[cfg(not(unix))]
fn open_file(folder: &Path) -> Result<Connection, StoreError> {
    std::fs::create_dir_all(folder).map_err(StoreError::Folder)?;
    Connection::open(folder.join(FILE)).map_err(StoreError::during("open the store"))
}

/// Reads a stored time.
pub(crate) fn timestamp(millis: i64) -> rusqlite::Result<Timestamp> {
    Timestamp::from_millisecond(millis)
        .map_err(|_| rusqlite::Error::IntegralValueOutOfRange(0, millis))
}

/// Reads a stored identifier of a person.
pub(crate) fn person(text: String) -> rusqlite::Result<PersonId> {
    PersonId::parse(text).map_err(|_| rusqlite::Error::InvalidQuery)
}

/// Reads a stored identifier of a record.
pub(crate) fn consent(text: &str) -> rusqlite::Result<ConsentId> {
    text.parse().map_err(|_| rusqlite::Error::InvalidQuery)
}

/// Reads a stored number that is never negative.
pub(crate) fn count(row: &Row<'_>, column: impl RowIndex) -> rusqlite::Result<u64> {
    let number: i64 = row.get(column)?;
    u64::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(0, number))
}
