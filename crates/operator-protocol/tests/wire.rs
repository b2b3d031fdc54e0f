//! Every document of the profile is read into its type and written again as it was.

use operator_protocol::{
    access_log::AccessEntry,
    binding::BindingPayload,
    delegation::DelegationPayload,
    discovery::ResourceMetadata,
    event::{EventKind, SetPayload, Urgency},
    event_stream::{PollRequest, PollResponse},
    offer::{OfferPayload, RULE_LANGUAGE},
    problem::{Problem, ProblemKind},
    receipt::ReceiptPayload,
    request::RequestPayload,
    service::ServiceDescription,
    source::{Snapshot, SourceSchema},
    statement::{StatementHead, StatementPayload},
};
use rstest::rstest;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::vectors::HASH_2;

fn again<T: Serialize + DeserializeOwned>(text: &str) -> (Value, Value) {
    let value: Value = serde_json::from_str(text).unwrap();
    let typed: T = serde_json::from_value(value.clone()).unwrap();
    (value, serde_json::to_value(typed).unwrap())
}

macro_rules! documents {
    ($($name:ident: $kind:ty = $file:literal,)*) => {
        $(
            #[test]
            fn $name() {
                let (before, after) = again::<$kind>(include_str!($file));

                assert_eq!(after, before);
            }
        )*
    };
}

documents! {
    a_request_keeps_its_shape: RequestPayload = "vectors/request.json",
    a_statement_keeps_its_shape: StatementPayload = "vectors/statement-2.json",
    a_receipt_keeps_its_shape: ReceiptPayload = "vectors/receipt.json",
    a_binding_keeps_its_shape: BindingPayload = "vectors/binding.json",
    a_delegation_keeps_its_shape: DelegationPayload = "vectors/delegation.json",
    an_offer_keeps_its_shape: OfferPayload = "vectors/offer.json",
    an_event_keeps_its_shape: SetPayload = "vectors/event.json",
    an_access_keeps_its_shape: AccessEntry = "vectors/access.json",
    a_schema_keeps_its_shape: SourceSchema = "vectors/schema.json",
    a_snapshot_keeps_its_shape: Snapshot = "vectors/snapshot.json",
    a_poll_keeps_its_shape: PollRequest = "vectors/poll-request.json",
    an_answer_to_a_poll_keeps_its_shape: PollResponse = "vectors/poll-response.json",
    a_problem_keeps_its_shape: Problem = "vectors/problem.json",
}

#[test]
fn what_an_operator_adds_of_its_own_is_passed_over() {
    let mut metadata: Value = serde_json::from_str(include_str!("vectors/metadata.json")).unwrap();
    metadata["x-new"] = json!({"deep": [1]});

    let read: ResourceMetadata = serde_json::from_value(metadata).unwrap();

    assert_eq!(read.name().sv.as_deref(), Some("Exempeloperatör"));
    assert_eq!(read.resource, "https://operator.example.fi/v1");
    assert_eq!(read.mydata_operator.endpoints.listed().len(), 14);
    assert_eq!(
        read.mydata_operator.event_stream.unwrap().long_poll_max_s,
        55
    );
}

#[test]
fn a_service_keeps_its_shape_and_gains_what_it_has_by_default() {
    let (before, after) = again::<ServiceDescription>(include_str!("vectors/service.json"));

    for (name, value) in before.as_object().unwrap() {
        if name != "mydata_service" {
            assert_eq!(&after[name], value, "{name}");
        }
    }
    assert_eq!(after["mydata_service"]["jwks"], json!({"keys": []}));
}

#[test]
fn an_event_says_what_it_is_about() {
    let set: SetPayload = serde_json::from_str(include_str!("vectors/event.json")).unwrap();

    let event = set.event().unwrap();

    assert_eq!(event.kind, EventKind::AccessRequested);
    assert_eq!(event.seq, 482);
    assert_eq!(event.about.as_deref(), Some("req-7f1c"));
    assert_eq!(event.urgency, Urgency::Normal);
    assert_eq!(event.into_events(), set.events);
}

