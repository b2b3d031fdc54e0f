//! Sign-in pages that are open in a browser.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, Transaction, named_params};

use super::StoreError;

/// A sign-in that waits for somebody to pick a resident.
pub(crate) struct SignIn {
    pub(crate) cookie_hash: Vec<u8>,
    pub(crate) redirect_uri: String,
    pub(crate) state: Option<String>,
    pub(crate) code_challenge: String,
    pub(crate) scope: String,
    pub(crate) expires_at: Timestamp,
}

/// Adds a sign-in, known by its token's hash.
pub(crate) fn insert(
    tx: &Transaction<'_>,
    token_hash: &[u8],
    sign_in: &SignIn,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO sign_in (token_hash, cookie_hash, redirect_uri, state, code_challenge,
                              scope, expires_at)
         VALUES (:token, :cookie, :redirect, :state, :challenge, :scope, :expires)",
        named_params! {
            ":token": token_hash,
            ":cookie": sign_in.cookie_hash,
            ":redirect": sign_in.redirect_uri,
            ":state": sign_in.state,
            ":challenge": sign_in.code_challenge,
            ":scope": sign_in.scope,
            ":expires": sign_in.expires_at.as_millisecond(),
        },
    )
    .map_err(StoreError::during("keep a sign-in"))?;
    Ok(())
}

/// Takes a sign-in out of the store: it is answered once.
pub(crate) fn take(tx: &Transaction<'_>, token_hash: &[u8]) -> Result<Option<SignIn>, StoreError> {
    tx.query_row(
        "DELETE FROM sign_in WHERE token_hash = :token RETURNING *",
        named_params! { ":token": token_hash },
        read,
    )
    .optional()
    .map_err(StoreError::during("take a sign-in"))
}

fn read(row: &Row<'_>) -> rusqlite::Result<SignIn> {
    Ok(SignIn {
        cookie_hash: row.get("cookie_hash")?,
        redirect_uri: row.get("redirect_uri")?,
        state: row.get("state")?,
        code_challenge: row.get("code_challenge")?,
        scope: row.get("scope")?,
        expires_at: super::timestamp(row.get("expires_at")?)?,
    })
}
