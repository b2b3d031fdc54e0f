//! The rules of delivery, each on its own.

use std::time::Duration;

use operator_protocol::problem::{Problem, ProblemKind};
use rstest::rstest;
use uuid::Uuid;

use super::*;
use crate::backoff::RetryAfter;
use crate::failure::{Failure, Refusal};

const NO_JITTER: Jitter = Jitter(0);

#[test]
fn a_message_stays_owed_until_the_operator_has_it() {
    let mut delivery = Delivery::from_rows([statement(1, 1)]);

    assert_eq!(delivery.poll(at(0)), sends(1));
    reply(&mut delivery, 1, Reply::Unreachable, 0);
    assert_eq!(
        delivery.poll(at(4)),
        Step::WaitUntil(at(5)),
        "five seconds after the first failure"
    );
    assert_eq!(delivery.poll(at(5)), sends(1));
    assert_eq!(
        reply(&mut delivery, 1, Reply::Accepted, 6),
        Some(Effect::Settled(message(1)))
    );
    assert_eq!((delivery.poll(at(6)), delivery.owed()), (Step::Idle, 0));
}

#[test]
fn a_message_that_was_being_sent_when_the_app_died_is_sent_again() {
    let mut delivery = Delivery::from_rows([statement(1, 1)]);
    let before = delivery.poll(at(0));

    delivery = Delivery::from_rows([statement(1, 1)]);

    assert_eq!(delivery.poll(at(0)), before);
}

#[test]
fn messages_of_one_consent_go_in_order_whatever_the_order_of_the_rows() {
    let delivery = Delivery::from_rows([statement(3, 1), record(1, 1), statement(2, 1)]);

    assert_eq!(drain(delivery), [1, 2, 3]);
}

#[test]
fn a_withdrawal_overtakes_other_consents_and_takes_along_what_must_precede_it() {
    let delivery = Delivery::from_rows([
        statement(1, 1),
        record(2, 2),
        statement(3, 2),
        withdrawal(4, 2),
        statement(5, 3),
    ]);

    assert_eq!(drain(delivery), [2, 3, 4, 1, 5]);
}

#[test]
fn a_refused_message_is_set_aside_and_holds_up_only_its_own_consent() {
    let mut delivery = Delivery::from_rows([statement(1, 1), statement(2, 1), statement(3, 2)]);

    let effect = reply(&mut delivery, 1, Reply::Refused, 0);

    assert_eq!(effect, Some(Effect::SetAside(message(1))));
    assert_eq!(delivery.poll(at(0)), sends(3));
    reply(&mut delivery, 3, Reply::Accepted, 0);
    assert_eq!((delivery.poll(at(0)), delivery.owed()), (Step::Idle, 2));
}

#[test]
fn what_was_set_aside_is_sent_again_when_the_person_asks() {
    let set_aside = Item {
        standing: Standing::SetAside,
        ..statement(1, 1)
    };
    let mut delivery = Delivery::from_rows([set_aside, statement(2, 1)]);
    assert_eq!(delivery.poll(at(0)), Step::Idle);

    delivery.try_again(message(1));

    assert_eq!(drain(delivery), [1, 2]);
}

#[test]
fn trouble_with_one_message_does_not_hold_up_another_consents_withdrawal() {
    let mut delivery = Delivery::from_rows([statement(1, 1)]);
    reply(&mut delivery, 1, Reply::Trouble(None), 0);

    delivery.enqueue(withdrawal(2, 2));

    assert_eq!(delivery.poll(at(0)), sends(2));
}

#[test]
fn a_busy_operator_is_left_alone_for_as_long_as_it_asks() {
    let mut delivery = Delivery::from_rows([statement(1, 1), withdrawal(2, 2)]);
    let asked = RetryAfter::After(Duration::from_secs(90));

    reply(&mut delivery, 2, Reply::Busy(Some(asked)), 0);

    assert_eq!(delivery.poll(at(1)), Step::WaitUntil(at(90)));
}

