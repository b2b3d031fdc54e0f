//! Chains: what holds, what does not, and what it is that does not.

use consent::{PersonId, record::Status};
use jiff::Timestamp;
use operator_protocol::{
    binding::{self, BindingPayload},
    chain::{Authority, Fault, Outcome, Step},
    delegation::{self, DelegationPayload},
    key::{JwkSet, SigningKey, device_id},
    receipt::{self, ReceiptPayload},
    record,
    statement::{self, StatementHead},
    status::ConsentStatus,
};
use pii::Secret;
use rstest::rstest;

use crate::{
    proof::{Proof, decision, delegation_by, signed_by},
    vectors::{STATEMENT_1, binding, device, operator},
};

#[test]
fn the_published_chain_holds_in_the_published_order() {
    let report = Proof::published().check();

    assert!(report.holds(), "{:?}", report.checks);
    let steps: Vec<_> = report
        .checks
        .iter()
        .map(|it| (it.step, it.number))
        .collect();
    assert_eq!(
        steps,
        [
            (Step::Binding, 1),
            (Step::Delegation, 1),
            (Step::DeviceKey, 1),
            (Step::DeviceKey, 2),
            (Step::Signature, 1),
            (Step::Signature, 2),
            (Step::Link, 1),
            (Step::Link, 2),
            (Step::RecordHash, 1),
            (Step::RecordHash, 2),
            (Step::Receipt, 1),
        ]
    );
    assert_eq!(report.status, Some(Status::Withdrawn));
    assert_eq!(report.authority, Authority::Delegated);
    assert_eq!(report.without_receipt, [1]);
    assert_eq!(report.statements.len(), 2);
}

#[test]
fn a_chain_may_be_paused_and_go_on() {
    let mut proof = Proof::of_four();
    assert!(proof.check().holds());

    proof.statements.truncate(2);
    proof.receipts.truncate(2);
    assert_eq!(proof.check().status, Some(Status::Paused));
}

#[test]
fn deciding_for_another_without_a_delegation_is_reported() {
    let proof = Proof {
        delegations: vec![],
        ..Proof::published()
    };

    let report = proof.check();

    assert!(report.holds());
    assert_eq!(report.authority, Authority::NotShown);
}

#[test]
fn a_chain_without_its_last_statement_holds_and_the_receipt_gives_it_away() {
    let mut proof = Proof::published();
    proof.statements.pop();
    assert_eq!(
        proof.faults(),
        [(Step::Receipt, 1, Fault::StatementMissing)]
    );

    proof.receipts.clear();
    assert!(proof.check().holds());
    assert_eq!(proof.check().without_receipt, [1]);
}

#[rstest]
#[case::without_a_binding(|it: &mut Proof| it.bindings.clear(), (Step::Binding, 0, Fault::Nothing))]
#[case::without_a_statement(|it: &mut Proof| it.statements.clear(), (Step::Signature, 0, Fault::Nothing))]
#[case::with_the_binding_twice(|it: &mut Proof| it.bindings.push(binding()), (Step::Binding, 2, Fault::Repeated))]
#[case::with_keys_of_nobody(|it: &mut Proof| it.keys = JwkSet::default(), (Step::Binding, 1, Fault::UnknownKey))]
#[case::with_a_receipt_twice(|it: &mut Proof| it.receipts.push(it.receipts[0].clone()), (Step::Receipt, 2, Fault::Repeated))]
#[case::with_a_statement_in_place_of_a_receipt(
    |it: &mut Proof| it.receipts[0] = it.statements[1].clone(),
    (Step::Receipt, 1, Fault::WrongKind)
)]
#[case::with_a_receipt_in_place_of_a_statement(
    |it: &mut Proof| it.statements[1] = it.receipts[0].clone(),
    (Step::DeviceKey, 2, Fault::UnknownKey)
)]
#[case::with_a_delegation_by_someone_else(
    |it: &mut Proof| it.delegations = vec![delegation_by(&device())],
    (Step::Delegation, 1, Fault::UnknownKey)
)]
fn a_chain_does_not_hold(#[case] damage: fn(&mut Proof), #[case] expected: (Step, usize, Fault)) {
    let mut proof = Proof::published();
    damage(&mut proof);

    assert!(proof.faults().contains(&expected), "{:?}", proof.faults());
}

fn with_binding(change: impl FnOnce(&mut BindingPayload)) -> Proof {
    let mut payload: BindingPayload =
        serde_json::from_str(include_str!("vectors/binding.json")).unwrap();
    change(&mut payload);
    Proof {
        bindings: vec![binding::sign(&operator(), &payload).unwrap()],
        ..Proof::published()
    }
}

#[test]
fn a_device_does_not_sign_before_it_is_bound_or_after() {
    let late = with_binding(|it| it.iat = Timestamp::from_second(1_790_000_000).unwrap());
    assert_eq!(late.faults(), [(Step::DeviceKey, 1, Fault::OutsideBinding)]);

    let early = with_binding(|it| it.exp = Timestamp::from_second(1_790_000_000).unwrap());
    assert_eq!(
        early.faults(),
        [(Step::DeviceKey, 2, Fault::OutsideBinding)]
    );
}

#[test]
fn a_device_does_not_sign_for_someone_elses_decision() {
    let other = with_binding(|it| it.sub = PersonId::parse("urn:mdc:surrogate:Other").unwrap());

    assert_eq!(
        other.faults(),
        [
            (Step::DeviceKey, 1, Fault::OtherPerson),
            (Step::DeviceKey, 2, Fault::OtherPerson),
        ]
    );
}

