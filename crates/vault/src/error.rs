//! Why the vault could not do something. Never says what is in it.

use rusqlite::ErrorCode;

/// Why an open vault could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// A stored value is not one that this version writes.
    #[error("{table}.{column} holds what no version writes")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// Something was to be changed that is not there.
    #[error("could not {action}: there is no such row")]
    Missing {
        /// What could not be done.
        action: &'static str,
    },
    /// A page of the file does not authenticate: the disk or another program changed it.
    #[error("could not {action}: the vault is damaged")]
    Damaged {
        /// What could not be done.
        action: &'static str,
    },
    /// The disk is full, or the folder may not be written. What was stored before is safe.
    #[error("could not {action}: the disk takes no more")]
    DiskFull {
        /// What could not be done.
        action: &'static str,
    },
    /// Anything else that SQLite reports.
    #[error("could not {action}")]
    Sqlite {
        /// What could not be done.
        action: &'static str,
        /// Why.
        source: rusqlite::Error,
    },
}

impl VaultError {
    /// Names what was being done when SQLite failed.
    pub fn during(action: &'static str) -> impl FnOnce(rusqlite::Error) -> Self {
        move |source| match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged { action },
            Some(ErrorCode::DiskFull | ErrorCode::ReadOnly) => Self::DiskFull { action },
            _ => Self::Sqlite { action, source },
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use rusqlite::ffi;

    use super::*;

    #[rstest]
    #[case::full(ffi::SQLITE_FULL, "could not write: the disk takes no more")]
    #[case::not_writable(ffi::SQLITE_READONLY, "could not write: the disk takes no more")]
    #[case::a_bad_page(ffi::SQLITE_CORRUPT, "could not write: the vault is damaged")]
    #[case::a_bad_first_page(ffi::SQLITE_NOTADB, "could not write: the vault is damaged")]
    #[case::anything_else(ffi::SQLITE_IOERR, "could not write")]
    fn an_error_says_what_could_not_be_done(#[case] code: i32, #[case] expected: &str) {
        let source = rusqlite::Error::SqliteFailure(ffi::Error::new(code), Some("text".into()));

        let error = VaultError::during("write")(source);

        assert_eq!(error.to_string(), expected);
    }
}
