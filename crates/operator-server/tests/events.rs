//! Events come to each device, in order, until it has them.

use std::collections::BTreeMap;

use operator_protocol::{
    event::{self, EventKind},
    key::device_id,
    status::ConsentStatus,
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    device::Device,
    town::{AINO, EERO, JOHAN, Town, refusal},
};

fn at_once() -> Value {
    json!({ "returnImmediately": true })
}

fn ids(answer: &Value) -> Vec<String> {
    answer["sets"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect()
}

fn kinds(device: &Device<'_>, answer: &Value) -> Vec<(u64, EventKind)> {
    let sets: BTreeMap<String, String> = serde_json::from_value(answer["sets"].clone()).unwrap();
    sets.values()
        .map(|jws| {
            let set = event::verify(jws, &device.keys).unwrap().payload;
            assert_eq!(set.aud, device_id(&device.key.public()));
            let event = set.event().unwrap();
            (event.seq, event.kind)
        })
        .collect()
}

#[tokio::test]
async fn what_happens_is_told_in_order_and_signed() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let path = device.stream().await;

    let consent = device.given("kirjaston-suosittelut", AINO).await;
    town.pilot().report_access(consent.id).unwrap();
    let answer = device.poll(&path, at_once()).await;

    assert_eq!(
        kinds(&device, &answer),
        [
            (1, EventKind::AccessRequested),
            (2, EventKind::ConsentStatusChanged),
            (3, EventKind::ReceiptIssued),
            (4, EventKind::DataAccessed),
        ]
    );
    assert_eq!(answer["moreAvailable"], false);
}

#[tokio::test]
async fn what_an_event_points_to_can_be_fetched() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let path = device.stream().await;
    device.given("esiopetus-ehdotus", EERO).await;

    let answer = device.poll(&path, at_once()).await;

    for jws in answer["sets"].as_object().unwrap().values() {
        let set = event::verify(jws.as_str().unwrap(), &device.keys).unwrap();
        let href = set.payload.event().unwrap().href.unwrap();
        let call = town.http.get(href).bearer_auth(&device.access);
        assert_eq!(call.send().await.unwrap().status(), 200);
        assert_eq!(set.payload.sub_id.unwrap().id.as_str(), EERO);
    }
}

#[tokio::test]
async fn an_event_comes_again_until_it_is_acknowledged() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let path = device.stream().await;
    device.asked("kirjaston-suosittelut", AINO).await;
    device.asked("merituuli-ohjelma", AINO).await;

    let first = device.poll(&path, at_once()).await;
    let again = device.poll(&path, at_once()).await;
    let acknowledged = json!({ "returnImmediately": true, "ack": [ids(&first)[0]] });
    let rest = device.poll(&path, acknowledged).await;
    let faulty = json!({
        "returnImmediately": true,
        "setErrs": { ids(&first)[1].clone(): { "err": "invalid_key", "description": "unknown" } },
    });
    let none = device.poll(&path, faulty).await;

    assert_eq!(ids(&first), ids(&again));
    assert_eq!(ids(&rest), ids(&first)[1..]);
    assert_eq!(ids(&none), Vec::<String>::new());
}

#[tokio::test]
async fn a_small_appetite_is_respected() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let path = device.stream().await;
    for _ in 0..3 {
        device.asked("kirjaston-suosittelut", AINO).await;
    }

    let two = device
        .poll(&path, json!({ "maxEvents": 2, "returnImmediately": true }))
        .await;
    let nothing = device.poll(&path, json!({ "maxEvents": 0 })).await;
    let rest = json!({ "maxEvents": 2, "returnImmediately": true, "ack": ids(&two) });
    let rest = device.poll(&path, rest).await;

    assert_eq!(ids(&two).len(), 2);
    assert_eq!(two["moreAvailable"], true);
    assert_eq!(ids(&nothing).len(), 0);
    assert_eq!(nothing["moreAvailable"], true);
    assert_eq!(ids(&rest).len(), 1);
    assert_eq!(rest["moreAvailable"], false);
}

