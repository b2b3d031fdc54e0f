//! From a request on the wire to the question that a person is asked.

use consent::{
    Language, OperatorId, OrganisationId,
    request::{AccessRequest, Necessity, Obstacle},
};
use jiff::Timestamp;
use operator_protocol::{
    ProtocolError, canonical, jws,
    key::{JwkSet, SigningKey},
    request::{self, Register, RequestPayload},
    service::ServiceDescription,
    source::SourceSchema,
};
use pii::Secret;
use rstest::rstest;
use serde_json::{Value, json};

use crate::vectors::device;

/// The notice that the published record names by its hash.
pub(crate) const NOTICE_HASH: &str = "sha-256:T-ra9fQoiEZgK6ZWpEBVnndVcXE7PEMdJKalo26VfkU";

/// The key of the service of the vectors.
pub(crate) fn service_key() -> SigningKey {
    SigningKey::from_seed(Secret::new([5; 32]))
}

/// The service of §3 of the profile, with what this protocol adds to it.
pub(crate) fn service() -> ServiceDescription {
    let mut service: Value = serde_json::from_str(include_str!("vectors/service.json")).unwrap();
    let extension = &mut service["mydata_service"];
    extension["jwks"] = serde_json::to_value(JwkSet::of([&service_key().public()])).unwrap();
    extension["controller_name"] = json!({
        "fi": "Helsingin kaupunki, kasvatuksen ja koulutuksen toimiala",
        "sv": "Helsingfors stad, fostrans- och utbildningssektorn",
        "en": "City of Helsinki, Education Division",
    });
    extension["controller_contact"] = json!({
        "address": "PL 51300, 00099 Helsingin kaupunki",
        "email": "tietosuoja@example.fi",
        "telephone": "+358 9 0000000",
    });
    serde_json::from_value(service).unwrap()
}

pub(crate) fn schema() -> SourceSchema {
    SourceSchema::parse(include_bytes!("vectors/schema.json")).unwrap()
}

pub(crate) fn payload() -> RequestPayload {
    let mut payload: RequestPayload =
        serde_json::from_str(include_str!("vectors/request.json")).unwrap();
    payload.notice.hash.fi = Some(NOTICE_HASH.to_owned());
    payload
}

pub(crate) fn in_time() -> Timestamp {
    Timestamp::from_second(1_788_250_000).unwrap()
}

/// Reads `payload`, signed by `key`, as an operator with this service and schema would relay it.
pub(crate) fn read_as(
    payload: &RequestPayload,
    key: &SigningKey,
    service: Option<&ServiceDescription>,
    now: Timestamp,
) -> Result<AccessRequest, ProtocolError> {
    let compact = request::sign(key, payload).unwrap();
    let register = Register {
        operator: &OperatorId::parse("https://operator.example.fi").unwrap(),
        service,
        schemas: &[schema()],
        now,
    };
    request::read(&compact, register)
}

fn obstacles(payload: &RequestPayload) -> Vec<Obstacle> {
    read_as(payload, &service_key(), Some(&service()), in_time())
        .unwrap()
        .obstacles
}

#[test]
fn a_registered_request_becomes_a_question_without_obstacles() {
    let request = read_as(&payload(), &service_key(), Some(&service()), in_time()).unwrap();

    assert_eq!(request.obstacles, []);
    assert!(request.may_be_given(in_time()));
    assert_eq!(request.id.as_str(), "req-7f1c");
    assert_eq!(request.service_name.fi.as_deref(), Some("Esiopetus"));
    assert_eq!(
        request.purpose_title.sv.as_deref(),
        Some("Förslag på förskoleplats")
    );
    assert_eq!(
        request.source_title.en.as_deref(),
        Some("Family and address")
    );
    assert_eq!(
        request.controller.name.en.as_deref(),
        Some("City of Helsinki, Education Division")
    );
    assert!(request.controller.is_public);
    assert_eq!(
        request.consequences.of_withdrawing.fi.as_deref(),
        Some("Ehdotusta ei tehdä; tietosi poistetaan 30 päivässä.")
    );
    let birth_date = &request.fields[0];
    assert_eq!(birth_date.path, "/child/birthDate");
    assert_eq!(birth_date.category, "pd:BirthDate");
    assert_eq!(birth_date.label.fi.as_deref(), Some("Syntymäaika"));
    assert_eq!(birth_date.node_path.as_deref(), Some("CHILD/BIRTHDATE"));
    assert_eq!(birth_date.necessity, Necessity::Required);
    assert!(request.fields[1].is_sensitive);
}

