//! An operator says what it is, and nothing that is not there.

use operator_protocol::{
    discovery::{AuthorizationServerMetadata, ResourceMetadata},
    event_stream::TransmitterMetadata,
    jws,
};
use reqwest::Method;
use serde_json::Value;

use crate::town::{Town, refusal};

#[tokio::test]
async fn its_documents_agree_on_who_it_is() {
    let town = Town::open().await;
    let base = town.operator.base_url();

    let plain = town.json("/.well-known/oauth-protected-resource").await;
    let resource: ResourceMetadata = serde_json::from_value(plain.clone()).unwrap();
    let server: AuthorizationServerMetadata =
        serde_json::from_value(town.json("/.well-known/oauth-authorization-server").await).unwrap();
    let events: TransmitterMetadata =
        serde_json::from_value(town.json("/.well-known/ssf-configuration").await).unwrap();

    assert_eq!(resource.mydata_operator.operator_id.as_str(), base);
    assert_eq!(plain["authorization_servers"], serde_json::json!([base]));
    assert_eq!(server.issuer.as_str(), base);
    assert_eq!(events.issuer.as_str(), base);
    let signed = resource.signed_metadata.unwrap();
    let claims: Value = jws::verify(&signed, "JWT", &town.keys().await)
        .unwrap()
        .payload;
    assert_eq!(claims["mydata_operator"], plain["mydata_operator"]);
    assert_eq!(claims["iss"], base);
}

#[tokio::test]
async fn every_endpoint_that_it_lists_is_there() {
    let town = Town::open().await;
    let plain = town.json("/.well-known/oauth-protected-resource").await;
    let resource: ResourceMetadata = serde_json::from_value(plain).unwrap();

    for (name, url) in resource.mydata_operator.endpoints.listed() {
        let mut url = url.clone();
        if name == "receipts" {
            url.path_segments_mut().unwrap().push("r-1");
        }
        let response = town.http.get(url).send().await.unwrap();

        // Without a token, or with another method, but there.
        assert!(
            matches!(response.status().as_u16(), 200 | 401 | 405),
            "{name}: {}",
            response.status()
        );
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_problem() {
    let town = Town::open().await;

    let nowhere = town.get("/v1/nowhere").await;
    let other_method = town
        .call(Method::DELETE, "/v1/offers")
        .send()
        .await
        .unwrap();

    assert_eq!(refusal(nowhere).await, (404, "about:blank".to_owned()));
    assert_eq!(refusal(other_method).await, (405, "about:blank".to_owned()));
}

#[tokio::test]
async fn a_call_by_another_name_is_not_answered() {
    let town = Town::open().await;

    let response = town
        .call(Method::GET, "/v1/offers")
        .header("host", "evil.example.com")
        .send()
        .await
        .unwrap();

    assert_eq!(refusal(response).await, (421, "about:blank".to_owned()));
}

#[tokio::test]
async fn a_body_that_is_too_large_is_not_read() {
    let town = Town::open().await;
    let device = crate::device::Device::signed_in(&town, crate::town::AINO, 1).await;

    let response = device
        .call(Method::POST, "/v1/consent-status")
        .body(vec![b'a'; 1024 * 1024 + 1])
        .send()
        .await
        .unwrap();

    assert_eq!(refusal(response).await, (413, "about:blank".to_owned()));
}
