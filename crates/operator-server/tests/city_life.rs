//! What the city does by itself, and what it must not do.

use jiff::SignedDuration;
use operator_protocol::{
    access_log::AccessEntry,
    event::{self, EventKind},
    receipt::{self, DataOutcome, ReceiptKind},
    status::ConsentStatus,
};
use operator_server::{Pace, PilotError, Settings};
use serde_json::json;

use crate::{
    device::Device,
    town::{AINO, EERO, Town, settings},
};

async fn log(device: &Device<'_>) -> Vec<AccessEntry> {
    let page = device.json("/v1/access-log").await;
    serde_json::from_value(page["items"].clone()).unwrap()
}

#[tokio::test]
async fn requests_arrive_after_a_first_device_has_enrolled() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let count = async || {
        let listed = device.json("/v1/requests").await;
        listed["items"].as_array().unwrap().len()
    };

    town.pass(SignedDuration::from_secs(3));
    let too_early = count().await;
    town.pass(SignedDuration::from_secs(1));
    let first = count().await;
    Device::enrolled(&town, AINO, 2).await;
    town.pass(SignedDuration::from_mins(15));
    let all = count().await;
    town.pass(SignedDuration::from_mins(15));

    assert_eq!((too_early, first), (0, 1));
    assert!(all > 3);
    assert_eq!(count().await, all, "nothing comes twice");
}

#[tokio::test]
async fn data_is_used_while_a_permission_is_in_force_and_not_after() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let mut consent = device.given("kirjaston-suosittelut", AINO).await;

    town.pass(SignedDuration::from_mins(5));
    let used = log(&device).await;
    device
        .state(&mut consent, ConsentStatus::ConsentPaused)
        .await;
    town.pass(SignedDuration::from_mins(15));
    let paused = log(&device).await.len();
    device
        .state(&mut consent, ConsentStatus::RenewedConsentGiven)
        .await;
    town.pass(SignedDuration::from_mins(30));
    device
        .state(&mut consent, ConsentStatus::ConsentWithdrawn)
        .await;
    town.pass(SignedDuration::from_hours(20));

    assert_eq!(used.len(), 2);
    assert_eq!(used[0].cr_id, Some(consent.id));
    assert_eq!(used[0].seq, Some(1));
    assert_eq!(
        used[0].list_of_claims_presented[0].claims,
        ["/loans/titles", "/interests/languages"]
    );
    assert_eq!(paused, 2);
    let device = Device {
        access: Device::signed_in(&town, AINO, 1).await.access,
        ..device
    };
    assert_eq!(log(&device).await.len(), 2);
}

#[tokio::test]
async fn a_permission_ends_at_its_date_and_everybody_learns_it() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let consent = device.given("esiopetus-ehdotus", EERO).await;
    town.pass(SignedDuration::from_hours(24 * 366));
    let device = Device {
        access: Device::signed_in(&town, AINO, 1).await.access,
        ..device
    };

    let used = town.pilot().report_access(consent.id);

    assert_eq!(used, Err(PilotError::NotInForce));
    let listed = device.json("/v1/consents").await;
    assert_eq!(listed["items"][0]["status"], "ConsentExpired");
}

#[tokio::test]
async fn a_use_of_data_is_logged_by_path_and_never_by_value() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let consent = device.given("esiopetus-ehdotus", EERO).await;

    town.pilot().report_access(consent.id).unwrap();

    let text = device.get("/v1/access-log").await.text().await.unwrap();
    assert!(text.contains("/child/birthDate"));
    assert!(text.contains("vtj-family"));
    for value in ["Eero", "2020-05-21", "Virtanen"] {
        assert!(!text.contains(value), "{value}");
    }
    let after = device.json("/v1/access-log?after=1").await;
    assert_eq!(after, json!({ "items": [], "next": null }));
}

