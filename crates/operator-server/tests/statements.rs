//! What a person decides counts once, and is proven.

use operator_protocol::{
    chain::{self, Evidence},
    jws,
    receipt::{self, ReceiptKind},
    record,
    status::ConsentStatus,
};
use reqwest::Method;
use serde_json::Value;

use crate::{
    device::Device,
    town::{AINO, EERO, JOHAN, Town, refusal},
};

#[tokio::test]
async fn a_permission_is_taken_and_its_receipt_holds() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let request = device.asked("esiopetus-ehdotus", EERO).await;
    let mut consent = device.record(&request).await;

    let receipt = device
        .state(&mut consent, ConsentStatus::ConsentGiven)
        .await;

    assert_eq!(receipt.iss.as_str(), town.operator.base_url());
    assert_eq!(receipt.cr_id, consent.id);
    assert_eq!(receipt.kind, Some(ReceiptKind::Accepted));
    assert_eq!(receipt.forwarded_to[0].party, request.controller.id);
    assert_eq!(receipt.effective_at, town.now());
    assert!(receipt.termination.is_none());
    let again = device.get(&format!("/v1/receipts/{}", receipt.jti)).await;
    let again = receipt::verify(&again.text().await.unwrap(), &device.keys).unwrap();
    assert_eq!(again.payload, receipt);
}

#[tokio::test]
async fn a_whole_life_is_a_chain_that_anybody_can_check() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let delegations = device.json("/v1/delegations").await;
    let mut consent = device.given("esiopetus-ehdotus", EERO).await;
    for status in [
        ConsentStatus::ConsentPaused,
        ConsentStatus::RenewedConsentGiven,
        ConsentStatus::ConsentWithdrawn,
    ] {
        device.state(&mut consent, status).await;
    }

    let listed = device.json("/v1/consents").await;

    let entry = &listed["items"][0];
    assert_eq!(entry["status"], "ConsentWithdrawn");
    assert_eq!(entry["cr_hash"], record::hash(&consent.record).unwrap());
    assert_eq!(entry["head"]["seq"], 4);
    assert_eq!(entry["head"]["hash"], consent.head.as_ref().unwrap().hash);
    let texts =
        |name: &str| -> Vec<String> { serde_json::from_value(entry[name].clone()).unwrap() };
    let delegations: Vec<String> = serde_json::from_value(delegations["items"].clone()).unwrap();
    let report = chain::verify(&Evidence {
        operator_keys: &device.keys,
        bindings: std::slice::from_ref(&device.binding),
        delegations: &delegations,
        record: &consent.record,
        statements: &texts("statements"),
        receipts: &texts("receipts"),
    });
    assert!(report.holds(), "{report:?}");
    assert_eq!(report.without_receipt, Vec::<usize>::new());
}

#[tokio::test]
async fn a_withdrawal_says_by_when_the_data_is_gone() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let mut consent = device.given("esiopetus-ehdotus", EERO).await;

    let receipt = device
        .state(&mut consent, ConsentStatus::ConsentWithdrawn)
        .await;

    let termination = receipt.termination.unwrap();
    assert_eq!(termination.erasure_due, Some("2026-12-22".parse().unwrap()));
    assert!(!termination.confirmed);
}

#[tokio::test]
async fn a_refusal_is_not_forwarded() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let request = device.asked("merituuli-ohjelma", AINO).await;
    let mut consent = device.record(&request).await;

    let receipt = device
        .state(&mut consent, ConsentStatus::ConsentRefused)
        .await;

    assert_eq!(receipt.forwarded_to, []);
    assert_eq!(receipt.status, ConsentStatus::ConsentRefused);
}

#[tokio::test]
async fn the_same_statement_again_gets_the_same_answer() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let request = device.asked("kirjaston-suosittelut", AINO).await;
    let consent = device.record(&request).await;
    let signed = device.sign(&consent, ConsentStatus::ConsentGiven);

    let first = device.send(&signed.compact).await;
    town.clock.advance(jiff::SignedDuration::from_hours(24));
    let device = Device {
        access: Device::signed_in(&town, AINO, 1).await.access,
        ..device
    };
    let again = device.send(&signed.compact).await;

    assert_eq!(
        (first.status(), again.status()),
        (201.try_into().unwrap(), 201.try_into().unwrap())
    );
    assert_eq!(first.text().await.unwrap(), again.text().await.unwrap());
}

#[tokio::test]
async fn a_statement_counts_once_even_when_its_key_is_forgotten() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let request = device.asked("kirjaston-suosittelut", AINO).await;
    let consent = device.record(&request).await;
    let signed = device.sign(&consent, ConsentStatus::ConsentGiven);
    let first = device.send(&signed.compact).await.text().await.unwrap();
    town.pass(jiff::SignedDuration::from_hours(24 * 60));
    let device = Device {
        access: Device::signed_in(&town, AINO, 1).await.access,
        ..device
    };

    let again = device.send(&signed.compact).await;

    assert_eq!(again.status(), 201);
    assert_eq!(again.text().await.unwrap(), first);
    let listed = device.json("/v1/consents").await;
    assert_eq!(
        listed["items"][0]["statements"].as_array().unwrap().len(),
        1
    );
}

