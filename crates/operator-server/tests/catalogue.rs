//! What is the same for everybody, and what is only about oneself.

use operator_protocol::{
    canonical::sha256_tag,
    jws,
    offer::{self, OfferCatalogue},
    request::RequestPayload,
    service::ServiceDescription,
    source::{OutcomeStatus, Snapshot, SourceEntry, SourceSchema},
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    device::{Device, fresh},
    town::{AINO, EERO, JOHAN, Town, refusal},
};

#[tokio::test]
async fn services_sources_and_schemas_are_open_to_all() {
    let town = Town::open().await;

    let services = town.json("/v1/services").await;
    let services: Vec<ServiceDescription> =
        serde_json::from_value(services["items"].clone()).unwrap();
    let sources = town.json("/v1/sources").await;
    let sources: Vec<SourceEntry> = serde_json::from_value(sources["items"].clone()).unwrap();

    assert!(services.len() > 5);
    for service in &services {
        let url = service.registry_uri.as_ref().unwrap();
        let one: ServiceDescription = town
            .http
            .get(url)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        assert_eq!(one, *service);
    }
    for source in sources {
        let response = town.http.get(&source.schema).send().await.unwrap();
        let schema: SourceSchema = response.json().await.unwrap();
        assert_eq!(schema.id(), source.schema);
        assert!(!schema.fields().is_empty());
    }
}

#[tokio::test]
async fn a_notice_is_byte_for_byte_what_a_request_names() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;

    let request = device.asked("esiopetus-ehdotus", EERO).await;

    assert_eq!(request.obstacles, []);
    for (code, hash) in [
        ("fi", request.notice.hashes.fi.unwrap()),
        ("sv", request.notice.hashes.sv.unwrap()),
        ("en", request.notice.hashes.en.unwrap()),
    ] {
        let url = format!("{}?lang={code}", request.notice.uri);
        let response = town.http.get(url).send().await.unwrap();
        assert_eq!(response.headers()["content-language"], code);
        assert_eq!(sha256_tag(&response.bytes().await.unwrap()), hash);
    }
}

#[tokio::test]
async fn a_source_that_fails_at_first_is_fetched_later() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let fetch = async || -> Snapshot {
        let all = device.json("/v1/sources/all/snapshot").await;
        serde_json::from_value(all).unwrap()
    };

    let first = fetch().await;
    let mut later = first.clone();
    for _ in 0..3 {
        later = fetch().await;
    }

    let failed = |snapshot: &Snapshot| {
        let outcomes = snapshot.services.iter();
        outcomes
            .filter(|it| it.status == OutcomeStatus::Error)
            .count()
    };
    assert!(
        failed(&first) > 0,
        "one of the city's sources is slow at first"
    );
    assert!(failed(&later) < failed(&first));
    assert!(
        first
            .services
            .iter()
            .any(|it| it.status == OutcomeStatus::Ok)
    );
}

#[tokio::test]
async fn a_snapshot_that_has_not_changed_is_not_sent_again() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let first = device.get("/v1/sources/library/snapshot").await;
    let etag = first.headers()["etag"].clone();
    town.clock.advance(jiff::SignedDuration::from_mins(30));

    let again = device
        .call(Method::GET, "/v1/sources/library/snapshot")
        .header("if-none-match", etag)
        .send()
        .await
        .unwrap();

    assert_eq!(again.status(), 304);
    assert_eq!(again.bytes().await.unwrap().len(), 0);
}

#[tokio::test]
async fn each_gets_what_is_held_about_them() {
    let town = Town::open().await;
    let aino = Device::enrolled(&town, AINO, 1).await;
    let johan = Device::enrolled(&town, JOHAN, 2).await;

    let hers = aino
        .get("/v1/sources/profile/snapshot")
        .await
        .text()
        .await
        .unwrap();
    let his = johan
        .get("/v1/sources/profile/snapshot")
        .await
        .text()
        .await
        .unwrap();
    let nobodys = town.get("/v1/sources/profile/snapshot").await;

    assert!(hers.contains("Aino") && !hers.contains("Johan"));
    assert!(his.contains("Johan") && !his.contains("Aino"));
    assert_eq!(nobodys.status(), 401);
}

