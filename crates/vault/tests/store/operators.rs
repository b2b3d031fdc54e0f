//! Operators, and what comes from them.

use consent::{DataSourceId, LocalText, OfferId, PersonId, RequestId};
use pii::Secret;
use rstest::rstest;
use uuid::Uuid;
use vault::offers::{CatalogueOffer, OfferState};
use vault::operators::{StoredOperator, Tokens};
use vault::sources::StoredSource;
use vault::{Vault, VaultError, delegations, notices, offers, operators, services, sources};

use super::Place;
use crate::support::{at, delegation, notice, offer, operator, operator_id, service, source};

#[rstest]
fn an_operator_comes_back_as_it_was_stored(#[values(Place::Memory, Place::Disk)] place: Place) {
    let filled = place.filled();

    assert_eq!(found(&filled.vault), operator("Aino"));
    assert_eq!(
        filled.vault.read(operators::list).unwrap(),
        [operator("Aino")]
    );
}

#[rstest]
fn fresh_tokens_keep_the_refresh_token_unless_they_bring_one(
    #[values(Place::Memory, Place::Disk)] place: Place,
) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;
    let secret = |text: &str| Secret::new(text.to_owned());
    let tokens = Tokens {
        access_token: secret("new"),
        refresh_token: None,
        token_expires_at: Some(at(9)),
    };

    vault
        .write(|tx| operators::require_sign_in(tx, &operator_id()))
        .unwrap();
    let signed_out = found(vault);
    let first = Tokens {
        refresh_token: Some(secret("refresh")),
        ..tokens.clone()
    };
    vault
        .write(|tx| operators::update_tokens(tx, &operator_id(), &first))
        .unwrap();
    vault
        .write(|tx| operators::update_tokens(tx, &operator_id(), &tokens))
        .unwrap();

    assert_eq!(
        (signed_out.access_token, signed_out.refresh_token),
        (None, None)
    );
    assert!(signed_out.sign_in_needed);
    let now = found(vault);
    assert_eq!(now.access_token, Some(secret("new")));
    assert_eq!(now.refresh_token, Some(secret("refresh")));
    assert_eq!(now.token_expires_at, Some(at(9)));
    assert!(!now.sign_in_needed);
}

#[rstest]
fn each_part_of_the_standing_is_set_by_itself(#[values(Place::Memory, Place::Disk)] place: Place) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;
    let id = operator_id();

    vault
        .write(|tx| {
            operators::update_discovery(tx, &id, "https://b", &LocalText::same("B"), "{}")?;
            operators::pin_keys(tx, &id, "keys")?;
            operators::set_person(tx, &id, &PersonId::parse("Eero").unwrap())?;
            operators::set_binding(tx, &id, "binding")?;
            operators::update_stream(tx, &id, None)?;
            operators::note_contact(tx, &id, at(50))?;
            operators::set_access_log_after(tx, &id, 51)?;
            operators::set_offers_version(tx, &id, 52)
        })
        .unwrap();

    let expected = StoredOperator {
        base_url: "https://b".to_owned(),
        name: LocalText::same("B"),
        discovered: "{}".to_owned(),
        pinned_keys: "keys".to_owned(),
        person_id: Some(PersonId::parse("Eero").unwrap()),
        binding: Some(crate::support::personal("binding")),
        stream_url: None,
        last_contact_at: Some(at(50)),
        last_failure: None,
        access_log_after: 51,
        offers_version: 52,
        ..operator("Aino")
    };
    assert_eq!(found(vault), expected);
}

#[rstest]
fn a_failure_is_noted_until_the_next_contact(#[values(Place::Memory, Place::Disk)] place: Place) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;

    vault
        .write(|tx| operators::note_failure(tx, &operator_id(), "timeout"))
        .unwrap();
    let failed = found(vault);
    vault
        .write(|tx| operators::note_contact(tx, &operator_id(), at(9)))
        .unwrap();

    assert_eq!(failed.last_failure.as_deref(), Some("timeout"));
    assert_eq!(
        failed.last_contact_at,
        Some(at(1)),
        "the last one that worked"
    );
    assert_eq!(found(vault).last_failure, None);
}

