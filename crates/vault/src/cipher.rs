//! Opens a SQLCipher connection and sets everything that it must be set to.
//!
//! No page is read or written before the key is set and SQLCipher says that it is.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use crate::VaultError;
use crate::envelope::VaultKey;

/// How many bytes a page takes, which is SQLCipher's default.
pub(crate) const PAGE_BYTES: u64 = 4096;

const ACTION: &str = "open the vault's file";

/// How long a statement waits for another connection's lock.
const BUSY: Duration = Duration::from_secs(5);

/// Returns a connection with its key set, which has not read the file.
pub(crate) fn connect(path: &Path, key: &VaultKey) -> Result<Connection, VaultError> {
    let conn = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .map_err(VaultError::during(ACTION))?;
    // SQLCipher prints to standard error unless told not to, and cannot be told too early.
    // Memory security is for the whole process and cannot be turned off again.
    conn.execute_batch("PRAGMA cipher_log_level = NONE; PRAGMA cipher_memory_security = ON;")
        .map_err(VaultError::during(ACTION))?;
    // Whatever is wrong with the file, closing this connection must not change it.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .map_err(VaultError::during(ACTION))?;
    set_key(&conn, key)?;
    Ok(conn)
}

/// Sets how the file is read and written from here on. Writes nothing.
pub(crate) fn configure(conn: &Connection) -> Result<(), VaultError> {
    let during = || VaultError::during("configure the vault");
    for (config, value) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, true),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_ATTACH_CREATE, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
    ] {
        conn.set_db_config(config, value).map_err(during())?;
    }
    conn.busy_timeout(BUSY).map_err(during())?;
    conn.execute_batch(
        "PRAGMA mmap_size = 0;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -65536;
         PRAGMA synchronous = FULL;
         PRAGMA secure_delete = ON;",
    )
    .map_err(during())
}

/// Sees to it that the file is written through a log.
pub(crate) fn start_log(conn: &Connection) -> Result<(), VaultError> {
    conn.query_row("PRAGMA journal_mode = WAL", (), |row| row.get(0))
        .and_then(|mode: String| match mode.as_str() {
            "wal" => Ok(()),
            _ => Err(failure(rusqlite::ffi::SQLITE_CANTOPEN)),
        })
        .map_err(VaultError::during("start the vault's log"))
}

/// Lets SQLite empty the log when the connection is dropped.
pub(crate) fn checkpoint_on_close(conn: &Connection) -> Result<(), VaultError> {
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)
        .map(drop)
        .map_err(VaultError::during("configure the vault"))
}

/// Checks the authentication of every page, then the structure of the database.
pub(crate) fn is_sound(conn: &Connection) -> Result<bool, VaultError> {
    let during = || VaultError::during("check the vault");
    let mut pages = conn
        .prepare("PRAGMA cipher_integrity_check")
        .map_err(during())?;
    if pages.exists(()).map_err(during())? {
        return Ok(false);
    }
    conn.query_row("PRAGMA quick_check(1)", (), |row| row.get::<_, String>(0))
        .map(|verdict| verdict == "ok")
        .map_err(during())
}

/// Returns whether SQLCipher holds a key for the file. Without one it writes in the clear.
pub(crate) fn is_encrypted(conn: &Connection) -> Result<bool, VaultError> {
    conn.query_row("PRAGMA cipher_status", (), |row| row.get::<_, String>(0))
        .map(|status| status == "1")
        .map_err(VaultError::during(ACTION))
}

/// Writes all of the log into the file and empties it.
pub(crate) fn checkpoint(conn: &Connection) -> Result<(), VaultError> {
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |row| row.get(0))
        .and_then(|is_busy: bool| match is_busy {
            false => Ok(()),
            true => Err(failure(rusqlite::ffi::SQLITE_BUSY)),
        })
        .map_err(VaultError::during("write the log into the vault"))
}

/// Returns how many bytes the pages take, or should.
pub(crate) fn expected_length(conn: &Connection) -> Result<u64, VaultError> {
    conn.query_row("PRAGMA page_count", (), |row| row.get::<_, u64>(0))
        .map(|pages| pages.saturating_mul(PAGE_BYTES))
        .map_err(VaultError::during("measure the vault"))
}

/// Gives SQLCipher the raw key and the salt, so that it needs nothing of the file's first page.
///
/// The error is not passed on: its text could hold the key.
fn set_key(conn: &Connection, key: &VaultKey) -> Result<(), VaultError> {
    let failed = |_| VaultError::Damaged { action: ACTION };
    let mut pragma = Zeroizing::new(String::with_capacity(128));
    pragma.push_str("PRAGMA key = \"x'");
    for byte in key.key.iter().chain(&key.salt) {
        write!(pragma, "{byte:02x}").map_err(|_| VaultError::Damaged { action: ACTION })?;
    }
    pragma.push_str("'\"");
    conn.execute_batch(&pragma).map_err(failed)?;
    if is_encrypted(conn)? {
        Ok(())
    } else {
        Err(VaultError::Damaged { action: ACTION })
    }
}

fn failure(code: i32) -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_without_a_key_is_not_encrypted() {
        let conn = Connection::open_in_memory().unwrap();

        assert!(!is_encrypted(&conn).unwrap());
    }

    #[test]
    fn a_key_is_set_before_the_file_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new.db");
        std::fs::write(&path, b"").unwrap();
        let key = VaultKey {
            key: [1; 32],
            salt: [2; 16],
        };

        let conn = connect(&path, &key).unwrap();
        conn.execute_batch("CREATE TABLE first (x)").unwrap();

        assert!(is_encrypted(&conn).unwrap());
        let written = std::fs::read(&path).unwrap();
        assert!(
            written.starts_with(&key.salt),
            "and the salt is the one given"
        );
    }
}
