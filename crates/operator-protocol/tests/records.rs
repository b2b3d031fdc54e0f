//! Records: made from a request and a choice, checked by anybody.

use consent::{Language, request::AccessRequest};
use operator_protocol::{
    ProtocolError, canonical,
    receipt::ReceiptPayload,
    receipt_form,
    record::{self, Choice, RecordContext, RecordTerms},
    statement::StatementPayload,
};
use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    requests::{in_time, payload, read_as, service, service_key},
    vectors::{RECORD_HASH, record},
};

fn request() -> AccessRequest {
    read_as(&payload(), &service_key(), Some(&service()), in_time()).unwrap()
}

fn context() -> RecordContext {
    RecordContext {
        id: "0198f3a2-6c1e-7b55-9d0e-3f5c2f8a1b01".parse().unwrap(),
        created_at: "2026-09-01T08:30:00.25Z".parse().unwrap(),
        language: Language::Fi,
        notice_date: Some("2026-08-01".parse().unwrap()),
        replaces: None,
    }
}

#[test]
fn the_published_request_gives_the_published_record() {
    let request = request();

    let built = record::build(&request, &Choice::all(&request), &context()).unwrap();

    assert_eq!(built, record());
    assert_eq!(record::hash(&built).unwrap(), RECORD_HASH);
}

#[test]
fn what_a_person_leaves_out_is_not_in_the_record() {
    let built = record::build(&request(), &Choice::default(), &context()).unwrap();

    let terms = RecordTerms::read(&built).unwrap();
    let paths: Vec<_> = terms.fields.iter().map(|field| &field.path).collect();
    assert_eq!(paths, ["/child/birthDate"]);
    assert!(!built.to_string().contains("homeAddress"));
}

#[rstest]
#[case::a_required_field("/child/birthDate")]
#[case::a_field_that_was_not_asked_for("/child/shoeSize")]
fn only_what_is_optional_can_be_chosen(#[case] path: &str) {
    let choice = Choice {
        included: [path.to_owned()].into(),
    };

    let outcome = record::build(&request(), &choice, &context());

    assert_eq!(outcome, Err(ProtocolError::Contradiction("choice")));
}

#[test]
fn a_notice_in_another_language_than_the_person_read_is_not_agreed_to() {
    let mut request = request();
    request.notice.hashes.en = None;
    let context = RecordContext {
        language: Language::En,
        ..context()
    };

    assert!(record::build(&request, &Choice::default(), &context).is_err());
}

#[rstest]
#[case::a_purpose(|it: &mut AccessRequest| it.purpose = "dpv:SellToAnyone".into())]
#[case::a_legal_basis(|it: &mut AccessRequest| it.legal_basis = "eu-gdpr:A6-1-z".into())]
#[case::a_category(|it: &mut AccessRequest| it.fields[0].category = "pd:Aura".into())]
#[case::a_field_without_a_category(|it: &mut AccessRequest| it.fields[0].category = String::new())]
#[case::a_schema_without_a_name(|it: &mut AccessRequest| it.schema = "https://example.fi".into())]
fn a_record_has_no_terms_of_its_own(#[case] change: fn(&mut AccessRequest)) {
    let mut request = request();
    change(&mut request);

    assert!(record::build(&request, &Choice::default(), &context()).is_err());
}

#[test]
fn a_record_without_an_end_has_none() {
    let mut request = request();
    request.valid_until = None;

    let built = record::build(&request, &Choice::default(), &context()).unwrap();

    assert_eq!(RecordTerms::read(&built).unwrap().valid_through, None);
    assert_eq!(
        built["dct:valid"],
        json!({"schema:validFrom": "2026-09-01T08:30:00Z"})
    );
}

#[test]
fn a_record_names_the_one_whose_place_it_takes() {
    let context = RecordContext {
        replaces: Some("0198f3a2-0000-7000-8000-000000000001".parse().unwrap()),
        ..context()
    };

    let built = record::build(&request(), &Choice::default(), &context).unwrap();

    assert_eq!(
        RecordTerms::read(&built).unwrap().replaces.as_deref(),
        Some("urn:uuid:0198f3a2-0000-7000-8000-000000000001")
    );
}

#[rstest]
#[case(
    "/child/homeAddress",
    "https://x.fi/v1/sources/vtj-family/schema/1.2",
    "ds:family/child#/homeAddress"
)]
#[case(
    "/child/homeAddress/street",
    "https://x.fi/v1/sources/vtj-family/schema/1.2",
    "ds:family/child#/homeAddress/street"
)]
#[case(
    "/birthDate",
    "https://x.fi/v1/sources/vtj/schema/1",
    "ds:vtj#/birthDate"
)]
#[case(
    "/a~1b/c",
    "https://x.fi/v1/sources/kukkuu/schema/1",
    "ds:kukkuu/a~1b#/c"
)]
fn a_field_is_named_by_its_dataset_and_found_again(
    #[case] path: &str,
    #[case] schema: &str,
    #[case] expected: &str,
) {
    let mut request = request();
    request.schema = schema.to_owned();
    request.fields.truncate(1);
    request.fields[0].path = path.to_owned();

    let built = record::build(&request, &Choice::default(), &context()).unwrap();

    let data = &built["dpv:hasProcess"][0]["dpv:hasPersonalData"][0];
    assert_eq!(data["@id"], expected);
    assert_eq!(RecordTerms::read(&built).unwrap().fields[0].path, path);
}