#[rstest]
fn the_newest_event_never_goes_back(#[values(Place::Memory, Place::Disk)] place: Place) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;

    for seq in [480, 479] {
        vault
            .write(|tx| operators::set_last_event_seq(tx, &operator_id(), seq))
            .unwrap();
    }

    assert_eq!(found(vault).last_event_seq, 480);
}

#[rstest]
fn a_new_device_key_has_no_binding(#[values(Place::Memory, Place::Disk)] place: Place) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;
    let seed = Secret::new([9; 32]);

    vault
        .write(|tx| operators::set_device_seed(tx, &operator_id(), &seed))
        .unwrap();

    let now = found(vault);
    assert_eq!(now.device_seed, Some(seed));
    assert_eq!(now.binding, None);
}

#[rstest]
fn delegations_are_those_of_today(#[values(Place::Memory, Place::Disk)] place: Place) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;
    let aino = PersonId::parse("Aino").unwrap();
    let eero = delegation("Eero");
    let before = vault
        .read(|conn| delegations::find(conn, &operator_id(), &aino))
        .unwrap();

    vault
        .write(|tx| delegations::replace_all(tx, &operator_id(), std::slice::from_ref(&eero)))
        .unwrap();

    assert_eq!(before, Some(delegation("Aino")));
    assert_eq!(
        vault
            .read(|conn| delegations::list(conn, &operator_id()))
            .unwrap(),
        [eero]
    );
    assert_eq!(
        vault
            .read(|conn| delegations::find(conn, &operator_id(), &aino))
            .unwrap(),
        None
    );
}

#[rstest]
fn services_are_those_of_today(#[values(Place::Memory, Place::Disk)] place: Place) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;
    let id = service("Aino").service_id;
    let before = vault
        .read(|conn| services::find(conn, &operator_id(), &id))
        .unwrap();

    vault
        .write(|tx| services::put(tx, &service("described anew")))
        .unwrap();
    let anew = vault
        .read(|conn| services::list(conn, &operator_id()))
        .unwrap();
    vault
        .write(|tx| services::replace_all(tx, &operator_id(), &[]))
        .unwrap();

    assert_eq!(before, Some(service("Aino")));
    assert_eq!(anew, [service("described anew")]);
    assert!(
        vault
            .read(|conn| services::list(conn, &operator_id()))
            .unwrap()
            .is_empty()
    );
}

#[rstest]
fn a_schema_stays_while_its_address_does(#[values(Place::Memory, Place::Disk)] place: Place) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;
    let id = DataSourceId::parse("urn:source:family").unwrap();
    let schema = |vault: &Vault| {
        vault
            .read(|conn| sources::find(conn, &operator_id(), &id))
            .unwrap()
            .unwrap()
            .schema
    };
    let same = StoredSource {
        schema: None,
        ..source("new entry")
    };
    let moved = StoredSource {
        schema_url: "https://b/2".to_owned(),
        ..same.clone()
    };

    vault.write(|tx| sources::put(tx, &same)).unwrap();
    let kept = schema(vault);
    vault.write(|tx| sources::put(tx, &moved)).unwrap();
    let dropped = schema(vault);
    let set = |vault: &mut Vault, url: &str| {
        vault.write(|tx| sources::set_schema(tx, &operator_id(), &id, url, "{}"))
    };
    let of_old_address = set(vault, "https://operator.example.fi/schema/1");
    set(vault, "https://b/2").unwrap();

    assert_eq!(kept.as_deref(), Some("Aino"));
    assert_eq!(dropped, None);
    assert!(matches!(of_old_address, Err(VaultError::Missing { .. })));
    assert_eq!(schema(vault).as_deref(), Some("{}"));
    assert_eq!(
        vault
            .read(|conn| sources::list(conn, &operator_id()))
            .unwrap()
            .len(),
        1
    );
}

