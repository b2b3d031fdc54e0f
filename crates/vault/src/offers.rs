//! The catalogue of offers, and the person's dealing with each. Whether an offer matches the
//! person is never stored.

use consent::{OfferId, OperatorId, PersonId, RequestId};
use jiff::Timestamp;
use rusqlite::{Connection, Transaction, named_params};
use uuid::Uuid;

use crate::VaultError;
use crate::rows::{Columns, Query, change, run, stored_as};

/// Where the person's dealing with an offer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferState {
    /// Nothing was done with it.
    Open,
    /// The person does not want to see it.
    Dismissed,
    /// The person wants it, and the request that belongs to it is awaited.
    Accepting,
    /// The request that belongs to it has come.
    Accepted,
}

stored_as!(OfferState {
    Open = "open",
    Dismissed = "dismissed",
    Accepting = "accepting",
    Accepted = "accepted",
});

/// One offer as an operator's catalogue has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueOffer {
    /// The offer.
    pub offer_id: OfferId,
    /// The offer as signed.
    pub jws: String,
    /// JSON: the offer as understood.
    pub payload: String,
}

/// One offer and the person's dealing with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredOffer {
    /// The offer.
    pub offer_id: OfferId,
    /// Whose catalogue it is in.
    pub operator_id: OperatorId,
    /// The offer as signed.
    pub jws: String,
    /// JSON: the offer as understood.
    pub payload: String,
    /// Where the person's dealing with it stands.
    pub state: OfferState,
    /// Whom the person accepted it for.
    pub subject_id: Option<PersonId>,
    /// The key under which asking for its request counts once.
    pub accept_key: Option<Uuid>,
    /// The request that came of it.
    pub request_id: Option<RequestId>,
    /// When it was last seen in the catalogue.
    pub fetched_at: Timestamp,
    /// When the person was told of it.
    pub notified_at: Option<Timestamp>,
}

/// Takes over an operator's catalogue of today. What the person did with an offer stays, also
/// when the offer has gone; an untouched offer goes with its catalogue.
///
/// An offer with the identifier of another operator's is left out.
///
/// # Errors
///
/// Fails if the operator is not there.
pub fn replace_catalogue(
    tx: &Transaction<'_>,
    operator: &OperatorId,
    offers: &[CatalogueOffer],
    now: Timestamp,
) -> Result<(), VaultError> {
    for offer in offers {
        run(
            tx,
            "put an offer",
            "INSERT INTO offer (offer_id, operator_id, jws, payload, fetched_at)
             VALUES (:offer, :operator, :jws, :payload, :now)
             ON CONFLICT (offer_id) DO UPDATE
                SET jws = excluded.jws, payload = excluded.payload,
                    fetched_at = excluded.fetched_at
              WHERE operator_id = excluded.operator_id",
            named_params! {
                ":offer": offer.offer_id.as_str(),
                ":operator": operator.as_str(),
                ":jws": offer.jws,
                ":payload": offer.payload,
                ":now": now.as_millisecond(),
            },
        )?;
    }
    let listed: Vec<&str> = offers.iter().map(|offer| offer.offer_id.as_str()).collect();
    run(
        tx,
        "take out offers that have gone",
        "DELETE FROM offer
          WHERE operator_id = :operator AND state = 'open'
            AND offer_id NOT IN (SELECT value FROM json_each(:listed))",
        named_params! {
            ":operator": operator.as_str(),
            ":listed": serde_json::Value::from(listed).to_string(),
        },
    )
    .map(drop)
}

/// Moves an offer to `state`.
///
/// # Errors
///
/// Fails if the offer is not there.
pub fn set_state(tx: &Transaction<'_>, id: &OfferId, state: OfferState) -> Result<(), VaultError> {
    change(
        tx,
        "set an offer's state",
        "UPDATE offer SET state = :state WHERE offer_id = :id",
        named_params! { ":id": id.as_str(), ":state": state.code() },
    )
}

/// Moves an offer to accepted, with the request that came of it.
///
/// # Errors
///
/// Fails if the offer is not there.
pub fn set_request(
    tx: &Transaction<'_>,
    id: &OfferId,
    request: &RequestId,
) -> Result<(), VaultError> {
    change(
        tx,
        "set an offer's request",
        "UPDATE offer SET state = 'accepted', request_id = :request WHERE offer_id = :id",
        named_params! { ":id": id.as_str(), ":request": request.as_str() },
    )
}

/// Notes that the person accepted an offer for `subject`, and awaits the request that belongs to
/// it. Asking for it counts once under `key`.
///
/// # Errors
///
/// Fails if the offer is not there.
pub fn begin_accepting(
    tx: &Transaction<'_>,
    id: &OfferId,
    subject: &PersonId,
    key: Uuid,
) -> Result<(), VaultError> {
    change(
        tx,
        "accept an offer",
        "UPDATE offer SET state = 'accepting', subject_id = :subject, accept_key = :key
          WHERE offer_id = :id",
        named_params! {
            ":id": id.as_str(),
            ":subject": subject.as_str(),
            ":key": key.to_string(),
        },
    )
}

/// Notes that the person was told of an offer. The first time counts.
///
/// # Errors
///
/// Fails if the offer is not there.
pub fn mark_notified(tx: &Transaction<'_>, id: &OfferId, now: Timestamp) -> Result<(), VaultError> {
    change(
        tx,
        "mark an offer as notified",
        "UPDATE offer SET notified_at = COALESCE(notified_at, :now) WHERE offer_id = :id",
        named_params! { ":id": id.as_str(), ":now": now.as_millisecond() },
    )
}

/// Returns one offer.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn find(conn: &Connection, id: &OfferId) -> Result<Option<StoredOffer>, VaultError> {
    Query {
        table: "offer",
        action: "find an offer",
        sql: "SELECT * FROM offer WHERE offer_id = :id",
    }
    .first(conn, named_params! { ":id": id.as_str() }, read)
}

/// Returns all offers, whatever their state.
///
/// # Errors
///
/// Returns [`VaultError::Corrupt`] if a stored value is not one this version writes.
pub fn list(conn: &Connection) -> Result<Vec<StoredOffer>, VaultError> {
    Query {
        table: "offer",
        action: "list the offers",
        sql: "SELECT * FROM offer ORDER BY operator_id, offer_id",
    }
    .all(conn, [], read)
}

fn read(row: &Columns<'_, '_>) -> Result<StoredOffer, VaultError> {
    Ok(StoredOffer {
        offer_id: row.parse("offer_id")?,
        operator_id: row.parse("operator_id")?,
        jws: row.get("jws")?,
        payload: row.get("payload")?,
        state: row.code("state", OfferState::from_code)?,
        subject_id: row.parse_opt("subject_id")?,
        accept_key: row.parse_opt("accept_key")?,
        request_id: row.parse_opt("request_id")?,
        fetched_at: row.time("fetched_at")?,
        notified_at: row.time_opt("notified_at")?,
    })
}