#[rstest]
fn a_record_without_something_that_it_must_have_is_refused(
    #[values(
        "@id",
        "@type",
        "dct:identifier",
        "dct:conformsTo",
        "dpv:hasDataSubject",
        "dpv:hasDataController",
        "dpv:hasJurisdiction",
        "dpv:hasLegalBasis",
        "dpv:hasProcess",
        "dpv:hasConsentControl",
        "dpv:hasRight",
        "dpv:hasNotice",
        "dct:created"
    )]
    member: &str,
) {
    let mut record = record();
    record.as_object_mut().unwrap().remove(member);

    assert_eq!(
        record::validate(&record),
        Err(ProtocolError::Malformed("record"))
    );
}

#[rstest]
#[case::no_uuid("/dct:identifier", json!("1"))]
#[case::no_time("/dct:created", json!("yesterday"))]
#[case::no_process("/dpv:hasProcess", json!([]))]
#[case::no_data("/dpv:hasProcess/0/dpv:hasPersonalData", json!([]))]
#[case::another_necessity("/dpv:hasProcess/0/dpv:hasPersonalData/0/dpv:hasNecessity", json!("dpv:Maybe"))]
#[case::another_language("/dpv:hasNotice/dct:language", json!("de"))]
#[case::no_hash("/dpv:hasNotice/mdc:contentHash", json!("sha-256:short"))]
#[case::another_profile("/dct:conformsTo", json!(["https://example.fi"]))]
#[case::an_unknown_purpose("/dpv:hasProcess/0/dpv:hasPurpose", json!("dpv:SellToAnyone"))]
fn a_record_with_something_else_in_it_is_refused(#[case] pointer: &str, #[case] value: Value) {
    let mut record = record();
    *record.pointer_mut(pointer).unwrap() = value;

    assert!(record::validate(&record).is_err());
}

#[test]
fn a_record_from_outside_is_read_with_its_terms() {
    let bytes = record::to_bytes(&record()).unwrap();

    let read = record::parse(&bytes).unwrap();
    let terms = RecordTerms::read(&read).unwrap();

    assert_eq!(terms.subject.as_str(), "urn:mdc:surrogate:Child1");
    assert_eq!(terms.processes, ["#p1"]);
    assert_eq!(
        terms.service.unwrap().as_str(),
        "https://hel.fi/svc/esiopetus"
    );
    assert_eq!(
        terms.valid_through,
        Some("2027-09-01T00:00:00Z".parse().unwrap())
    );
    assert_eq!(terms.language, Language::Fi);
}

#[test]
fn the_receipt_that_a_person_keeps_holds_the_record_and_what_was_decided() {
    let statement: StatementPayload =
        serde_json::from_str(include_str!("vectors/statement-1.json")).unwrap();
    let receipt: ReceiptPayload =
        serde_json::from_str(include_str!("vectors/receipt.json")).unwrap();
    let address = "https://operator.example.fi/v1/receipts/r-0002";

    let form = receipt_form::render(address, &receipt, &record(), &[statement]);

    assert_eq!(form["@id"], address);
    assert_eq!(form["@type"], "dpv:ConsentReceipt");
    assert_eq!(form["dct:created"], "2026-10-02T08:30:03Z");
    assert_eq!(form["mdc:csr"], receipt.csr);
    let activity = &form["dpv:hasRecordOfActivity"];
    assert_eq!(activity["@id"], record()["@id"]);
    assert_eq!(
        activity["dpv:hasConsentStatus"],
        json!([{
            "@type": ["dpv:ConsentGiven", "dpv:ExpressedConsent"],
            "dpv:isIndicatedBy": {"@id": "urn:mdc:surrogate:Guardian1"},
            "dpv:isIndicatedAtTime": "2026-09-01T08:30:00Z",
            "dpv:hasIndicationMethod": "button+confirm",
        }])
    );
}

proptest! {
    #[test]
    fn a_record_with_any_byte_changed_is_another_record(at in 0..2705_usize, bit in 0..8_u8) {
        let mut bytes = record::to_bytes(&record()).unwrap();
        bytes[at] ^= 1 << bit;

        let hash = record::parse(&bytes).and_then(|record| record::hash(&record));

        prop_assert_ne!(hash, Ok(RECORD_HASH.to_owned()));
    }

    #[test]
    fn the_order_of_members_changes_nothing(seed in any::<u64>()) {
        let shuffled = shuffle(&record(), seed);

        let read = record::parse(shuffled.as_bytes()).unwrap();

        prop_assert_eq!(canonical::sha256_tag(&record::to_bytes(&read).unwrap()), RECORD_HASH);
    }
}

/// Writes JSON with its members turned round and blanks between them.
fn shuffle(value: &Value, seed: u64) -> String {
    match value {
        Value::Object(members) => {
            let mut parts: Vec<_> = members
                .iter()
                .map(|(name, value)| format!(" {}: {}", json!(name), shuffle(value, seed / 2)))
                .collect();
            let by = usize::try_from(seed % 7).unwrap() % parts.len().max(1);
            parts.rotate_left(by);
            format!("{{{}}}", parts.join(",\n"))
        }
        Value::Array(items) => {
            let parts: Vec<_> = items.iter().map(|item| shuffle(item, seed)).collect();
            format!("[{}]", parts.join(" , "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}
