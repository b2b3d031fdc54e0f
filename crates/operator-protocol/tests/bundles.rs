//! Proof bundles: one file, checked without a network.

use consent::{record::Status, request::ActivationMode};
use operator_protocol::{
    ProtocolError,
    bundle::{self, BundleParts, BundledOperator, KeyTrust, ProofBundle},
    chain::{Fault, Outcome, Step},
    key::{JwkSet, SigningKey},
    request,
};
use pii::Secret;
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    proof::Proof,
    requests::{payload, service, service_key},
    vectors::operator,
};

fn bundle() -> ProofBundle {
    let proof = Proof::published();
    let parts = BundleParts {
        operator: BundledOperator {
            issuer: "https://operator.example.fi".parse().unwrap(),
            jwks: proof.keys,
            metadata: None,
        },
        bindings: proof.bindings,
        delegations: proof.delegations,
        record: proof.record,
        statements: proof.statements,
        receipts: proof.receipts,
        request: Some(request::sign(&service_key(), &payload()).unwrap()),
        service: Some(service()),
    };
    bundle::build(parts, "2026-11-01T12:00:00Z".parse().unwrap())
}

fn as_json() -> Value {
    serde_json::from_str(&bundle().to_text().unwrap()).unwrap()
}

fn pin() -> Vec<String> {
    vec![operator().public().thumbprint()]
}

#[test]
fn a_sound_bundle_holds_and_says_whose_keys_were_believed() {
    let text = bundle().to_text().unwrap();

    let report = bundle::verify(text.as_bytes()).unwrap();

    assert!(report.holds(), "{:?}", report.chain.checks);
    assert_eq!(report.trust, KeyTrust::Bundle(pin()));
    assert_eq!(report.chain.status, Some(Status::Withdrawn));
    assert_eq!(
        report.terms.unwrap().controller.as_str(),
        "https://hel.fi/org/kasko"
    );
    let last = report.chain.checks.last().unwrap();
    assert_eq!((last.step, last.outcome), (Step::Request, Outcome::Holds));
}

#[test]
fn a_bundle_holds_against_the_keys_that_one_knows() {
    let text = bundle().to_text().unwrap();

    let report = bundle::verify_pinned(text.as_bytes(), &pin()).unwrap();

    assert!(report.holds());
    assert_eq!(report.trust, KeyTrust::Pinned(pin()));
}

#[test]
fn a_bundle_by_somebody_else_does_not_hold_against_the_keys_that_one_knows() {
    let stranger = SigningKey::from_seed(Secret::new([1; 32])).public();
    let text = bundle().to_text().unwrap();

    let report = bundle::verify_pinned(text.as_bytes(), &[stranger.thumbprint()]).unwrap();

    assert!(!report.holds());
    let (check, fault) = report.chain.faults().next().unwrap();
    assert_eq!((check.step, fault), (Step::Binding, Fault::UnknownKey));
}

#[test]
fn one_binding_is_written_as_one_and_several_as_a_list() {
    let mut bundle = bundle();
    let one = serde_json::to_value(&bundle).unwrap();
    bundle.bindings.push("another".to_owned());
    let two = serde_json::to_value(&bundle).unwrap();

    assert!(one["binding"].is_string());
    assert_eq!(two["binding"].as_array().unwrap().len(), 2);
    assert_eq!(
        ProofBundle::parse(two.to_string().as_bytes()).unwrap(),
        bundle
    );
}