#[test]
fn an_event_of_a_new_kind_keeps_its_place_in_the_stream() {
    let mut set: SetPayload = serde_json::from_str(include_str!("vectors/event.json")).unwrap();
    set.events = [("https://example.fi/new".to_owned(), json!({"seq": 483}))].into();

    let event = set.event().unwrap();

    assert_eq!(
        event.kind,
        EventKind::Unknown("https://example.fi/new".to_owned())
    );
    assert_eq!(event.seq, 483);
}

#[test]
fn a_token_carries_exactly_one_event() {
    let mut set: SetPayload = serde_json::from_str(include_str!("vectors/event.json")).unwrap();
    set.events
        .insert("https://example.fi/new".to_owned(), json!({"seq": 483}));
    assert!(set.event().is_err());

    set.events.clear();
    assert!(set.event().is_err());
}

#[test]
fn each_kind_of_event_has_an_address_of_its_own() {
    let kinds = EventKind::known();

    assert_eq!(kinds.len(), 14);
    for kind in kinds {
        assert_eq!(EventKind::from_uri(&kind.uri()), kind);
    }
}

#[test]
fn the_rule_of_an_offer_is_understood() {
    let offer: OfferPayload = serde_json::from_str(include_str!("vectors/offer.json")).unwrap();
    let needs: Vec<_> = offer
        .eligibility
        .needs
        .iter()
        .map(|need| need.var.as_str())
        .collect();

    let rule = consent::rule::parse(&offer.eligibility.rule, &needs);

    assert_eq!(offer.eligibility.lang, RULE_LANGUAGE);
    assert!(rule.is_ok());
}

#[test]
fn a_chain_conflict_tells_the_head() {
    let head = StatementHead {
        seq: 2,
        hash: HASH_2.to_owned(),
    };

    let problem = Problem::chain_conflict(Some(head));

    let published: Problem = serde_json::from_str(include_str!("vectors/problem.json")).unwrap();
    assert_eq!(problem, published);
}

#[test]
fn each_kind_of_problem_is_known_again() {
    for kind in ProblemKind::ALL {
        assert_eq!(Problem::of(kind).known_kind(), Some(kind));
    }
    let other: Problem = serde_json::from_str("{}").unwrap();
    assert_eq!(other.kind, "about:blank");
    assert_eq!(other.known_kind(), None);
}

#[rstest]
#[case::before_anything(0)]
#[case::negative(-1)]
#[case::far_away(i64::MAX)]
#[case::milliseconds(1_788_240_000_000)]
fn a_time_out_of_range_is_refused(#[case] iat: i64) {
    let mut offer: Value = serde_json::from_str(include_str!("vectors/offer.json")).unwrap();
    offer["iat"] = iat.into();

    assert!(serde_json::from_value::<OfferPayload>(offer).is_err());
}

#[rstest]
#[case::as_text(json!("FALSE"), Some(false))]
#[case::as_a_boolean(json!(true), Some(true))]
#[case::as_a_number(json!(0), None)]
fn a_log_entry_may_spell_a_boolean_as_its_standard_does(
    #[case] spelling: Value,
    #[case] expected: Option<bool>,
) {
    let mut entry: Value = serde_json::from_str(include_str!("vectors/access.json")).unwrap();
    entry["isIntermediary"] = spelling;

    let read = serde_json::from_value::<AccessEntry>(entry).ok();

    assert_eq!(read.map(|entry| entry.is_intermediary), expected);
}

#[test]
fn a_log_entry_with_a_zone_is_kept_in_utc() {
    let mut entry: Value = serde_json::from_str(include_str!("vectors/access.json")).unwrap();
    entry["time"] = "2026-09-02T09:12:00+03:00".into();

    let read: AccessEntry = serde_json::from_value(entry).unwrap();

    assert_eq!(read.time.to_string(), "2026-09-02T06:12:00");
}

#[rstest]
fn a_request_with_something_else_in_the_place_of_a_member_is_refused(
    #[values("iss", "sub", "iat", "jti", "notice", "participants")] name: &str,
    #[values(json!(null), json!({}), json!(""), json!(-1.5), json!("\u{0}"), json!([[]]))]
    junk: Value,
) {
    let mut request: Value = serde_json::from_str(include_str!("vectors/request.json")).unwrap();
    request[name] = junk;

    assert!(serde_json::from_value::<RequestPayload>(request).is_err());
}
