//! The operators that the vault is connected to.

use consent::{OperatorId, PersonId};
use jiff::Timestamp;
use operator_protocol::{binding, key::SigningKey};
use operator_sync::{Tokens, contact::Discovered};
use pii::{Personal, Secret};
use url::Url;
use vault::{
    Connection, Transaction, Vault, journal, operators, operators::StoredOperator, outbox,
};

use crate::{
    AppError,
    exchange::stored_tokens,
    text::moment,
    view::{ConnectionView, OperatorView},
};

/// What a sign-in at an operator gave.
#[derive(Debug)]
pub struct SignedIn {
    /// What the operator says about itself, checked; its keys are pinned at the first sign-in.
    pub discovered: Discovered,
    /// Whether it is the sample city inside the app.
    pub is_sample: bool,
    /// The tokens.
    pub tokens: Tokens,
    /// The seed of the key that signs this device's statements.
    pub device_seed: Secret<[u8; 32]>,
    /// The operator's word that this key is the person's.
    pub binding: Personal<String>,
    /// Where events are polled, once a stream is set up.
    pub stream: Option<Url>,
}

/// Returns the operators, in the order in which they were connected.
///
/// # Errors
///
/// Fails if the vault cannot be read.
pub fn list_operators(vault: &Vault) -> Result<Vec<OperatorView>, AppError> {
    vault.read(|conn| {
        operators::list(conn)?
            .iter()
            .map(|operator| operator_view(conn, operator))
            .collect()
    })
}

/// Returns the seed of this device's key at `operator`, if it was enrolled there before: the same
/// device keeps its key, and with it its chains.
///
/// # Errors
///
/// Fails if the vault cannot be read.
pub fn device_seed(
    vault: &Vault,
    operator: &OperatorId,
) -> Result<Option<Secret<[u8; 32]>>, AppError> {
    vault
        .read(|conn| Ok(operators::find(conn, operator)?.and_then(|operator| operator.device_seed)))
}

/// Connects an operator, or takes in that the person signed in to one again.
///
/// # Errors
///
/// Returns [`AppError::Protocol`] if the binding does not hold for this device's key, or if the
/// operator's keys are not those that were pinned when it was first trusted.
#[tracing::instrument(skip_all, err)]
pub fn connect_operator(
    vault: &mut Vault,
    signed_in: SignedIn,
    now: Timestamp,
) -> Result<OperatorView, AppError> {
    let SignedIn {
        discovered,
        is_sample,
        tokens,
        device_seed,
        binding,
        stream,
    } = signed_in;
    let id = discovered.operator.clone();
    vault.write(|tx| {
        let before = operators::find(tx, &id)?;
        if let Some(before) = &before {
            let pinned: operator_protocol::key::JwkSet = serde_json::from_str(&before.pinned_keys)
                .map_err(|_| AppError::Stored("operator's keys"))?;
            if pinned.thumbprints() != discovered.keys.thumbprints() {
                return Err(AppError::OperatorChanged);
            }
        }
        let person = bound_person(&discovered, &device_seed, &binding)?;
        let pinned = serde_json::to_string(&discovered.keys);
        let text = serde_json::to_string(&discovered);
        let tokens = stored_tokens(tokens, now);
        let stored = StoredOperator {
            operator_id: id.clone(),
            base_url: discovered.resource.resource.to_string(),
            name: discovered.resource.name(),
            is_sample,
            discovered: text.map_err(|_| AppError::Stored("operator"))?,
            pinned_keys: pinned.map_err(|_| AppError::Stored("operator's keys"))?,
            person_id: Some(person),
            device_seed: Some(device_seed),
            binding: Some(binding),
            stream_url: stream.map(|url| url.to_string()),
            access_token: Some(tokens.access_token),
            refresh_token: tokens.refresh_token,
            token_expires_at: tokens.token_expires_at,
            sign_in_needed: false,
            last_event_seq: 0,
            access_log_after: before.as_ref().map_or(0, |before| before.access_log_after),
            offers_version: 0,
            connected_at: before.as_ref().map_or(now, |before| before.connected_at),
            last_contact_at: Some(now),
            last_failure: None,
        };
        match before {
            None => operators::insert(tx, &stored)?,
            Some(_) => renew(tx, &stored)?,
        }
        journal::append(tx, "operator_connected", Some(id.as_str()), now)?;
        operator_view(tx, &stored)
    })
}

/// Takes in what a new sign-in gave. The pinned keys and what was read before stay.
fn renew(tx: &Transaction<'_>, anew: &StoredOperator) -> Result<(), AppError> {
    let id = &anew.operator_id;
    operators::update_discovery(tx, id, &anew.base_url, &anew.name, &anew.discovered)?;
    if let (Some(person), Some(seed), Some(binding), Some(access_token)) = (
        &anew.person_id,
        &anew.device_seed,
        &anew.binding,
        anew.access_token.clone(),
    ) {
        operators::set_person(tx, id, person)?;
        operators::set_device_seed(tx, id, seed)?;
        operators::set_binding(tx, id, binding.reveal())?;
        let tokens = operators::Tokens {
            access_token,
            refresh_token: anew.refresh_token.clone(),
            token_expires_at: anew.token_expires_at,
        };
        operators::update_tokens(tx, id, &tokens)?;
    }
    operators::update_stream(tx, id, anew.stream_url.as_deref())?;
    Ok(operators::set_last_event_seq(tx, id, anew.last_event_seq)?)
}

/// Returns whom the operator bound this device's key to.
fn bound_person(
    discovered: &Discovered,
    seed: &Secret<[u8; 32]>,
    jws: &Personal<String>,
) -> Result<PersonId, AppError> {
    let verified = binding::verify(jws.reveal(), &discovered.keys)?;
    let ours = SigningKey::from_seed(seed.clone()).public();
    if verified.payload.device_key()?.thumbprint() != ours.thumbprint()
        || verified.payload.iss != discovered.operator
    {
        return Err(operator_protocol::ProtocolError::Contradiction("binding").into());
    }
    Ok(verified.payload.sub)
}

fn operator_view(conn: &Connection, operator: &StoredOperator) -> Result<OperatorView, AppError> {
    let owed = outbox::list_owed(conn, &operator.operator_id)?;
    Ok(OperatorView {
        id: operator.operator_id.to_string(),
        name: operator.name.clone().into(),
        url: operator.operator_id.to_string(),
        is_sample: operator.is_sample,
        connection: match operator.last_failure.as_deref() {
            _ if operator.sign_in_needed => ConnectionView::SignInNeeded,
            None => ConnectionView::Connected,
            Some("not_understood" | "not_trusted") => ConnectionView::NotUnderstood,
            Some(_) => ConnectionView::Unreachable,
        },
        last_contact_at: operator.last_contact_at.map(moment),
        owed: u64::try_from(owed.len()).unwrap_or(u64::MAX),
    })
}
