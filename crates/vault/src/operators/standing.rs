//! What changes in the standing with an operator, one function each.

use consent::{LocalText, OperatorId, PersonId};
use jiff::Timestamp;
use pii::Secret;
use rusqlite::{Transaction, named_params};

use super::name_to_text;
use crate::VaultError;
use crate::rows::change;

/// Tokens as a sign-in or a refresh gives them.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// What the requests carry.
    pub access_token: Secret<String>,
    /// What the next access token is had for; the earlier one stays if there is none.
    pub refresh_token: Option<Secret<String>>,
    /// When the access token ends.
    pub token_expires_at: Option<Timestamp>,
}

/// Stores fresh tokens, after which no sign-in is needed.
///
/// # Errors
///
/// Fails if the operator is not there.
pub fn update_tokens(
    tx: &Transaction<'_>,
    id: &OperatorId,
    tokens: &Tokens,
) -> Result<(), VaultError> {
    change(
        tx,
        "update an operator's tokens",
        "UPDATE operator
            SET access_token = :access_token,
                refresh_token = COALESCE(:refresh_token, refresh_token),
                token_expires_at = :token_expires_at,
                sign_in_needed = 0
          WHERE operator_id = :id",
        named_params! {
            ":id": id.as_str(),
            ":access_token": tokens.access_token.reveal(),
            ":refresh_token": tokens.refresh_token.as_ref().map(Secret::reveal),
            ":token_expires_at": tokens.token_expires_at.map(Timestamp::as_millisecond),
        },
    )
}

/// Drops the tokens, so that the person must sign in again.
///
/// # Errors
///
/// Fails if the operator is not there.
pub fn require_sign_in(tx: &Transaction<'_>, id: &OperatorId) -> Result<(), VaultError> {
    change(
        tx,
        "require a sign-in",
        "UPDATE operator
            SET access_token = NULL, refresh_token = NULL, token_expires_at = NULL,
                sign_in_needed = 1
          WHERE operator_id = :id",
        named_params! { ":id": id.as_str() },
    )
}

/// Stores what a later discovery found; the pinned keys stay.
///
/// # Errors
///
/// Fails if the operator is not there.
pub fn update_discovery(
    tx: &Transaction<'_>,
    id: &OperatorId,
    base_url: &str,
    name: &LocalText,
    discovered: &str,
) -> Result<(), VaultError> {
    change(
        tx,
        "update what discovery found",
        "UPDATE operator SET base_url = :base_url, name = :name, discovered = :discovered
          WHERE operator_id = :id",
        named_params! {
            ":id": id.as_str(),
            ":base_url": base_url,
            ":name": name_to_text(name)?,
            ":discovered": discovered,
        },
    )
}

/// Trusts another key set, as when the operator's old key vouches for its new one.
///
/// # Errors
///
/// Fails if the operator is not there.
pub fn pin_keys(tx: &Transaction<'_>, id: &OperatorId, keys: &str) -> Result<(), VaultError> {
    change(
        tx,
        "pin an operator's keys",
        "UPDATE operator SET pinned_keys = :keys WHERE operator_id = :id",
        named_params! { ":id": id.as_str(), ":keys": keys },
    )
}

/// Stores who the person is to the operator.
///
/// # Errors
///
/// Fails if the operator is not there.
pub fn set_person(
    tx: &Transaction<'_>,
    id: &OperatorId,
    person: &PersonId,
) -> Result<(), VaultError> {
    change(
        tx,
        "set an operator's person",
        "UPDATE operator SET person_id = :person WHERE operator_id = :id",
        named_params! { ":id": id.as_str(), ":person": person.as_str() },
    )
}

/// Stores the seed of the key that signs statements to the operator. The binding to an earlier
/// key goes with it.
///
/// # Errors
///
/// Fails if the operator is not there.
pub fn set_device_seed(
    tx: &Transaction<'_>,
    id: &OperatorId,
    seed: &Secret<[u8; 32]>,
) -> Result<(), VaultError> {
    change(
        tx,
        "set the device's seed",
        "UPDATE operator SET device_seed = :seed, binding = NULL WHERE operator_id = :id",
        named_params! { ":id": id.as_str(), ":seed": seed.reveal() },
    )
}

/// Stores the operator's word that this device's key is the person's.
///
/// # Errors
///
/// Fails if the operator is not there.
pub fn set_binding(tx: &Transaction<'_>, id: &OperatorId, jws: &str) -> Result<(), VaultError> {
    change(
        tx,
        "set an operator's binding",
        "UPDATE operator SET binding = :jws WHERE operator_id = :id",
        named_params! { ":id": id.as_str(), ":jws": jws },
    )
}

/// Stores where events are polled, or that a stream has to be made anew.
///
/// # Errors
///
/// Fails if the operator is not there.
pub fn update_stream(
    tx: &Transaction<'_>,
    id: &OperatorId,
    url: Option<&str>,
) -> Result<(), VaultError> {
    change(
        tx,
        "update an operator's stream",
        "UPDATE operator SET stream_url = :url WHERE operator_id = :id",
        named_params! { ":id": id.as_str(), ":url": url },
    )
}

/// Notes that the operator answered at `now`.
///
/// # Errors
///
/// Fails if the operator is not there.
pub fn note_contact(
    tx: &Transaction<'_>,
    id: &OperatorId,
    now: Timestamp,
) -> Result<(), VaultError> {
    change(
        tx,
        "note a contact",
        "UPDATE operator SET last_contact_at = :now, last_failure = NULL WHERE operator_id = :id",
        named_params! { ":id": id.as_str(), ":now": now.as_millisecond() },
    )
}

/// Notes why the operator could not be had: a code, never a host or an address.
///
/// # Errors
///
/// Fails if the operator is not there.
pub fn note_failure(tx: &Transaction<'_>, id: &OperatorId, code: &str) -> Result<(), VaultError> {
    change(
        tx,
        "note a failure",
        "UPDATE operator SET last_failure = :code WHERE operator_id = :id",
        named_params! { ":id": id.as_str(), ":code": code },
    )
}

/// Stores the number of the newest event that was taken. It never goes back.
///
/// # Errors
///
/// Fails if the operator is not there.
pub fn set_last_event_seq(
    tx: &Transaction<'_>,
    id: &OperatorId,
    seq: u64,
) -> Result<(), VaultError> {
    change(
        tx,
        "set the newest event's number",
        "UPDATE operator SET last_event_seq = MAX(last_event_seq, :seq) WHERE operator_id = :id",
        named_params! { ":id": id.as_str(), ":seq": seq },
    )
}

/// Stores how far the log of uses was read.
///
/// # Errors
///
/// Fails if the operator is not there.
pub fn set_access_log_after(
    tx: &Transaction<'_>,
    id: &OperatorId,
    after: u64,
) -> Result<(), VaultError> {
    change(
        tx,
        "set how far the log of uses was read",
        "UPDATE operator SET access_log_after = :after WHERE operator_id = :id",
        named_params! { ":id": id.as_str(), ":after": after },
    )
}

/// Stores which catalogue of offers was read.
///
/// # Errors
///
/// Fails if the operator is not there.
pub fn set_offers_version(
    tx: &Transaction<'_>,
    id: &OperatorId,
    version: u64,
) -> Result<(), VaultError> {
    change(
        tx,
        "set the version of the offers",
        "UPDATE operator SET offers_version = :version WHERE operator_id = :id",
        named_params! { ":id": id.as_str(), ":version": version },
    )
}
