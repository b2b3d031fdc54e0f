//! What does not hold does not count, and the answer says why.

use consent::request::AccessRequest;
use operator_protocol::{
    key::SigningKey,
    statement::{Actor, Decision, SignedStatement, StatementHead, sign_statement},
    status::ConsentStatus,
};
use pii::Secret;
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    device::{Consent, Device},
    town::{AINO, EERO, JOHAN, Town, refusal},
};

/// What is wrong with a statement that is otherwise right.
#[derive(Clone, Copy, Debug)]
enum Wrong {
    Key,
    Signature,
    Typ,
    Audience,
    Future,
    Ancient,
    Actor,
    NoActor,
    Subject,
    RecordNotSent,
    RecordHash,
    Process,
    Link,
    SecondYes,
    Resumed,
    Suspended,
}

#[rstest]
#[case::a_key_of_nobody(Wrong::Key, (403, "not-authorised"))]
#[case::a_forged_signature(Wrong::Signature, (422, "bad-signature"))]
#[case::another_kind_of_message(Wrong::Typ, (400, "malformed"))]
#[case::for_another_operator(Wrong::Audience, (422, "wrong-audience"))]
#[case::from_the_future(Wrong::Future, (422, "time-out-of-range"))]
#[case::from_ages_ago(Wrong::Ancient, (422, "time-out-of-range"))]
#[case::in_somebody_elses_name(Wrong::Actor, (403, "not-authorised"))]
#[case::about_a_child_in_its_own_name(Wrong::NoActor, (403, "not-authorised"))]
#[case::about_somebody_elses_data(Wrong::Subject, (403, "not-authorised"))]
#[case::about_a_record_that_was_not_sent(Wrong::RecordNotSent, (409, "record-unknown"))]
#[case::about_another_record(Wrong::RecordHash, (422, "record-mismatch"))]
#[case::about_another_process(Wrong::Process, (422, "record-mismatch"))]
#[case::without_the_link_before(Wrong::Link, (422, "chain-broken"))]
#[case::a_second_yes(Wrong::SecondYes, (422, "status-conflict"))]
#[case::resuming_what_was_not_paused(Wrong::Resumed, (422, "status-conflict"))]
#[case::what_only_the_operator_says(Wrong::Suspended, (422, "status-conflict"))]
#[tokio::test]
async fn a_statement_that_does_not_hold_is_refused(
    #[case] wrong: Wrong,
    #[case] expected: (u16, &str),
) {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let request = device.asked("esiopetus-ehdotus", EERO).await;
    let mut consent = if matches!(wrong, Wrong::RecordNotSent) {
        device.unsent(&request)
    } else {
        device.record(&request).await
    };
    if matches!(wrong, Wrong::SecondYes | Wrong::Resumed) {
        device
            .state(&mut consent, ConsentStatus::ConsentGiven)
            .await;
    }

    let response = device.send(&wrong.apply(&device, &consent).compact).await;

    let (status, kind) = refusal(response).await;
    assert_eq!((status, kind.as_str()), expected);
    let statements = device.json("/v1/consents").await;
    let counted = statements["items"][0]["statements"]
        .as_array()
        .map_or(0, Vec::len);
    assert_eq!(counted, usize::from(consent.head.is_some()));
}

impl Wrong {
    fn apply(self, device: &Device<'_>, consent: &Consent) -> SignedStatement {
        let right = device.decide(consent, ConsentStatus::ConsentGiven);
        let head = consent.head.as_ref();
        let sign = |decision| sign_statement(&device.key, decision, head).unwrap();
        let hours = |hours: i64| right.decided_at + jiff::SignedDuration::from_hours(hours);
        match self {
            Self::Key => {
                let stranger = SigningKey::from_seed(Secret::new([99; 32]));
                sign_statement(&stranger, right, head).unwrap()
            }
            Self::Signature => {
                let mut signed = sign(right);
                let flipped = if signed.compact.ends_with("AA") {
                    "AQ"
                } else {
                    "AA"
                };
                signed.compact.truncate(signed.compact.len() - 6);
                signed.compact.push_str("AAAA");
                signed.compact.push_str(flipped);
                signed
            }
            Self::Typ => {
                let payload: Value =
                    operator_protocol::jws::decode_unverified(&sign(right).compact)
                        .unwrap()
                        .payload;
                let compact =
                    operator_protocol::jws::sign(&device.key, "mdc-prohibition+jwt", &payload)
                        .unwrap();
                SignedStatement {
                    compact,
                    head: StatementHead {
                        seq: 1,
                        hash: String::new(),
                    },
                }
            }
            Self::Audience => sign(Decision {
                operator: "https://elsewhere.example.fi".parse().unwrap(),
                ..right
            }),
            Self::Future => sign(Decision {
                decided_at: hours(1),
                ..right
            }),
            Self::Ancient => sign(Decision {
                decided_at: hours(-24 * 366 * 11),
                ..right
            }),
            Self::Actor => sign(Decision {
                actor: Some(Actor {
                    sub: JOHAN.parse().unwrap(),
                    authority: None,
                }),
                ..right
            }),
            Self::NoActor => sign(Decision {
                actor: None,
                ..right
            }),
            Self::Subject => sign(Decision {
                subject: JOHAN.parse().unwrap(),
                ..right
            }),
            Self::RecordHash => sign(Decision {
                record_hash: format!("sha-256:{}", "A".repeat(43)),
                ..right
            }),
            Self::Process => sign(Decision {
                processes: vec!["#p2".to_owned()],
                ..right
            }),
            Self::Link => {
                let head = StatementHead {
                    seq: 3,
                    hash: format!("sha-256:{}", "A".repeat(43)),
                };
                sign_statement(&device.key, right, Some(&head)).unwrap()
            }
            Self::RecordNotSent | Self::SecondYes => sign(right),
            Self::Resumed => sign(Decision {
                status: ConsentStatus::RenewedConsentGiven,
                ..right
            }),
            Self::Suspended => sign(Decision {
                status: ConsentStatus::Suspended,
                ..right
            }),
        }
    }
}