#[tokio::test]
async fn another_statement_under_the_same_key_is_refused() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let request = device.asked("kirjaston-suosittelut", AINO).await;
    let consent = device.record(&request).await;
    let given = device.sign(&consent, ConsentStatus::ConsentGiven);
    let refused = device.sign(&consent, ConsentStatus::ConsentRefused);
    let claimed: Value = jws::decode_unverified(&given.compact).unwrap().payload;
    assert_eq!(device.send(&given.compact).await.status(), 201);

    let response = device
        .call(Method::POST, "/v1/consent-status")
        .header("idempotency-key", claimed["jti"].as_str().unwrap())
        .body(refused.compact)
        .send()
        .await
        .unwrap();

    assert_eq!(refusal(response).await, (422, "key-reused".to_owned()));
}

#[tokio::test]
async fn a_device_that_lost_its_newest_link_learns_the_head() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let mut consent = device.given("kirjaston-suosittelut", AINO).await;
    let restored = consent.clone();
    device
        .state(&mut consent, ConsentStatus::ConsentPaused)
        .await;

    let stale = device.sign(&restored, ConsentStatus::ConsentWithdrawn);
    let response = device.send(&stale.compact).await;

    assert_eq!(response.status(), 409);
    let problem: Value = response.json().await.unwrap();
    let head = consent.head.clone().unwrap();
    assert_eq!(
        problem,
        serde_json::json!({
            "type": "https://mydata.example.fi/problems/chain-conflict",
            "title": "Consent chain has a newer head",
            "status": 409,
            "detail": "Re-sign on top of the given head.",
            "head": { "seq": head.seq, "hash": head.hash },
        })
    );
    device
        .state(&mut consent, ConsentStatus::ConsentWithdrawn)
        .await;
}

#[tokio::test]
async fn another_device_of_the_person_may_withdraw_in_a_chain_of_its_own() {
    let town = Town::open().await;
    let laptop = Device::enrolled(&town, AINO, 1).await;
    let desktop = Device::enrolled(&town, AINO, 2).await;
    let mut consent = laptop.given("kirjaston-suosittelut", AINO).await;
    let mut seen_there = crate::device::Consent {
        head: None,
        ..consent.clone()
    };

    desktop
        .state(&mut seen_there, ConsentStatus::ConsentWithdrawn)
        .await;
    let paused = laptop.sign(&consent, ConsentStatus::ConsentPaused);
    assert_eq!(laptop.send(&paused.compact).await.status(), 201);
    consent.head = Some(paused.head);
    let resumed = laptop.sign(&consent, ConsentStatus::RenewedConsentGiven);
    let resumed = laptop.send(&resumed.compact).await;

    assert_eq!(refusal(resumed).await, (422, "status-conflict".to_owned()));
    let listed = laptop.json("/v1/consents").await;
    assert_eq!(listed["items"][0]["status"], "ConsentWithdrawn");
    assert_eq!(listed["items"][0]["head"]["seq"], 2);
}

#[tokio::test]
async fn an_expired_request_can_be_refused_and_an_old_permission_withdrawn() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let mut given = device.given("kirjaston-suosittelut", AINO).await;
    let request = device.asked("merituuli-ohjelma", AINO).await;
    let mut refused = device.record(&request).await;
    town.clock
        .advance(jiff::SignedDuration::from_hours(24 * 90));
    let device = Device {
        access: Device::signed_in(&town, AINO, 1).await.access,
        ..device
    };

    device
        .state(&mut refused, ConsentStatus::ConsentRefused)
        .await;
    device
        .state(&mut given, ConsentStatus::ConsentWithdrawn)
        .await;
}

#[tokio::test]
async fn a_statement_made_long_before_it_was_sent_counts_from_its_arrival() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let mut consent = device.given("kirjaston-suosittelut", AINO).await;
    let signed = device.sign(&consent, ConsentStatus::ConsentWithdrawn);
    town.clock
        .advance(jiff::SignedDuration::from_hours(24 * 30));
    let device = Device {
        access: Device::signed_in(&town, AINO, 1).await.access,
        ..device
    };

    let response = device.send(&signed.compact).await;

    let receipt = response.text().await.unwrap();
    let receipt = receipt::verify(&receipt, &device.keys).unwrap().payload;
    assert_eq!(receipt.effective_at, town.now());
    consent.head = Some(signed.head);
}

#[tokio::test]
async fn nobody_sees_what_they_take_no_part_in() {
    let town = Town::open().await;
    let aino = Device::enrolled(&town, AINO, 1).await;
    let johan = Device::enrolled(&town, JOHAN, 2).await;
    let request = aino.asked("kirjaston-suosittelut", AINO).await;
    let mut consent = aino.record(&request).await;
    let receipt = aino.state(&mut consent, ConsentStatus::ConsentGiven).await;
    town.pilot().report_access(consent.id).unwrap();

    for path in [
        format!("/v1/requests/{}", request.id),
        format!("/v1/receipts/{}", receipt.jti),
    ] {
        assert_eq!(johan.get(&path).await.status(), 404, "{path}");
    }
    for path in ["/v1/requests", "/v1/consents", "/v1/access-log"] {
        assert_eq!(
            johan.json(path).await["items"],
            serde_json::json!([]),
            "{path}"
        );
        assert_ne!(
            aino.json(path).await["items"],
            serde_json::json!([]),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_record_is_taken_once_and_never_changed() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let request = device.asked("kirjaston-suosittelut", AINO).await;
    let consent = device.record(&request).await;
    let mut other = consent.clone();
    other.record["dct:created"] = "2026-11-22T09:00:00Z".into();

    let again = device.put(&consent).await;
    let different = device.put(&other).await;

    assert_eq!(again.status(), 200);
    assert_eq!(refusal(different).await, (409, "record-differs".to_owned()));
}