#[test]
fn a_conflict_has_the_rest_of_the_chain_signed_anew_and_sent_in_order() {
    let mut delivery = Delivery::from_rows([statement(1, 1), withdrawal(2, 1)]);
    let head = StatementHead {
        seq: 7,
        hash: "sha-256:x".into(),
    };

    let effect = reply(
        &mut delivery,
        1,
        Reply::ChainConflict(Some(head.clone())),
        0,
    );

    assert_eq!(
        effect,
        Some(Effect::Resign {
            consent: consent(1),
            message: message(1),
            head: Some(head)
        })
    );
    assert_eq!(delivery.poll(at(0)), Step::Idle, "until it is signed anew");
    delivery.replace(
        consent(1),
        &[(message(1), message(11)), (message(2), message(12))],
    );
    assert_eq!(drain(delivery), [11, 12]);
}

#[test]
fn an_operator_that_finds_conflict_after_conflict_is_asked_ever_less_often() {
    let mut delivery = Delivery::from_rows([statement(1, 1)]);
    let mut now = 0;

    for round in 0_u128..6 {
        reply(&mut delivery, 1 + round, Reply::ChainConflict(None), now);
        delivery.replace(consent(1), &[(message(1 + round), message(2 + round))]);
        if let Step::WaitUntil(time) = delivery.poll(at(now)) {
            now = time.as_second();
        }
    }

    assert_eq!(now, 5 + 10 + 20 + 40 + 80);
}

#[test]
fn a_record_that_the_operator_lacks_goes_before_the_statement() {
    let mut delivery = Delivery::from_rows([statement(1, 1)]);
    let record = Parcel::RecordOf(consent(1));

    reply(&mut delivery, 1, Reply::RecordUnknown, 0);

    assert_eq!(delivery.poll(at(0)), Step::Send(record));
    assert_eq!(
        delivery.on_reply(record, Reply::Accepted, at(0), NO_JITTER),
        None
    );
    assert_eq!(drain(delivery), [1]);
}

#[test]
fn an_operator_that_keeps_losing_the_record_is_asked_ever_less_often() {
    let mut delivery = Delivery::from_rows([statement(1, 1)]);
    let record = Parcel::RecordOf(consent(1));

    for _ in 0..2 {
        reply(&mut delivery, 1, Reply::RecordUnknown, 0);
        if delivery.poll(at(0)) == Step::Send(record) {
            delivery.on_reply(record, Reply::Accepted, at(0), NO_JITTER);
        }
    }

    assert_eq!(delivery.poll(at(0)), Step::WaitUntil(at(5)));
}

#[test]
fn a_refused_record_sets_the_statement_aside() {
    let mut delivery = Delivery::from_rows([statement(1, 1)]);
    reply(&mut delivery, 1, Reply::RecordUnknown, 0);

    let effect = delivery.on_reply(
        Parcel::RecordOf(consent(1)),
        Reply::Refused,
        at(0),
        NO_JITTER,
    );

    assert_eq!(effect, Some(Effect::SetAside(message(1))));
}

#[test]
fn a_reply_to_something_that_is_not_owed_changes_nothing() {
    let mut delivery = Delivery::from_rows([statement(1, 1), statement(2, 1)]);

    assert_eq!(reply(&mut delivery, 2, Reply::Accepted, 0), None);
    assert_eq!(reply(&mut delivery, 9, Reply::Refused, 0), None);

    assert_eq!(drain(delivery), [1, 2]);
}

#[test]
fn an_expired_token_or_an_interruption_costs_a_message_nothing() {
    let mut delivery = Delivery::from_rows([statement(1, 1)]);

    reply(&mut delivery, 1, Reply::Unauthorised, 0);
    reply(&mut delivery, 1, Reply::Interrupted, 0);

    assert_eq!(delivery.poll(at(0)), sends(1));
}

#[test]
fn an_operator_that_is_at_work_for_ever_is_taken_to_refuse() {
    let mut delivery = Delivery::from_rows([statement(1, 1)]);

    let effects: Vec<_> = (0..13)
        .filter_map(|_| reply(&mut delivery, 1, Reply::Underway, 0))
        .collect();

    assert_eq!(effects, [Effect::SetAside(message(1))]);
}

#[test]
fn new_rows_do_not_cut_a_wait_short() {
    let mut delivery = Delivery::from_rows([statement(1, 1)]);
    reply(&mut delivery, 1, Reply::Trouble(None), 0);

    delivery.reconcile([statement(1, 1), statement(2, 2)]);

    assert_eq!(delivery.poll(at(0)), sends(2));
    reply(&mut delivery, 2, Reply::Accepted, 0);
    assert_eq!(delivery.poll(at(0)), Step::WaitUntil(at(5)));
}