#[tokio::test]
async fn a_waiting_poll_is_answered_when_something_happens() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let path = device.stream().await;

    let (answer, _) = tokio::join!(
        device.poll(&path, json!({ "returnImmediately": false })),
        device.asked("kirjaston-suosittelut", AINO),
    );

    assert_eq!(kinds(&device, &answer), [(1, EventKind::AccessRequested)]);
}

#[tokio::test]
async fn a_waiting_poll_is_answered_when_the_operator_stops() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let path = device.stream().await;
    let call = device.call(Method::POST, &path).json(&json!({}));
    let polling = tokio::spawn(async move { call.send().await.unwrap().status() });

    // An answered call after it: the poll has arrived, or else is refused a connection.
    device.json("/v1/requests").await;
    town.operator.shutdown().await;

    if let Ok(status) = polling.await {
        assert_eq!(status, 200);
    }
}

#[tokio::test]
async fn each_device_has_a_stream_of_its_own() {
    let town = Town::open().await;
    let laptop = Device::enrolled(&town, AINO, 1).await;
    let desktop = Device::enrolled(&town, AINO, 2).await;
    let johan = Device::enrolled(&town, JOHAN, 3).await;
    let (first, second) = (laptop.stream().await, desktop.stream().await);
    let his = johan.stream().await;
    laptop.asked("kirjaston-suosittelut", AINO).await;

    let taken = laptop.poll(&first, at_once()).await;
    let ack = json!({ "returnImmediately": true, "ack": ids(&taken) });
    laptop.poll(&first, ack).await;
    let other = desktop.poll(&second, at_once()).await;
    let nothing = johan.poll(&his, at_once()).await;
    let foreign = johan.call(Method::POST, &first).json(&at_once());

    assert_eq!(laptop.stream().await, first, "set up again, it is the same");
    assert_eq!(ids(&other).len(), 1);
    assert_eq!(ids(&nothing).len(), 0);
    let foreign = refusal(foreign.send().await.unwrap()).await;
    assert_eq!(foreign, (404, "stream-unknown".to_owned()));
}

#[tokio::test]
async fn only_what_was_asked_for_is_told() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let wanted = EventKind::ReceiptIssued.uri();
    let body = json!({
        "delivery": { "method": "urn:ietf:rfc:8936" },
        "events_requested": [wanted],
    });
    let stream: Value = device
        .call(Method::POST, "/v1/streams")
        .json(&body)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let endpoint = stream["delivery"]["endpoint_url"].as_str().unwrap();
    let path = endpoint.strip_prefix(town.operator.base_url()).unwrap();
    let mut consent = device.given("kirjaston-suosittelut", AINO).await;
    device
        .state(&mut consent, ConsentStatus::ConsentWithdrawn)
        .await;

    let answer = device.poll(path, at_once()).await;

    assert_eq!(
        kinds(&device, &answer),
        [(1, EventKind::ReceiptIssued), (2, EventKind::ReceiptIssued)]
    );
}

#[tokio::test]
async fn an_offer_is_told_to_everybody_alike() {
    let town = Town::open().await;
    let aino = Device::enrolled(&town, AINO, 1).await;
    let johan = Device::enrolled(&town, JOHAN, 2).await;
    let (hers, his) = (aino.stream().await, johan.stream().await);
    let id = "offer-esiopetus".parse().unwrap();
    town.pilot().withdraw_offer(&id).unwrap();
    town.pilot().publish_offer(&id).unwrap();

    let expected = [
        (1, EventKind::OfferWithdrawn),
        (2, EventKind::OfferPublished),
    ];
    assert_eq!(kinds(&aino, &aino.poll(&hers, at_once()).await), expected);
    assert_eq!(kinds(&johan, &johan.poll(&his, at_once()).await), expected);
}