#[rstest]
fn a_notice_stays_as_it_was_read(#[values(Place::Memory, Place::Disk)] place: Place) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;
    let kept = notice("Aino");
    let other = notices::StoredNotice {
        body: "other words".to_owned(),
        ..kept.clone()
    };

    vault.write(|tx| notices::put(tx, &other)).unwrap();

    let find = |hash: &str| {
        vault
            .read(|conn| notices::find(conn, &kept.uri, &kept.version, kept.language, hash))
            .unwrap()
    };
    assert_eq!(find("Aino"), Some(kept.clone()));
    assert_eq!(find("another hash"), None);
}

#[rstest]
fn the_catalogue_is_todays_and_keeps_what_the_person_did(
    #[values(Place::Memory, Place::Disk)] place: Place,
) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;
    let id = |text: &str| OfferId::parse(text).unwrap();
    let listed = |text: &str, words: &str| CatalogueOffer {
        offer_id: id(text),
        ..offer(words)
    };
    let take_over = |vault: &mut Vault, catalogue: &[CatalogueOffer]| {
        vault
            .write(|tx| offers::replace_catalogue(tx, &operator_id(), catalogue, at(20)))
            .unwrap();
    };
    take_over(
        vault,
        &[
            listed("offer-1", "a"),
            listed("offer-2", "b"),
            listed("offer-3", "c"),
        ],
    );
    vault
        .write(|tx| {
            offers::set_state(tx, &id("offer-1"), OfferState::Dismissed)?;
            offers::mark_notified(tx, &id("offer-2"), at(21))?;
            offers::mark_notified(tx, &id("offer-2"), at(22))?;
            offers::set_request(tx, &id("offer-2"), &RequestId::parse("req-2").unwrap())
        })
        .unwrap();

    take_over(vault, &[listed("offer-2", "new words")]);

    let left = vault.read(offers::list).unwrap();
    let states: Vec<_> = left
        .iter()
        .map(|it| (it.offer_id.as_str(), it.state))
        .collect();
    assert_eq!(
        states,
        [
            ("offer-1", OfferState::Dismissed),
            ("offer-2", OfferState::Accepted)
        ],
        "the untouched one has gone"
    );
    let accepted = vault
        .read(|conn| offers::find(conn, &id("offer-2")))
        .unwrap()
        .unwrap();
    assert_eq!(accepted.payload, "new words");
    assert_eq!(
        accepted.request_id,
        Some(RequestId::parse("req-2").unwrap())
    );
    assert_eq!(accepted.notified_at, Some(at(21)), "the first time counts");
}

#[rstest]
fn an_offer_is_accepted_for_someone_under_one_key(
    #[values(Place::Memory, Place::Disk)] place: Place,
) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;
    let (id, eero) = (offer("Aino").offer_id, PersonId::parse("Eero").unwrap());
    let key = Uuid::from_u128(70);

    vault
        .write(|tx| offers::begin_accepting(tx, &id, &eero, key))
        .unwrap();

    let accepting = vault.read(|conn| offers::find(conn, &id)).unwrap().unwrap();
    assert_eq!(accepting.state, OfferState::Accepting);
    assert_eq!(accepting.subject_id, Some(eero));
    assert_eq!(accepting.accept_key, Some(key));
}

#[rstest]
fn an_operator_cannot_take_over_the_offer_of_another(
    #[values(Place::Memory, Place::Disk)] place: Place,
) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;
    let other = StoredOperator {
        operator_id: consent::OperatorId::parse("https://other.example").unwrap(),
        ..operator("Other")
    };

    vault
        .write(|tx| {
            operators::insert(tx, &other)?;
            offers::replace_catalogue(tx, &other.operator_id, &[offer("hijacked")], at(9))
        })
        .unwrap();

    let kept = vault.read(offers::list).unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].payload, "Aino");
    assert_eq!(kept[0].operator_id, operator_id());
}

fn found(vault: &Vault) -> StoredOperator {
    vault
        .read(|conn| operators::find(conn, &operator_id()))
        .unwrap()
        .unwrap()
}
