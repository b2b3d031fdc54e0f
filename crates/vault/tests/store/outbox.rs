//! What is owed to an operator.

use rstest::rstest;
use uuid::Uuid;
use vault::outbox::{MessageState, NewMessage, OwedMessage};
use vault::{Vault, VaultError, outbox};

use super::Place;
use crate::support::{CONSENT, STATEMENT, at, message, operator_id, personal};

const FIRST: Uuid = STATEMENT.as_uuid();
const SECOND: Uuid = Uuid::from_u128(60);
const ANEW: Uuid = Uuid::from_u128(61);

#[rstest]
fn messages_are_owed_in_the_order_of_their_decisions(
    #[values(Place::Memory, Place::Disk)] place: Place,
) {
    let vault = with_two(place);

    let owed = owed(&vault);

    let order: Vec<_> = owed.iter().map(|it| (it.message_id, it.position)).collect();
    assert_eq!(order, [(FIRST, 1), (SECOND, 2)]);
    assert_eq!(owed[0].body, personal("Aino"));
    assert_eq!(owed[0].state, MessageState::Queued);
    assert!(owed[1].is_withdrawal);
    assert_eq!(vault.read(outbox::count_owed).unwrap(), 2);
}

#[rstest]
fn a_message_being_sent_is_still_owed(#[values(Place::Memory, Place::Disk)] place: Place) {
    let mut vault = with_two(place);

    for _ in 0..2 {
        vault.write(|tx| outbox::mark_sending(tx, FIRST)).unwrap();
    }

    let first = find(&vault, FIRST);
    assert_eq!((first.state, first.attempts), (MessageState::Sending, 2));
    assert_eq!(owed(&vault).len(), 2);
}

#[rstest]
fn an_accepted_message_is_owed_no_more_and_keeps_no_text(
    #[values(Place::Memory, Place::Disk)] place: Place,
) {
    let mut vault = with_two(place);

    for second in [5, 6] {
        vault
            .write(|tx| outbox::mark_accepted(tx, FIRST, at(second)))
            .unwrap();
    }

    let first = find(&vault, FIRST);
    assert_eq!(first.state, MessageState::Accepted);
    assert_eq!(first.body, personal(""));
    assert_eq!(first.settled_at, Some(at(5)), "the first time counts");
    assert_eq!(vault.read(outbox::count_owed).unwrap(), 1);
    for late in [
        vault.write(|tx| outbox::mark_sending(tx, FIRST)),
        vault.write(|tx| outbox::set_aside(tx, FIRST, "late", at(7))),
        vault.write(|tx| outbox::requeue(tx, FIRST, None)),
        vault.write(|tx| outbox::replace(tx, FIRST, ANEW, &personal("late"))),
    ] {
        assert!(matches!(late, Err(VaultError::Missing { .. })), "{late:?}");
    }
}

#[rstest]
fn a_message_set_aside_is_shown_and_can_be_owed_again(
    #[values(Place::Memory, Place::Disk)] place: Place,
) {
    let mut vault = with_two(place);

    vault
        .write(|tx| outbox::set_aside(tx, FIRST, "bad-signature", at(5)))
        .unwrap();
    let aside = vault.read(outbox::list_set_aside).unwrap();
    let owed_meanwhile = owed(&vault).len();
    vault
        .write(|tx| outbox::requeue(tx, FIRST, Some(at(9))))
        .unwrap();

    assert_eq!(aside[0].problem.as_deref(), Some("bad-signature"));
    assert_eq!(owed_meanwhile, 1);
    let again = &owed(&vault)[0];
    assert_eq!(
        (again.message_id, again.position),
        (FIRST, 1),
        "in its old position"
    );
    assert_eq!(again.not_before, Some(at(9)));
    assert_eq!((again.problem.as_deref(), again.settled_at), (None, None));
}

#[rstest]
fn a_message_signed_anew_takes_the_place_of_the_old_one(
    #[values(Place::Memory, Place::Disk)] place: Place,
) {
    let mut vault = with_two(place);
    vault.write(|tx| outbox::mark_sending(tx, FIRST)).unwrap();

    vault
        .write(|tx| outbox::replace(tx, FIRST, ANEW, &personal("anew")))
        .unwrap();

    let owed = owed(&vault);
    let order: Vec<_> = owed.iter().map(|it| (it.message_id, it.position)).collect();
    assert_eq!(order, [(ANEW, 1), (SECOND, 2)]);
    assert_eq!(owed[0].body, personal("anew"));
    assert_eq!((owed[0].state, owed[0].attempts), (MessageState::Queued, 0));
    assert_eq!(
        vault
            .read(|conn| outbox::list_of_consent(conn, CONSENT))
            .unwrap()
            .len(),
        2,
        "the old one is owed to nobody"
    );
}

#[rstest]
fn the_same_message_is_not_owed_twice(#[values(Place::Memory, Place::Disk)] place: Place) {
    let mut vault = with_two(place);

    let outcome = vault.write(|tx| outbox::push(tx, &message("again")));

    assert!(
        matches!(outcome, Err(VaultError::Sqlite { .. })),
        "{outcome:?}"
    );
}

/// Returns a vault that owes a statement and then a withdrawal.
fn with_two(place: Place) -> Vault {
    let mut filled = place.filled();
    let second = NewMessage {
        message_id: SECOND,
        is_withdrawal: true,
        ..message("second")
    };
    filled.vault.write(|tx| outbox::push(tx, &second)).unwrap();
    filled.vault
}

fn owed(vault: &Vault) -> Vec<OwedMessage> {
    vault
        .read(|conn| outbox::list_owed(conn, &operator_id()))
        .unwrap()
}

fn find(vault: &Vault, id: Uuid) -> OwedMessage {
    vault.read(|conn| outbox::find(conn, id)).unwrap().unwrap()
}
