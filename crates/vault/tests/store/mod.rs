//! What each table promises, in memory and on disk alike.

mod consents;
mod operators;
mod outbox;
mod requests;
mod snapshots;

use rstest::rstest;
use vault::{Vault, VaultError, accesses, events, journal, settings};

use crate::support::{CONSENT, Home, access, at, event, fill, operator_id};

/// Where a vault is.
#[derive(Clone, Copy, Debug)]
enum Place {
    Memory,
    Disk,
}

/// A vault with a row in every table, and the folder that it is in.
struct Filled {
    vault: Vault,
    _home: Option<Home>,
}

impl Place {
    fn filled(self) -> Filled {
        let (mut vault, home) = match self {
            Self::Memory => (Vault::in_memory().unwrap(), None),
            Self::Disk => {
                let home = Home::empty();
                (home.create(), Some(home))
            }
        };
        vault.write(|tx| fill(tx, "Aino")).unwrap();
        Filled { vault, _home: home }
    }
}

#[rstest]
fn a_setting_holds_the_last_choice_until_it_is_taken_back(
    #[values(Place::Memory, Place::Disk)] place: Place,
) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;

    vault
        .write(|tx| settings::put(tx, "language", "sv"))
        .unwrap();
    let chosen = vault.read(|conn| settings::find(conn, "language")).unwrap();
    vault.write(|tx| settings::remove(tx, "language")).unwrap();

    assert_eq!(chosen.as_deref(), Some("sv"));
    assert_eq!(
        vault.read(|conn| settings::find(conn, "language")).unwrap(),
        None
    );
}

#[rstest]
fn an_event_counts_once_and_waits_to_be_applied_and_acknowledged(
    #[values(Place::Memory, Place::Disk)] place: Place,
) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;
    let operator = operator_id();

    let is_new = vault
        .write(|tx| events::insert(tx, &event("again")))
        .unwrap();
    let unapplied = vault
        .read(|conn| events::list_unapplied(conn, &operator))
        .unwrap();
    vault
        .write(|tx| events::mark_applied(tx, &operator, "ev-1", at(7)))
        .unwrap();
    let unacked = vault
        .read(|conn| events::list_unacked(conn, &operator))
        .unwrap();
    vault
        .write(|tx| events::mark_acked(tx, &operator, "ev-1", at(8)))
        .unwrap();

    assert!(!is_new);
    for (id, expected) in [("ev-1", true), ("ev-2", false)] {
        let is_known = vault.read(|conn| events::is_known(conn, &operator, id));
        assert_eq!(is_known.unwrap(), expected, "{id}");
    }
    assert_eq!(unapplied, [event("Aino")], "the first one stays");
    assert_eq!(
        unacked.first().and_then(|event| event.applied_at),
        Some(at(7))
    );
    assert!(
        vault
            .read(|conn| events::list_unapplied(conn, &operator))
            .unwrap()
            .is_empty()
    );
    assert!(
        vault
            .read(|conn| events::list_unacked(conn, &operator))
            .unwrap()
            .is_empty()
    );
}

#[rstest]
fn uses_are_listed_newest_first_by_the_page(#[values(Place::Memory, Place::Disk)] place: Place) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;
    let later = accesses::StoredAccess {
        access_id: "acc-2".to_owned(),
        consent_id: None,
        happened_at: at(6),
        ..access("later")
    };

    let is_new = vault.write(|tx| accesses::insert(tx, &later)).unwrap();
    let is_new_again = vault.write(|tx| accesses::insert(tx, &later)).unwrap();

    assert!(is_new && !is_new_again);
    let page = |offset| vault.read(|conn| accesses::list(conn, offset, 1)).unwrap();
    assert_eq!(page(0), [later]);
    assert_eq!(page(1), [access("Aino")]);
    assert_eq!(
        vault
            .read(|conn| accesses::list_of_consent(conn, CONSENT))
            .unwrap(),
        [access("Aino")]
    );
    assert_eq!(vault.read(accesses::count_all).unwrap(), 2);
}

#[rstest]
fn the_journal_is_read_newest_first(#[values(Place::Memory, Place::Disk)] place: Place) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;

    vault
        .write(|tx| journal::append(tx, "vault-locked", None, at(9)))
        .unwrap();

    let entries = vault.read(|conn| journal::list(conn, 0, 9)).unwrap();
    let what: Vec<&str> = entries.iter().map(|entry| entry.what.as_str()).collect();
    assert_eq!(what, ["vault-locked", "vault-created"]);
    assert_eq!(
        vault.read(|conn| journal::list(conn, 1, 9)).unwrap().len(),
        1
    );
}

#[rstest]
#[case::a_time(
    "UPDATE access SET happened_at = 9223372036854775807",
    "access",
    "happened_at"
)]
#[case::an_identifier("UPDATE access SET consent_id = 'x'", "access", "consent_id")]
fn a_value_that_no_version_writes_is_named_and_not_quoted(
    #[case] sql: &str,
    #[case] its_table: &str,
    #[case] its_column: &str,
) {
    let mut filled = Place::Memory.filled();
    let vault = &mut filled.vault;
    vault
        .write(|tx| tx.execute_batch(sql).map_err(VaultError::during("spoil")))
        .unwrap();

    let error = vault.read(|conn| accesses::list(conn, 0, 9)).unwrap_err();

    let VaultError::Corrupt { table, column } = error else {
        panic!("{error:?}");
    };
    assert_eq!((table, column), (its_table, its_column));
}

#[test]
fn what_is_not_there_cannot_be_changed() {
    let mut vault = Vault::in_memory().unwrap();

    let error = vault
        .write(|tx| events::mark_applied(tx, &operator_id(), "ev-9", at(1)))
        .unwrap_err();

    assert!(matches!(error, VaultError::Missing { .. }), "{error:?}");
}