/// How a record can say something else than its request.
#[rstest]
#[case::another_controller("/dpv:hasDataController/@id", json!("https://evil.example.fi/org"), "terms-differ")]
#[case::another_purpose("/dpv:hasProcess/0/dpv:hasPurpose", json!("dpv:Marketing"), "terms-differ")]
#[case::no_known_purpose("/dpv:hasProcess/0/dpv:hasPurpose", json!("dpv:SellToAnyone"), "unknown-purpose")]
#[case::another_legal_basis("/dpv:hasLegalBasis", json!("eu-gdpr:A6-1-f"), "terms-differ")]
#[case::another_source("/dpv:hasProcess/0/dpv:hasDataSource", json!("https://hel.fi/src/other"), "terms-differ")]
#[case::another_service("/dpv:hasProcess/0/dpv:hasService", json!("https://hel.fi/svc/other"), "request-unknown")]
#[case::another_recipient("/dpv:hasProcess/0/dpv:hasRecipient", json!(["https://evil.example.fi/org"]), "terms-differ")]
#[case::another_field("/dpv:hasProcess/0/dpv:hasPersonalData/0/@id", json!("ds:family/person#/lastName"), "terms-differ")]
#[case::another_necessity("/dpv:hasProcess/0/dpv:hasPersonalData/0/dpv:hasNecessity", json!("dpv:Optional"), "terms-differ")]
#[case::another_notice("/dpv:hasNotice/mdc:contentHash", json!(format!("sha-256:{}", "A".repeat(43))), "terms-differ")]
#[case::a_longer_period("/dct:valid/schema:validThrough", json!("2099-01-01T00:00:00Z"), "terms-differ")]
#[tokio::test]
async fn a_record_says_what_its_request_asked_for_or_does_not_count(
    #[case] place: &str,
    #[case] value: Value,
    #[case] expected: &str,
) {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let request = device.asked("esiopetus-ehdotus", EERO).await;
    let mut consent = device.unsent(&request);
    *consent.record.pointer_mut(place).expect(place) = value;
    assert_eq!(device.put(&consent).await.status(), 201);

    let signed = device.sign(&consent, ConsentStatus::ConsentGiven);
    let response = device.send(&signed.compact).await;

    assert_eq!(refusal(response).await, (422, expected.to_owned()));
}

#[tokio::test]
async fn a_record_that_leaves_out_what_is_required_does_not_count() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let request = device.asked("esiopetus-ehdotus", EERO).await;
    let mut consent = device.unsent(&request);
    let fields = consent
        .record
        .pointer_mut("/dpv:hasProcess/0/dpv:hasPersonalData")
        .unwrap();
    fields.as_array_mut().unwrap().remove(0);
    device.put(&consent).await;

    let signed = device.sign(&consent, ConsentStatus::ConsentGiven);
    let response = device.send(&signed.compact).await;

    assert_eq!(refusal(response).await, (422, "terms-differ".to_owned()));
}

#[tokio::test]
async fn a_yes_to_an_expired_request_does_not_count() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let request = device.asked("kirjaston-suosittelut", AINO).await;
    let consent = device.record(&request).await;
    town.clock.set(request.expires_at);
    let device = Device {
        access: Device::signed_in(&town, AINO, 1).await.access,
        ..device
    };

    let signed = device.sign(&consent, ConsentStatus::ConsentGiven);
    let response = device.send(&signed.compact).await;

    assert_eq!(refusal(response).await, (422, "request-expired".to_owned()));
}

#[tokio::test]
async fn a_yes_to_a_service_that_is_not_registered_does_not_count() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let mut request: AccessRequest = device.asked("superedut", AINO).await;
    assert!(!request.obstacles.is_empty());
    for field in &mut request.fields {
        // The sender is not registered, so its app would not let the person get this far.
        field.is_sensitive = false;
    }
    let consent = device.record(&request).await;

    let signed = device.sign(&consent, ConsentStatus::ConsentGiven);
    let response = device.send(&signed.compact).await;

    assert_eq!(
        refusal(response).await,
        (422, "service-unregistered".to_owned())
    );
}

#[tokio::test]
async fn a_request_to_one_person_is_not_answered_by_another() {
    let town = Town::open().await;
    let aino = Device::enrolled(&town, AINO, 1).await;
    let johan = Device::enrolled(&town, JOHAN, 2).await;
    let request = aino.asked("esiopetus-ehdotus", EERO).await;
    let consent = aino.unsent(&request);

    let record = johan.put(&consent).await;

    assert_eq!(refusal(record).await, (403, "not-authorised".to_owned()));
}

#[tokio::test]
async fn a_statement_under_another_key_than_its_own_is_refused() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let request = device.asked("kirjaston-suosittelut", AINO).await;
    let consent = device.record(&request).await;
    let signed = device.sign(&consent, ConsentStatus::ConsentGiven);

    let response = device
        .call(reqwest::Method::POST, "/v1/consent-status")
        .header("idempotency-key", "another")
        .body(signed.compact)
        .send()
        .await
        .unwrap();

    assert_eq!(refusal(response).await, (422, "key-differs".to_owned()));
}