#[rstest]
#[case::an_unknown_purpose(
    |it: &mut RequestPayload| it.authorization_details[0].purpose = "dpv:SellToAnyone".into(),
    &[Obstacle::UnknownPurpose, Obstacle::TermsDiffer]
)]
#[case::an_unknown_category(
    |it: &mut RequestPayload| it.authorization_details[0].datatypes.push("pd:Aura".into()),
    &[Obstacle::UnknownCategory]
)]
#[case::an_unknown_legal_basis(
    |it: &mut RequestPayload| it.authorization_details[0].legal_basis = "eu-gdpr:A6-1-z".into(),
    &[Obstacle::UnknownLegalBasis, Obstacle::TermsDiffer]
)]
#[case::a_field_that_the_schema_does_not_have(
    |it: &mut RequestPayload| it.authorization_details[0].fields[0].path = "/child/shoeSize".into(),
    &[Obstacle::UnknownField, Obstacle::TermsDiffer]
)]
#[case::a_field_without_a_kind_of_its_own(
    |it: &mut RequestPayload| it.authorization_details[0].fields[0].path = "/child/homeAddress/postalCode".into(),
    &[Obstacle::UnknownField, Obstacle::TermsDiffer]
)]
#[case::a_schema_that_is_not_known(
    |it: &mut RequestPayload| it.authorization_details[0].schema = "https://example.fi/schema/1".into(),
    &[Obstacle::UnknownField, Obstacle::TermsDiffer]
)]
#[case::a_schema_of_another_source(
    |it: &mut RequestPayload| it.authorization_details[0].locations = vec!["https://hel.fi/src/other".parse().unwrap()],
    &[Obstacle::UnknownField]
)]
#[case::a_kind_of_data_that_it_does_not_own_up_to(
    |it: &mut RequestPayload| it.authorization_details[0].datatypes = vec!["pd:BirthDate".into()],
    &[Obstacle::TermsDiffer]
)]
#[case::another_purpose_than_registered(
    |it: &mut RequestPayload| it.authorization_details[0].purpose = "dpv:DirectMarketing".into(),
    &[Obstacle::TermsDiffer]
)]
#[case::a_use_that_is_not_registered(
    |it: &mut RequestPayload| it.intended_use = "something-else".into(),
    &[Obstacle::TermsDiffer]
)]
#[case::another_recipient(
    |it: &mut RequestPayload| it.authorization_details[0].recipients.push(OrganisationId::parse("https://ads.example").unwrap()),
    &[Obstacle::TermsDiffer]
)]
#[case::another_thing_than_reading(
    |it: &mut RequestPayload| it.authorization_details[0].actions.push("write".into()),
    &[Obstacle::TermsDiffer]
)]
#[case::another_notice(
    |it: &mut RequestPayload| it.notice.uri = "https://operator.example.fi/v1/notices/esiopetus/2".into(),
    &[Obstacle::NoticeDiffers]
)]
#[case::no_hash_of_the_notice(
    |it: &mut RequestPayload| it.notice.hash = consent::LocalText::default(),
    &[Obstacle::NoticeDiffers]
)]
#[case::two_purposes(
    |it: &mut RequestPayload| { let more = it.authorization_details[0].clone(); it.authorization_details.push(more); },
    &[Obstacle::SeveralPurposes]
)]
#[case::two_sources(
    |it: &mut RequestPayload| it.authorization_details[0].locations.push("https://hel.fi/src/other".parse().unwrap()),
    &[Obstacle::SeveralPurposes]
)]
#[case::another_service_of_nobody(
    |it: &mut RequestPayload| it.service = "https://hel.fi/svc/other".parse().unwrap(),
    &[Obstacle::UnregisteredRequester]
)]
#[case::another_organisation(
    |it: &mut RequestPayload| it.iss = OrganisationId::parse("https://ads.example").unwrap(),
    &[Obstacle::UnregisteredRequester]
)]
fn what_speaks_against_yes_is_said(
    #[case] change: fn(&mut RequestPayload),
    #[case] expected: &[Obstacle],
) {
    let mut changed = payload();
    change(&mut changed);

    assert_eq!(obstacles(&changed), expected);
}

