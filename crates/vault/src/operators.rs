//! The MyData operators that this vault is connected to, and its standing with each.

use consent::{LocalText, OperatorId, PersonId};
use jiff::Timestamp;
use pii::{Personal, Secret};
use rusqlite::{Connection, Transaction, named_params};

use crate::VaultError;
use crate::rows::{Columns, Query, run};

mod standing;

pub use standing::{
    Tokens, note_contact, note_failure, pin_keys, require_sign_in, set_access_log_after,
    set_binding, set_device_seed, set_last_event_seq, set_offers_version, set_person,
    update_discovery, update_stream, update_tokens,
};

/// One operator and this device's standing with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredOperator {
    /// Its issuer URL.
    pub operator_id: OperatorId,
    /// Where its endpoints start.
    pub base_url: String,
    /// Its name.
    pub name: LocalText,
    /// Whether it is the sample city that runs on this computer.
    pub is_sample: bool,
    /// JSON: all that discovery found.
    pub discovered: String,
    /// The JSON Web Key Set that was trusted at first sight.
    pub pinned_keys: String,
    /// The resident's surrogate there, once signed in.
    pub person_id: Option<PersonId>,
    /// The Ed25519 seed of the key that signs this device's statements.
    pub device_seed: Option<Secret<[u8; 32]>>,
    /// The operator's word, a JWS, that this device's key is the person's.
    pub binding: Option<Personal<String>>,
    /// Where its events are polled.
    pub stream_url: Option<String>,
    /// What the requests to it carry.
    pub access_token: Option<Secret<String>>,
    /// What the next access token is had for.
    pub refresh_token: Option<Secret<String>>,
    /// When the access token ends.
    pub token_expires_at: Option<Timestamp>,
    /// Whether the person must sign in before anything can be exchanged.
    pub sign_in_needed: bool,
    /// The number of the newest event that was taken.
    pub last_event_seq: u64,
    /// How far the log of uses was read.
    pub access_log_after: u64,
    /// The version of the catalogue of offers that was read.
    pub offers_version: u64,
    /// When the person connected it.
    pub connected_at: Timestamp,
    /// When it last answered.
    pub last_contact_at: Option<Timestamp>,
    /// The code of what went wrong, while the last contact failed.
    pub last_failure: Option<String>,
}

/// Stores a newly connected operator.
///
/// # Errors
///
/// Fails if the operator is there already.
pub fn insert(tx: &Transaction<'_>, operator: &StoredOperator) -> Result<(), VaultError> {
    run(
        tx,
        "insert an operator",
        "INSERT INTO operator (operator_id, base_url, name, is_sample, discovered, pinned_keys,
                person_id, device_seed, binding, stream_url, access_token, refresh_token,
                token_expires_at, sign_in_needed, last_event_seq, access_log_after,
                offers_version, connected_at, last_contact_at, last_failure)
         VALUES (:operator, :base_url, :name, :is_sample, :discovered, :pinned_keys,
                :person, :device_seed, :binding, :stream_url, :access_token, :refresh_token,
                :token_expires_at, :sign_in_needed, :last_event_seq, :access_log_after,
                :offers_version, :connected_at, :last_contact_at, :last_failure)",
        named_params! {
            ":operator": operator.operator_id.as_str(),
            ":base_url": operator.base_url,
            ":name": name_to_text(&operator.name)?,
            ":is_sample": operator.is_sample,
            ":discovered": operator.discovered,
            ":pinned_keys": operator.pinned_keys,
            ":person": operator.person_id.as_ref().map(PersonId::as_str),
            ":device_seed": operator.device_seed.as_ref().map(Secret::reveal),
            ":binding": operator.binding.as_ref().map(Personal::reveal),
            ":stream_url": operator.stream_url,
            ":access_token": operator.access_token.as_ref().map(Secret::reveal),
            ":refresh_token": operator.refresh_token.as_ref().map(Secret::reveal),
            ":token_expires_at": operator.token_expires_at.map(Timestamp::as_millisecond),
            ":sign_in_needed": operator.sign_in_needed,
            ":last_event_seq": operator.last_event_seq,
            ":access_log_after": operator.access_log_after,
            ":offers_version": operator.offers_version,
            ":connected_at": operator.connected_at.as_millisecond(),
            ":last_contact_at": operator.last_contact_at.map(Timestamp::as_millisecond),
            ":last_failure": operator.last_failure,
        },
    )
    .map(drop)
}

/// Returns the operator with `id`.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn find(conn: &Connection, id: &OperatorId) -> Result<Option<StoredOperator>, VaultError> {
    Query {
        table: "operator",
        action: "find an operator",
        sql: "SELECT * FROM operator WHERE operator_id = :id",
    }
    .first(conn, named_params! { ":id": id.as_str() }, read)
}

/// Returns all operators, those connected first at the top.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn list(conn: &Connection) -> Result<Vec<StoredOperator>, VaultError> {
    Query {
        table: "operator",
        action: "list the operators",
        sql: "SELECT * FROM operator ORDER BY connected_at, operator_id",
    }
    .all(conn, [], read)
}

/// Removes an operator with all that was fetched from it, if nothing was decided towards it;
/// returns whether it did. Decisions are only removed by [`crate::forgetting::forget_operator`].
///
/// # Errors
///
/// Fails if the vault cannot be written.
pub fn remove(tx: &Transaction<'_>, id: &OperatorId) -> Result<bool, VaultError> {
    run(
        tx,
        "remove an operator",
        "DELETE FROM operator
          WHERE operator_id = :id
            AND NOT EXISTS (SELECT 1 FROM consent_record WHERE operator_id = :id)
            AND NOT EXISTS (SELECT 1 FROM outbox WHERE operator_id = :id)",
        named_params! { ":id": id.as_str() },
    )
    .map(|removed| removed > 0)
}

fn name_to_text(name: &LocalText) -> Result<String, VaultError> {
    serde_json::to_string(name).map_err(|_| VaultError::Corrupt {
        table: "operator",
        column: "name",
    })
}

fn read(row: &Columns<'_, '_>) -> Result<StoredOperator, VaultError> {
    Ok(StoredOperator {
        operator_id: row.parse("operator_id")?,
        base_url: row.get("base_url")?,
        name: row.json("name")?,
        is_sample: row.get("is_sample")?,
        discovered: row.get("discovered")?,
        pinned_keys: row.get("pinned_keys")?,
        person_id: row.parse_opt("person_id")?,
        device_seed: row.get::<Option<[u8; 32]>>("device_seed")?.map(Secret::new),
        binding: row.personal_opt("binding")?,
        stream_url: row.get("stream_url")?,
        access_token: row.secret_opt("access_token")?,
        refresh_token: row.secret_opt("refresh_token")?,
        token_expires_at: row.time_opt("token_expires_at")?,
        sign_in_needed: row.get("sign_in_needed")?,
        last_event_seq: row.get("last_event_seq")?,
        access_log_after: row.get("access_log_after")?,
        offers_version: row.get("offers_version")?,
        connected_at: row.time("connected_at")?,
        last_contact_at: row.time_opt("last_contact_at")?,
        last_failure: row.get("last_failure")?,
    })
}
