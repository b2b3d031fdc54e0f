//! Notices, kept as they were when they were read.

use consent::Language;
use rusqlite::{Connection, Transaction, named_params};

use crate::VaultError;
use crate::rows::{Columns, Query, run};

/// The text of one notice in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredNotice {
    /// Where it is published.
    pub uri: String,
    /// Its version.
    pub version: String,
    /// Its language.
    pub language: Language,
    /// The `sha-256:` hash of exactly this text.
    pub hash: String,
    /// The text.
    pub body: String,
}

/// Stores a notice. One that is there already stays as it is: the hash is part of its name.
///
/// # Errors
///
/// Fails if the vault cannot be written.
pub fn put(tx: &Transaction<'_>, notice: &StoredNotice) -> Result<(), VaultError> {
    run(
        tx,
        "put a notice",
        "INSERT INTO notice (uri, version, language, hash, body)
         VALUES (:uri, :version, :language, :hash, :body)
         ON CONFLICT DO NOTHING",
        named_params! {
            ":uri": notice.uri,
            ":version": notice.version,
            ":language": notice.language.code(),
            ":hash": notice.hash,
            ":body": notice.body,
        },
    )
    .map(drop)
}

/// Returns the notice with exactly this hash.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn find(
    conn: &Connection,
    uri: &str,
    version: &str,
    language: Language,
    hash: &str,
) -> Result<Option<StoredNotice>, VaultError> {
    Query {
        table: "notice",
        action: "find a notice",
        sql: "SELECT * FROM notice
               WHERE uri = :uri AND version = :version AND language = :language AND hash = :hash",
    }
    .first(
        conn,
        named_params! {
            ":uri": uri,
            ":version": version,
            ":language": language.code(),
            ":hash": hash,
        },
        read,
    )
}

fn read(row: &Columns<'_, '_>) -> Result<StoredNotice, VaultError> {
    Ok(StoredNotice {
        uri: row.get("uri")?,
        version: row.get("version")?,
        language: row.code("language", |code| {
            Language::ALL
                .into_iter()
                .find(|language| language.code() == code)
        })?,
        hash: row.get("hash")?,
        body: row.get("body")?,
    })
}
