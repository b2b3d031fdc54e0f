//! What sign-ins gave: grants, the codes that lead to them, and their tokens.

use consent::PersonId;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, Transaction, named_params};

use super::StoreError;

/// One sign-in of one person.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) id: String,
    pub(crate) person: PersonId,
    pub(crate) scope: String,
    pub(crate) signed_in_at: Timestamp,
    pub(crate) device_kid: Option<String>,
    pub(crate) is_revoked: bool,
}

/// A code on its way to the app.
pub(crate) struct Code {
    pub(crate) grant_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) code_challenge: String,
    pub(crate) expires_at: Timestamp,
    pub(crate) is_used: bool,
}

/// A stored token: never the token itself.
pub(crate) struct Token {
    pub(crate) grant_id: String,
    pub(crate) expires_at: Timestamp,
    pub(crate) is_used: bool,
}

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Access,
    Refresh,
}

impl TokenKind {
    const fn text(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Refresh => "refresh",
        }
    }
}

/// Adds a grant.
pub(crate) fn insert(tx: &Transaction<'_>, grant: &Grant) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO access_grant (grant_id, person_id, scope, signed_in_at)
         VALUES (:id, :person, :scope, :at)",
        named_params! {
            ":id": grant.id,
            ":person": grant.person.as_str(),
            ":scope": grant.scope,
            ":at": grant.signed_in_at.as_millisecond(),
        },
    )
    .map_err(StoreError::during("add a grant"))?;
    Ok(())
}

/// Returns a grant.
pub(crate) fn find(tx: &rusqlite::Connection, id: &str) -> Result<Option<Grant>, StoreError> {
    tx.query_row(
        "SELECT * FROM access_grant WHERE grant_id = :id",
        named_params! { ":id": id },
        read_grant,
    )
    .optional()
    .map_err(StoreError::during("find a grant"))
}

/// Ends a grant and all its tokens.
pub(crate) fn revoke(tx: &Transaction<'_>, id: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE access_grant SET revoked_at = :now WHERE grant_id = :id AND revoked_at IS NULL",
        named_params! { ":id": id, ":now": now.as_millisecond() },
    )
    .map_err(StoreError::during("revoke a grant"))?;
    Ok(())
}

/// Ends every grant with which a device was enrolled, as when the device is lost.
pub(crate) fn revoke_of_device(
    tx: &Transaction<'_>,
    kid: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE access_grant SET revoked_at = :now WHERE device_kid = :kid AND revoked_at IS NULL",
        named_params! { ":kid": kid, ":now": now.as_millisecond() },
    )
    .map_err(StoreError::during("revoke a device's grants"))?;
    Ok(())
}

/// Notes which device was enrolled with a grant.
pub(crate) fn set_device(tx: &Transaction<'_>, id: &str, kid: &str) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE access_grant SET device_kid = :kid WHERE grant_id = :id",
        named_params! { ":id": id, ":kid": kid },
    )
    .map_err(StoreError::during("note a grant's device"))?;
    Ok(())
}

/// Adds a code, known by its hash.
pub(crate) fn insert_code(
    tx: &Transaction<'_>,
    hash: &[u8],
    code: &Code,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO authorization_code (code_hash, grant_id, redirect_uri, code_challenge,
                                         expires_at)
         VALUES (:hash, :grant, :redirect, :challenge, :expires)",
        named_params! {
            ":hash": hash,
            ":grant": code.grant_id,
            ":redirect": code.redirect_uri,
            ":challenge": code.code_challenge,
            ":expires": code.expires_at.as_millisecond(),
        },
    )
    .map_err(StoreError::during("add a code"))?;
    Ok(())
}

/// Returns a code as it was before, and marks it as used.
pub(crate) fn use_code(
    tx: &Transaction<'_>,
    hash: &[u8],
    now: Timestamp,
) -> Result<Option<Code>, StoreError> {
    let code = tx
        .query_row(
            "SELECT * FROM authorization_code WHERE code_hash = :hash",
            named_params! { ":hash": hash },
            |row| {
                Ok(Code {
                    grant_id: row.get("grant_id")?,
                    redirect_uri: row.get("redirect_uri")?,
                    code_challenge: row.get("code_challenge")?,
                    expires_at: super::timestamp(row.get("expires_at")?)?,
                    is_used: row.get::<_, Option<i64>>("used_at")?.is_some(),
                })
            },
        )
        .optional()
        .map_err(StoreError::during("find a code"))?;
    tx.execute(
        "UPDATE authorization_code SET used_at = :now WHERE code_hash = :hash AND used_at IS NULL",
        named_params! { ":hash": hash, ":now": now.as_millisecond() },
    )
    .map_err(StoreError::during("use a code"))?;
    Ok(code)
}

/// Adds a token, known by its hash.
pub(crate) fn insert_token(
    tx: &Transaction<'_>,
    hash: &[u8],
    grant: &str,
    kind: TokenKind,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO token (token_hash, grant_id, kind, expires_at)
         VALUES (:hash, :grant, :kind, :expires)",
        named_params! {
            ":hash": hash,
            ":grant": grant,
            ":kind": kind.text(),
            ":expires": expires_at.as_millisecond(),
        },
    )
    .map_err(StoreError::during("add a token"))?;
    Ok(())
}

/// Returns a token of the given kind.
pub(crate) fn find_token(
    tx: &rusqlite::Connection,
    hash: &[u8],
    kind: TokenKind,
) -> Result<Option<Token>, StoreError> {
    tx.query_row(
        "SELECT grant_id, expires_at, used_at FROM token WHERE token_hash = :hash AND kind = :kind",
        named_params! { ":hash": hash, ":kind": kind.text() },
        |row| {
            Ok(Token {
                grant_id: row.get("grant_id")?,
                expires_at: super::timestamp(row.get("expires_at")?)?,
                is_used: row.get::<_, Option<i64>>("used_at")?.is_some(),
            })
        },
    )
    .optional()
    .map_err(StoreError::during("find a token"))
}

/// Marks a refresh token as exchanged. It is kept, so that a second use is noticed.
pub(crate) fn use_token(
    tx: &Transaction<'_>,
    hash: &[u8],
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE token SET used_at = :now WHERE token_hash = :hash",
        named_params! { ":hash": hash, ":now": now.as_millisecond() },
    )
    .map_err(StoreError::during("use a token"))?;
    Ok(())
}

/// Forgets what ended before `before`: tokens, codes, sign-in pages, nonces.
pub(crate) fn prune(tx: &Transaction<'_>, before: Timestamp) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM token WHERE expires_at < :before",
        "DELETE FROM authorization_code WHERE expires_at < :before",
        "DELETE FROM sign_in WHERE expires_at < :before",
        "DELETE FROM challenge WHERE expires_at < :before",
    ] {
        tx.execute(sql, named_params! { ":before": before.as_millisecond() })
            .map_err(StoreError::during("forget what has ended"))?;
    }
    Ok(())
}

fn read_grant(row: &Row<'_>) -> rusqlite::Result<Grant> {
    let person: String = row.get("person_id")?;
    Ok(Grant {
        id: row.get("grant_id")?,
        person: super::person(person)?,
        scope: row.get("scope")?,
        signed_in_at: super::timestamp(row.get("signed_in_at")?)?,
        device_kid: row.get("device_kid")?,
        is_revoked: row.get::<_, Option<i64>>("revoked_at")?.is_some(),
    })
}