#[rstest]
#[case::another_format(|it: &mut Value| it["format"] = "lokero-proof/2".into(), ProtocolError::Unsupported("format"))]
#[case::no_format(|it: &mut Value| it["format"] = Value::Null, ProtocolError::Unsupported("format"))]
#[case::no_operator(|it: &mut Value| it["operator"] = json!({}), ProtocolError::Malformed("bundle"))]
#[case::no_statements(|it: &mut Value| it["statements"] = "none".into(), ProtocolError::Malformed("bundle"))]
#[case::too_many_statements(|it: &mut Value| it["statements"] = json!(vec!["a"; 10_001]), ProtocolError::TooLarge("list"))]
#[case::a_statement_that_is_too_long(|it: &mut Value| it["statements"] = json!(["a".repeat(262_145)]), ProtocolError::TooLarge("string"))]
fn what_is_not_a_bundle_is_refused(
    #[case] change: fn(&mut Value),
    #[case] expected: ProtocolError,
) {
    let mut bundle = as_json();
    change(&mut bundle);

    let outcome = bundle::verify(bundle.to_string().as_bytes());

    assert_eq!(outcome.map(|_| ()), Err(expected));
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let outcome = bundle::verify(&vec![b' '; bundle::MAX_BYTES + 1]);

    assert_eq!(outcome.map(|_| ()), Err(ProtocolError::TooLarge("bundle")));
}

#[rstest]
#[case::another_issuer(|it: &mut Value| it["operator"]["issuer"] = "https://other.example".into(), (Step::Binding, Fault::OtherOperator))]
#[case::a_changed_record(|it: &mut Value| it["record"]["dct:created"] = "2026-09-02T08:30:00Z".into(), (Step::RecordHash, Fault::OtherRecord))]
#[case::a_record_of_nothing(|it: &mut Value| it["record"] = json!({}), (Step::RecordHash, Fault::Unreadable))]
#[case::no_statement(|it: &mut Value| it["statements"] = json!([]), (Step::Receipt, Fault::StatementMissing))]
#[case::a_request_without_its_service(|it: &mut Value| it["service"] = Value::Null, (Step::Request, Fault::UnknownKey))]
#[case::another_service(|it: &mut Value| it["service"]["mydata_service"]["id"] = "https://hel.fi/svc/other".into(), (Step::Request, Fault::OtherTerms))]
fn a_changed_bundle_does_not_hold(#[case] change: fn(&mut Value), #[case] expected: (Step, Fault)) {
    let mut bundle = as_json();
    change(&mut bundle);

    let report = bundle::verify(bundle.to_string().as_bytes()).unwrap();

    assert!(!report.holds());
    assert!(
        report
            .chain
            .faults()
            .any(|(check, fault)| (check.step, fault) == expected),
        "{:?}",
        report.chain.checks
    );
}

#[test]
fn a_record_that_takes_more_than_was_asked_for_is_noticed() {
    let mut asked = payload();
    asked.authorization_details[0].fields.pop();
    let mut bundle = bundle();
    bundle.request = Some(request::sign(&service_key(), &asked).unwrap());

    let report = bundle::verify(bundle.to_text().unwrap().as_bytes()).unwrap();

    let faults: Vec<_> = report.chain.faults().map(|(_, fault)| fault).collect();
    assert_eq!(faults, [Fault::OtherTerms]);
}

#[test]
fn a_yes_of_one_is_not_yet_a_yes_of_all() {
    let mut asked = payload();
    asked.activation_mode = ActivationMode::AllActivatorsActivate;
    let mut bundle = bundle();
    bundle.request = Some(request::sign(&service_key(), &asked).unwrap());
    bundle.statements.pop();
    bundle.receipts.clear();

    let report = bundle::verify(bundle.to_text().unwrap().as_bytes()).unwrap();

    assert!(report.holds());
    assert_eq!(report.chain.status, Some(Status::Requested));
}

#[test]
fn who_takes_no_part_decides_nothing() {
    let mut asked = payload();
    asked
        .participants
        .retain(|it| it.id.as_str() != "urn:mdc:surrogate:Guardian1");
    let mut bundle = bundle();
    bundle.request = Some(request::sign(&service_key(), &asked).unwrap());

    let report = bundle::verify(bundle.to_text().unwrap().as_bytes()).unwrap();

    let faults: Vec<_> = report.chain.faults().map(|(_, fault)| fault).collect();
    assert_eq!(faults, [Fault::NoAuthority]);
}

#[test]
fn an_operator_without_keys_is_believed_nothing() {
    let mut bundle = bundle();
    bundle.operator.jwks = JwkSet::default();

    let report = bundle::verify(bundle.to_text().unwrap().as_bytes()).unwrap();

    assert!(!report.holds());
    assert_eq!(report.chain.status, None);
}
