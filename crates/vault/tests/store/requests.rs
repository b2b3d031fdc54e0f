//! Access requests.

use consent::RequestId;
use rstest::rstest;
use vault::requests::{RequestState, StoredRequest};
use vault::{Vault, requests};

use super::Place;
use crate::support::{CONSENT, at, personal, request};

#[rstest]
fn a_request_counts_once(#[values(Place::Memory, Place::Disk)] place: Place) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;

    let is_new = vault
        .write(|tx| requests::insert(tx, &request("again")))
        .unwrap();

    assert!(!is_new);
    assert_eq!(found(vault), request("Aino"));
}

#[rstest]
fn a_request_moves_through_its_states(#[values(Place::Memory, Place::Disk)] place: Place) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;
    let id = id();
    let listed = |vault: &Vault, state| {
        vault
            .read(|conn| requests::list(conn, state))
            .unwrap()
            .len()
    };

    vault
        .write(|tx| requests::set_state(tx, &id, RequestState::Deferred))
        .unwrap();
    assert_eq!(listed(vault, RequestState::Requested), 0);
    assert_eq!(listed(vault, RequestState::Deferred), 1);

    vault
        .write(|tx| requests::set_answer(tx, &id, CONSENT))
        .unwrap();
    assert_eq!(listed(vault, RequestState::Answered), 1);
    assert_eq!(found(vault).consent_id, Some(CONSENT));
}

#[rstest]
fn requests_are_listed_newest_first(#[values(Place::Memory, Place::Disk)] place: Place) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;
    let later = StoredRequest {
        request_id: RequestId::parse("req-0").unwrap(),
        received_at: at(2),
        ..request("later")
    };
    vault.write(|tx| requests::insert(tx, &later)).unwrap();

    let list = vault
        .read(|conn| requests::list(conn, RequestState::Requested))
        .unwrap();

    assert_eq!(list, [later, request("Aino")]);
}

#[rstest]
fn the_first_telling_counts_and_understanding_can_improve(
    #[values(Place::Memory, Place::Disk)] place: Place,
) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;

    vault
        .write(|tx| {
            requests::mark_notified(tx, &id(), at(5))?;
            requests::mark_notified(tx, &id(), at(6))?;
            requests::set_understood(tx, &id(), &personal("better"))
        })
        .unwrap();

    let now = found(vault);
    assert_eq!(now.notified_at, Some(at(5)));
    assert_eq!(now.request, Some(personal("better")));
}

fn id() -> RequestId {
    RequestId::parse("req-1").unwrap()
}

fn found(vault: &Vault) -> StoredRequest {
    vault
        .read(|conn| requests::find(conn, &id()))
        .unwrap()
        .unwrap()
}