#[test]
fn a_use_that_was_given_up_is_no_longer_asked_for() {
    let mut service = service();
    service.intended_use[0].revoked_at = Some("2026-08-31".parse().unwrap());

    let request = read_as(&payload(), &service_key(), Some(&service), in_time()).unwrap();

    assert_eq!(request.obstacles, [Obstacle::TermsDiffer]);
}

#[test]
fn a_request_by_someone_else_is_shown_and_cannot_be_accepted() {
    let request = read_as(&payload(), &device(), Some(&service()), in_time()).unwrap();

    assert_eq!(request.obstacles, [Obstacle::BadSignature]);
    assert!(!request.may_be_given(in_time()));
}

#[test]
fn a_request_by_nobody_that_is_registered_is_shown_and_cannot_be_accepted() {
    let request = read_as(&payload(), &service_key(), None, in_time()).unwrap();

    assert_eq!(request.obstacles, [Obstacle::UnregisteredRequester]);
    assert_eq!(request.controller.id.as_str(), "https://hel.fi/org/kasko");
}

#[test]
fn a_request_lapses_at_its_time() {
    let end = payload().exp;

    let request = read_as(&payload(), &service_key(), Some(&service()), end).unwrap();

    assert_eq!(request.obstacles, [Obstacle::Expired]);
}

#[rstest]
#[case::for_another_operator(|it: &mut RequestPayload| it.aud = "https://other.example".parse().unwrap())]
#[case::for_nothing(|it: &mut RequestPayload| it.authorization_details.clear())]
#[case::for_no_field(|it: &mut RequestPayload| it.authorization_details[0].fields.clear())]
#[case::for_no_source(|it: &mut RequestPayload| it.authorization_details[0].locations.clear())]
#[case::for_another_kind_of_thing(|it: &mut RequestPayload| it.authorization_details[0].kind = "payment".into())]
#[case::for_one_field_twice(|it: &mut RequestPayload| {
    let again = it.authorization_details[0].fields[0].clone();
    it.authorization_details[0].fields.push(again);
})]
fn what_is_no_request_to_this_person_is_not_shown(#[case] change: fn(&mut RequestPayload)) {
    let mut changed = payload();
    change(&mut changed);

    assert!(read_as(&changed, &service_key(), Some(&service()), in_time()).is_err());
}

#[test]
fn another_kind_of_message_is_not_a_request() {
    let compact = jws::sign(&service_key(), "mdc-offer+jwt", &payload()).unwrap();
    let register = Register {
        operator: &payload().aud,
        service: Some(&service()),
        schemas: &[],
        now: in_time(),
    };

    let outcome = request::read(&compact, register);

    assert_eq!(
        outcome,
        Err(ProtocolError::WrongKind {
            expected: "mdc-request+jwt"
        })
    );
}

#[test]
fn a_notice_is_the_one_that_was_named_byte_for_byte() {
    let mut request = read_as(&payload(), &service_key(), Some(&service()), in_time()).unwrap();
    request.notice.hashes.sv = Some(canonical::sha256_tag("Vi frågar.".as_bytes()));
    let matches =
        |language, text: &str| request::notice_matches(&request.notice, language, text.as_bytes());

    assert!(matches(Language::Sv, "Vi frågar."));
    assert!(!matches(Language::Sv, "Vi frågar. "));
    assert!(!matches(Language::Fi, "Vi frågar."));
}
