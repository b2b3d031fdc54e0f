//! Consent records, their events, statements and receipts.

use consent::record::{Event, EventKind, Status};
use consent::{ConsentId, StatementId};
use rstest::rstest;
use uuid::Uuid;
use vault::statements::{ChainHead, StoredStatement};
use vault::{Vault, VaultError, consents, receipts, statements};

use super::Place;
use crate::support::{CONSENT, STATEMENT, at, consent, personal, receipt, statement};

#[rstest]
fn a_record_comes_back_as_it_was_given(#[values(Place::Memory, Place::Disk)] place: Place) {
    let filled = place.filled();
    let vault = &filled.vault;

    let standing = vault
        .read(|conn| consents::find(conn, CONSENT))
        .unwrap()
        .unwrap();

    assert_eq!(standing.consent, consent("Aino"));
    assert_eq!(standing.status, Status::Given);
    assert_eq!(standing.changed_at, Some(at(2)));
    assert_eq!(standing.as_record().id, CONSENT);
    assert_eq!(vault.read(consents::list).unwrap(), [standing]);
}

#[rstest]
#[case::given(&[EventKind::Given], Status::Given)]
#[case::refused(&[EventKind::Refused], Status::Refused)]
#[case::deferred(&[EventKind::Deferred], Status::Deferred)]
#[case::paused(&[EventKind::Given, EventKind::Paused], Status::Paused)]
#[case::resumed(&[EventKind::Given, EventKind::Paused, EventKind::Resumed], Status::Given)]
#[case::withdrawn(&[EventKind::Given, EventKind::Withdrawn], Status::Withdrawn)]
#[case::revoked(&[EventKind::Given, EventKind::Revoked], Status::Revoked)]
#[case::expired(&[EventKind::Given, EventKind::Expired], Status::Expired)]
#[case::nothing_yet(&[], Status::Requested)]
fn status_follows_from_the_newest_event(#[case] kinds: &[EventKind], #[case] expected: Status) {
    let mut filled = Place::Memory.filled();
    let vault = &mut filled.vault;
    let id = ConsentId::from_uuid(Uuid::from_u128(40));
    let record = consents::StoredConsent {
        consent_id: id,
        ..consent("Eero")
    };
    vault.write(|tx| consents::insert(tx, &record)).unwrap();
    for (second, kind) in (10..).zip(kinds) {
        vault
            .write(|tx| consents::append(tx, &happened(id, second, *kind)))
            .unwrap();
    }

    let standing = vault
        .read(|conn| consents::find(conn, id))
        .unwrap()
        .unwrap();
    let steps = vault.read(|conn| consents::steps(conn, id)).unwrap();

    assert_eq!(standing.status, expected);
    let stored: Vec<EventKind> = steps.iter().map(|step| step.event.kind).collect();
    assert_eq!(stored, kinds);
    assert!(
        steps
            .windows(2)
            .all(|pair| pair[0].event_seq < pair[1].event_seq)
    );
}

#[rstest]
fn only_permissions_past_their_date_are_lapsed(#[values(Place::Memory, Place::Disk)] place: Place) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;
    let lapsed = |vault: &Vault, now| {
        vault
            .read(|conn| consents::list_lapsed(conn, now))
            .unwrap()
            .len()
    };

    assert_eq!(lapsed(vault, at(86_399)), 0);
    assert_eq!(lapsed(vault, at(86_400)), 1);
    vault
        .write(|tx| consents::append(tx, &happened(CONSENT, 86_400, EventKind::Expired)))
        .unwrap();
    assert_eq!(lapsed(vault, at(86_400)), 0, "once it is written");
}

#[rstest]
fn nothing_happens_to_a_record_that_is_not_there(
    #[values(Place::Memory, Place::Disk)] place: Place,
) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;
    let nobody = ConsentId::from_uuid(Uuid::from_u128(99));

    let outcome = vault.write(|tx| consents::append(tx, &happened(nobody, 3, EventKind::Given)));

    assert!(
        matches!(outcome, Err(VaultError::Sqlite { .. })),
        "{outcome:?}"
    );
}

#[rstest]
fn a_chain_ends_at_its_newest_statement_that_holds(
    #[values(Place::Memory, Place::Disk)] place: Place,
) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;
    let second = later(50, 2, "second");
    let anew = later(51, 3, "anew");
    let head = |vault: &Vault| vault.read(|conn| statements::head(conn, CONSENT)).unwrap();

    let first_head = head(vault);
    vault.write(|tx| statements::insert(tx, &second)).unwrap();
    let second_head = head(vault);
    vault
        .write(|tx| {
            statements::supersede(tx, second.statement_id)?;
            statements::insert(tx, &anew)
        })
        .unwrap();

    assert_eq!(
        first_head,
        Some(ChainHead {
            chain_seq: 1,
            hash: "Aino".to_owned()
        })
    );
    assert_eq!(
        second_head,
        Some(ChainHead {
            chain_seq: 2,
            hash: "second".to_owned()
        })
    );
    assert_eq!(
        head(vault),
        Some(ChainHead {
            chain_seq: 3,
            hash: "anew".to_owned()
        })
    );
    let superseded = StoredStatement {
        is_superseded: true,
        ..second
    };
    assert_eq!(
        vault.read(|conn| statements::list(conn, CONSENT)).unwrap(),
        [statement("Aino", 1), superseded, anew]
    );
    assert_eq!(
        vault
            .read(|conn| statements::find(conn, STATEMENT))
            .unwrap(),
        Some(statement("Aino", 1))
    );
}

#[rstest]
fn a_place_in_the_chain_is_taken_once(#[values(Place::Memory, Place::Disk)] place: Place) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;
    let rival = later(50, 1, "rival");

    let taken = vault.write(|tx| statements::insert(tx, &rival));
    vault
        .write(|tx| statements::supersede(tx, STATEMENT))
        .unwrap();
    let freed = vault.write(|tx| statements::insert(tx, &rival));

    assert!(matches!(taken, Err(VaultError::Sqlite { .. })), "{taken:?}");
    freed.unwrap();
}

#[rstest]
fn a_receipt_counts_once(#[values(Place::Memory, Place::Disk)] place: Place) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;
    let again = receipts::StoredReceipt {
        jws: personal("other"),
        ..receipt("Aino")
    };

    let is_new = vault.write(|tx| receipts::insert(tx, &again)).unwrap();

    assert!(!is_new);
    assert_eq!(
        vault.read(|conn| receipts::list(conn, CONSENT)).unwrap(),
        [receipt("Aino")]
    );
}

fn happened(consent: ConsentId, second: i64, kind: EventKind) -> Event {
    Event {
        consent,
        at: at(second),
        kind,
    }
}

fn later(number: u128, chain_seq: u64, hash: &str) -> StoredStatement {
    StoredStatement {
        statement_id: StatementId::from_uuid(Uuid::from_u128(number)),
        chain_seq,
        ..statement(hash, 1)
    }
}