#[tokio::test]
async fn a_withdrawal_ends_with_the_word_that_the_data_is_gone() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let mut consent = device.given("kirjaston-suosittelut", AINO).await;
    let receipt = device
        .state(&mut consent, ConsentStatus::ConsentWithdrawn)
        .await;
    let due = receipt.termination.unwrap().erasure_due.unwrap();
    let due = due.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();

    town.clock.set(due);
    town.pilot().tick().unwrap();
    let device = Device {
        access: Device::signed_in(&town, AINO, 1).await.access,
        ..device
    };

    let listed = device.json("/v1/consents").await;
    let receipts = listed["items"][0]["receipts"].as_array().unwrap();
    let last = receipts.last().unwrap().as_str().unwrap();
    let last = receipt::verify(last, &device.keys).unwrap().payload;
    assert_eq!(receipts.len(), 3);
    assert_eq!(last.effective_kind(), ReceiptKind::Termination);
    assert_eq!(last.csr, receipt.csr);
    let end = last.termination.unwrap();
    assert!(end.confirmed);
    assert_eq!(end.outcome, Some(DataOutcome::Erased));
}

#[tokio::test]
async fn by_hand_only_what_exists_happens() {
    let town = Town::open().await;
    let pilot = town.pilot();
    let nobody = "urn:mdc:surrogate:nobody".parse().unwrap();

    assert_eq!(
        pilot.issue_request("no-such-template", &nobody),
        Err(PilotError::Unknown)
    );
    assert_eq!(
        pilot.publish_offer(&"offer-none".parse().unwrap()),
        Err(PilotError::Unknown)
    );
    assert_eq!(
        pilot.report_access("0198f3a2-6c1e-7b55-9d0e-3f5c2f8a1b01".parse().unwrap()),
        Err(PilotError::Unknown)
    );
}

#[tokio::test]
async fn a_test_can_have_the_operator_fail_and_be_gone() {
    let town = Town::open().await;
    let trouble = town.operator.test_handle();

    trouble.fail_next(503);
    let failing = town.get("/v1/offers").await;
    trouble.set_offline(true);
    let gone = town.http.get(town.url("/v1/offers")).send().await;
    trouble.set_offline(false);

    assert_eq!(failing.status(), 503);
    assert_eq!(failing.headers()["retry-after"], "1");
    assert!(gone.is_err());
    assert_eq!(town.get("/v1/offers").await.status(), 200);
}

#[tokio::test]
async fn a_refusal_is_held_back_until_the_service_hoped_for_an_answer() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::open_in(folder.path()).await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let request = device.asked("merituuli-ohjelma", AINO).await;
    let mut consent = device.record(&request).await;
    device
        .state(&mut consent, ConsentStatus::ConsentRefused)
        .await;
    let told = || -> Option<i64> {
        let store = rusqlite::Connection::open(folder.path().join("operator.sqlite")).unwrap();
        let sql = "SELECT told_service_at FROM statement WHERE status = 'ConsentRefused'";
        store.query_row(sql, (), |row| row.get(0)).unwrap()
    };
    let reply_by = request.reply_by.unwrap();

    town.clock.set(reply_by - SignedDuration::from_secs(1));
    town.pilot().tick().unwrap();
    let before = told();
    town.clock.set(reply_by);
    town.pilot().tick().unwrap();

    assert_eq!(before, None);
    assert_eq!(told(), Some(reply_by.as_millisecond()));
}

#[tokio::test]
async fn at_a_fast_pace_the_city_lives_by_itself() {
    let town = Town::with(Settings {
        pace: Pace::Times(1e9),
        ..settings(None)
    })
    .await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let path = device.stream().await;
    let consent = device.given("veneilytutkimus", AINO).await;

    let mut seen = Vec::new();
    while !seen.contains(&EventKind::DataAccessed) {
        let answer = device.poll(&path, json!({ "ack": [] })).await;
        let sets = answer["sets"].as_object().unwrap();
        assert!(!sets.is_empty(), "waited in vain");
        let ids: Vec<_> = sets.keys().cloned().collect();
        for jws in sets.values() {
            let set = event::verify(jws.as_str().unwrap(), &device.keys).unwrap();
            seen.push(set.payload.event().unwrap().kind);
        }
        let ack = json!({ "ack": ids, "maxEvents": 0 });
        device.poll(&path, ack).await;
    }

    assert_eq!(log(&device).await[0].cr_id, Some(consent.id));
}