#[rstest]
#[case::offline(Failure::Offline, Reply::Unreachable)]
#[case::a_wrong_certificate(Failure::Untrusted, Reply::Unreachable)]
#[case::slow(Failure::TimedOut, Reply::Trouble(None))]
#[case::a_captive_portal(Failure::NotUnderstood { what: "JSON" }, Reply::Trouble(None))]
#[case::a_page_of_html(Failure::WrongContentType, Reply::Trouble(None))]
#[case::a_flood(Failure::TooLarge, Reply::Trouble(None))]
#[case::elsewhere(Failure::ForeignAddress, Reply::Trouble(None))]
#[case::status_500(Failure::ServerTrouble { retry_after: None }, Reply::Trouble(None))]
#[case::status_429(Failure::Busy { retry_after: None }, Reply::Busy(None))]
#[case::status_401(Failure::Unauthorised, Reply::Unauthorised)]
#[case::interrupted(Failure::Interrupted, Reply::Interrupted)]
#[case::status_400(refused(400, None), Reply::Refused)]
#[case::status_404(refused(404, None), Reply::Refused)]
#[case::expired(refused(422, Some(ProblemKind::RequestExpired)), Reply::Refused)]
#[case::no_authority(refused(403, Some(ProblemKind::NotAuthorised)), Reply::Refused)]
#[case::another_record(refused(409, Some(ProblemKind::RecordDiffers)), Reply::Refused)]
#[case::no_record(refused(409, Some(ProblemKind::RecordUnknown)), Reply::RecordUnknown)]
#[case::an_empty_chain(
    refused(409, Some(ProblemKind::ChainConflict)),
    Reply::ChainConflict(None)
)]
#[case::still_at_work(refused(409, None), Reply::Underway)]
fn only_what_names_the_message_sets_it_aside(#[case] failure: Failure, #[case] reply: Reply) {
    assert_eq!(Reply::of(&failure), reply);
}

#[rstest]
#[case::receipt_lost("sha-256:b", Conflict::AlreadyThere)]
#[case::our_own_older_one("sha-256:a", Conflict::Behind)]
#[case::from_before_a_restored_backup("sha-256:z", Conflict::Unknown)]
fn a_conflict_is_told_by_the_operators_head(#[case] hash: &str, #[case] conflict: Conflict) {
    let head = StatementHead {
        seq: 2,
        hash: hash.into(),
    };

    assert_eq!(
        Conflict::of(Some(&head), "sha-256:b", ["sha-256:a", "sha-256:b"]),
        conflict
    );
    assert_eq!(Conflict::of(None, "sha-256:b", []), Conflict::Behind);
}

fn refused(status: u16, kind: Option<ProblemKind>) -> Failure {
    Failure::Refused(Refusal {
        status,
        problem: kind.map(Problem::of),
    })
}

fn reply(delivery: &mut Delivery, n: u128, reply: Reply, now: i64) -> Option<Effect> {
    delivery.on_reply(Parcel::Message(message(n)), reply, at(now), NO_JITTER)
}

/// Accepts everything and returns what was sent, in order.
fn drain(mut delivery: Delivery) -> Vec<u128> {
    let mut sent = Vec::new();
    while let Step::Send(parcel) = delivery.poll(at(0)) {
        let Parcel::Message(id) = parcel else {
            panic!("no record is missing");
        };
        sent.push(id.as_uuid().as_u128());
        delivery.on_reply(parcel, Reply::Accepted, at(0), NO_JITTER);
    }
    sent
}

fn sends(n: u128) -> Step {
    Step::Send(Parcel::Message(message(n)))
}

fn record(position: u64, consent: u128) -> Item {
    Item {
        kind: Kind::Record,
        ..statement(position, consent)
    }
}

fn withdrawal(position: u64, consent: u128) -> Item {
    Item {
        precedence: Precedence::Withdrawal,
        ..statement(position, consent)
    }
}

/// A statement whose name is its position.
fn statement(position: u64, consent_id: u128) -> Item {
    Item {
        message: message(position.into()),
        consent: consent(consent_id),
        kind: Kind::Statement,
        precedence: Precedence::Ordinary,
        position,
        standing: Standing::Owed,
    }
}

fn message(n: u128) -> StatementId {
    StatementId::from_uuid(Uuid::from_u128(n))
}

fn consent(n: u128) -> ConsentId {
    ConsentId::from_uuid(Uuid::from_u128(n))
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}