#[test]
fn a_device_does_not_sign_for_another_operator() {
    let other = with_binding(|it| it.iss = "https://other.example".parse().unwrap());

    assert!(
        other
            .faults()
            .contains(&(Step::DeviceKey, 1, Fault::OtherOperator))
    );
    assert!(
        other
            .faults()
            .contains(&(Step::Receipt, 1, Fault::OtherOperator))
    );
}

#[test]
fn a_delegation_for_another_child_covers_no_yes_and_stops_no_withdrawal() {
    let mut payload: DelegationPayload =
        serde_json::from_str(include_str!("vectors/delegation.json")).unwrap();
    payload.sub = PersonId::parse("urn:mdc:surrogate:Child2").unwrap();
    let proof = Proof {
        delegations: vec![delegation::sign(&operator(), &payload).unwrap()],
        ..Proof::published()
    };

    assert_eq!(proof.faults(), [(Step::DeviceKey, 1, Fault::NoAuthority)]);
}

#[rstest]
#[case::given_twice(&[ConsentStatus::ConsentGiven, ConsentStatus::ConsentGiven], 2)]
#[case::given_after_it_was_taken_back(&[ConsentStatus::ConsentGiven, ConsentStatus::ConsentWithdrawn, ConsentStatus::ConsentGiven], 3)]
#[case::gone_on_after_it_was_taken_back(&[ConsentStatus::ConsentGiven, ConsentStatus::ConsentWithdrawn, ConsentStatus::RenewedConsentGiven], 3)]
#[case::taken_back_after_no(&[ConsentStatus::ConsentRefused, ConsentStatus::ConsentWithdrawn], 2)]
#[case::paused_before_it_was_given(&[ConsentStatus::ConsentPaused], 1)]
#[case::what_only_an_operator_says(&[ConsentStatus::ConsentRevoked], 1)]
fn a_decision_out_of_turn_does_not_hold(#[case] statuses: &[ConsentStatus], #[case] at: usize) {
    let proof = Proof {
        statements: signed_by(&device(), statuses)
            .into_iter()
            .map(|it| it.compact)
            .collect(),
        receipts: vec![],
        ..Proof::published()
    };

    assert_eq!(proof.faults(), [(Step::Link, at, Fault::OutOfTurn)]);
    let ended = statuses.contains(&ConsentStatus::ConsentWithdrawn)
        || statuses.contains(&ConsentStatus::ConsentRefused);
    assert_eq!(
        proof.check().status.unwrap().is_final(),
        ended || at == 1 && statuses[0].status().is_final()
    );
}

#[test]
fn a_statement_about_another_record_does_not_hold() {
    let mut other = decision(1, ConsentStatus::ConsentGiven);
    other.record_hash = record::hash(&serde_json::json!({})).unwrap();
    let signed = statement::sign_statement(&device(), other, None).unwrap();
    let proof = Proof {
        statements: vec![signed.compact],
        receipts: vec![],
        ..Proof::published()
    };

    assert_eq!(proof.faults(), [(Step::RecordHash, 1, Fault::OtherRecord)]);
}

#[test]
fn a_receipt_that_says_something_else_than_the_statement_does_not_hold() {
    let mut payload: ReceiptPayload =
        serde_json::from_str(include_str!("vectors/receipt.json")).unwrap();
    payload.status = ConsentStatus::ConsentGiven;
    let proof = Proof {
        receipts: vec![receipt::sign(&operator(), &payload).unwrap()],
        ..Proof::published()
    };

    assert_eq!(proof.faults(), [(Step::Receipt, 1, Fault::OtherStatement)]);
}

#[test]
fn the_second_guardians_no_wins_over_the_firsts_yes() {
    let second = SigningKey::from_seed(Secret::new([2; 32]));
    let mut bound: BindingPayload =
        serde_json::from_str(include_str!("vectors/binding.json")).unwrap();
    bound.sub = PersonId::parse("urn:mdc:surrogate:Guardian2").unwrap();
    bound.cnf.jwk = second.public().jwk();
    let mut no = decision(9, ConsentStatus::ConsentWithdrawn);
    no.actor.as_mut().unwrap().sub = bound.sub.clone();
    let no = statement::sign_statement(&second, no, None).unwrap();
    let mut proof = Proof {
        bindings: vec![binding(), binding::sign(&operator(), &bound).unwrap()],
        statements: vec![STATEMENT_1.trim().to_owned()],
        receipts: vec![],
        ..Proof::published()
    };
    assert_eq!(proof.check().status, Some(Status::Given));

    proof.statements.insert(0, no.compact);

    let report = proof.check();
    assert!(report.holds(), "{:?}", report.checks);
    assert_eq!(report.status, Some(Status::Withdrawn));
    assert_eq!(report.statements[0].1.iss, device_id(&second.public()));
}

#[test]
fn a_chain_cannot_be_continued_from_the_middle_of_nothing() {
    let head = StatementHead {
        seq: 1,
        hash: "sha-256:AAAA".to_owned(),
    };
    let signed = statement::sign_statement(
        &device(),
        decision(1, ConsentStatus::ConsentWithdrawn),
        Some(&head),
    )
    .unwrap();
    let proof = Proof {
        statements: vec![signed.compact],
        receipts: vec![],
        ..Proof::published()
    };

    assert_eq!(proof.faults(), [(Step::Link, 1, Fault::OutOfPlace)]);
}

#[test]
fn every_check_is_reported_also_after_a_failure() {
    let mut proof = Proof::of_four();
    proof.bindings.clear();

    let report = proof.check();

    let failed = report.faults().count();
    assert_eq!(report.checks.len(), 1 + 1 + 4 * 4 + 4);
    assert!(failed > 4 * 4);
    assert!(
        report
            .checks
            .iter()
            .all(|check| check.step != Step::Link || check.outcome != Outcome::Holds)
    );
    assert_eq!(report.status, None);
}