#[tokio::test]
async fn two_residents_get_the_same_offers_byte_for_byte() {
    let town = Town::open().await;
    let aino = Device::enrolled(&town, AINO, 1).await;
    let johan = Device::enrolled(&town, JOHAN, 2).await;

    let hers = aino
        .get("/v1/offers?since_version=0")
        .await
        .bytes()
        .await
        .unwrap();
    let his = johan
        .get("/v1/offers?since_version=7")
        .await
        .bytes()
        .await
        .unwrap();
    let nobodys = town.get("/v1/offers").await.bytes().await.unwrap();

    assert_eq!(hers, his);
    assert_eq!(hers, nobodys);
}

#[tokio::test]
async fn offers_come_and_go_with_the_catalogues_version() {
    let town = Town::open().await;
    let services = town.json("/v1/services").await;
    let services: Vec<ServiceDescription> =
        serde_json::from_value(services["items"].clone()).unwrap();
    let before: OfferCatalogue = serde_json::from_value(town.json("/v1/offers").await).unwrap();
    for jws in &before.items {
        let claimed: Value = jws::decode_unverified(jws).unwrap().payload;
        let service = services
            .iter()
            .find(|it| it.mydata_service.id.as_str() == claimed["service"])
            .unwrap();
        offer::verify(jws, &service.mydata_service.jwks).unwrap();
    }
    let id = "offer-esiopetus".parse().unwrap();

    assert!(town.pilot().withdraw_offer(&id).unwrap());
    assert!(!town.pilot().withdraw_offer(&id).unwrap());
    let without: OfferCatalogue = serde_json::from_value(town.json("/v1/offers").await).unwrap();
    assert!(town.pilot().publish_offer(&id).unwrap());
    let again: OfferCatalogue = serde_json::from_value(town.json("/v1/offers").await).unwrap();

    assert_eq!(without.items.len() + 1, before.items.len());
    assert_eq!(again.items.len(), before.items.len());
    assert!(before.version < without.version && without.version < again.version);
}

#[tokio::test]
async fn accepting_an_offer_leads_to_one_request() {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let body = json!({
        "offer": "offer-esiopetus", "template": "esiopetus-ehdotus", "subject": EERO,
    });
    let key = fresh().to_string();
    let accept = async |key: &str, body: &Value| {
        let call = device.call(Method::POST, "/v1/requests");
        let call = call.header("idempotency-key", key).json(body);
        call.send().await.unwrap()
    };

    let first = accept(&key, &body).await;
    let again = accept(&key, &body).await;
    let mut other = body.clone();
    other["subject"] = json!("urn:mdc:surrogate:helmi");
    let reused = accept(&key, &other).await;

    assert_eq!(first.status(), 201);
    let first = first.text().await.unwrap();
    assert_eq!(again.text().await.unwrap(), first);
    let request: RequestPayload = jws::decode_unverified(&first).unwrap().payload;
    assert_eq!(request.sub.as_str(), EERO);
    assert_eq!(refusal(reused).await, (422, "key-reused".to_owned()));
    let listed = device.json("/v1/requests").await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
}

#[rstest::rstest]
#[case::no_such_offer("offer-none", "esiopetus-ehdotus", EERO, (422, "offer-unknown"))]
#[case::another_template("offer-esiopetus", "kulttuurikutsut", EERO, (422, "offer-unknown"))]
#[case::somebody_elses_child("offer-esiopetus", "esiopetus-ehdotus", JOHAN, (403, "not-authorised"))]
#[case::not_for_adults("offer-esiopetus", "esiopetus-ehdotus", AINO, (422, "offer-unknown"))]
#[tokio::test]
async fn an_offer_is_accepted_only_as_it_was_made(
    #[case] offer: &str,
    #[case] template: &str,
    #[case] subject: &str,
    #[case] expected: (u16, &str),
) {
    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;

    let response = device
        .call(Method::POST, "/v1/requests")
        .header("idempotency-key", fresh().to_string())
        .json(&json!({ "offer": offer, "template": template, "subject": subject }))
        .send()
        .await
        .unwrap();

    let (status, kind) = refusal(response).await;
    assert_eq!((status, kind.as_str()), expected);
}
