//! A binding is taken only if the operator signed it, for our key, and it holds now.

use operator_protocol::key::Jwk;
use rstest::rstest;
use serde_json::{Value, json};

use super::*;
use crate::testing::{Server, answer, discovered, http, operator_key};

#[tokio::test]
async fn a_device_that_shows_its_key_is_bound_to_the_person() {
    let server = operator(&operator_key(), |_| {}).await;

    let enrolled = enrol_at(&server).await.unwrap();

    assert_eq!(enrolled.binding.sub.as_str(), "urn:mdc:surrogate:Aino");
    assert_eq!(
        enrolled.binding.device_key().unwrap(),
        device_key().public()
    );
    let asked = server.asked();
    assert!(asked[0].starts_with("POST /v1/devices/challenge "));
    assert!(
        asked
            .iter()
            .all(|one| one.contains("authorization: Bearer at-1\r\n"))
    );
    let body: Value = serde_json::from_str(asked[1].split_once("\r\n\r\n").unwrap().1).unwrap();
    let jwk: Jwk = serde_json::from_value(body["jwk"].clone()).unwrap();
    let proof = body["proof"].as_str().unwrap();
    let operator = discovered(&server.url).operator;
    assert_eq!(
        device_proof::verify(proof, &jwk, &operator, "n-1").unwrap(),
        device_key().public()
    );
}

#[tokio::test]
async fn a_binding_that_another_key_signed_is_not_taken() {
    let server = operator(&device_key(), |_| {}).await;

    let outcome = enrol_at(&server).await;

    assert!(
        matches!(outcome, Err(EnrolError::Unsound(ProtocolError::UnknownKey))),
        "{outcome:?}"
    );
}

#[rstest]
#[case::another_device("/cnf/jwk", json!(operator_key().public().jwk()), "key")]
#[case::another_operator("/iss", json!("https://evil.example"), "issuer")]
#[case::run_out("/exp", json!(1_788_240_001), "time")]
#[tokio::test]
async fn a_binding_that_says_something_else_is_not_taken(
    #[case] pointer: &str,
    #[case] value: Value,
    #[case] what: &str,
) {
    let pointer = pointer.to_owned();
    let server = operator(&operator_key(), move |binding| {
        *binding.pointer_mut(&pointer).unwrap() = value.clone();
    })
    .await;

    let outcome = enrol_at(&server).await;

    assert!(
        matches!(
            outcome,
            Err(EnrolError::Unsound(ProtocolError::Contradiction(found))) if found == what
        ),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn a_refusal_is_passed_on() {
    let server = Server::start(|_| answer("403 Forbidden", "text/plain", "")).await;

    let outcome = enrol_at(&server).await;

    assert!(matches!(
        outcome,
        Err(EnrolError::Failed(Failure::Refused(_)))
    ));
}

#[tokio::test]
async fn an_operator_without_devices_is_not_asked() {
    let server = operator(&operator_key(), |_| {}).await;
    let mut operator = discovered(&server.url);
    operator.resource.mydata_operator.endpoints.devices = None;

    let outcome = enrol_with(&operator).await;

    assert!(matches!(outcome, Err(EnrolError::NotOffered)));
    assert_eq!(server.asked(), [""; 0]);
}

async fn enrol_at(server: &Server) -> Result<Enrolled, EnrolError> {
    enrol_with(&discovered(&server.url)).await
}

async fn enrol_with(operator: &Discovered) -> Result<Enrolled, EnrolError> {
    let access = Secret::new("at-1".to_owned());
    let name = Personal::new("Koti-PC".to_owned());
    let now = Timestamp::from_second(1_788_240_100).unwrap();
    enrol(&http(), operator, &access, &device_key(), name, now).await
}

fn device_key() -> SigningKey {
    SigningKey::from_seed(Secret::new([1; 32]))
}

/// An operator that binds our device, signing with `key` what `change` leaves of the truth.
async fn operator(key: &SigningKey, change: impl Fn(&mut Value)) -> Server {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut binding = json!({
        "iss": format!("http://{}", listener.local_addr().unwrap()),
        "sub": "urn:mdc:surrogate:Aino",
        "iat": 1_788_240_000,
        "exp": 1_819_776_000,
        "acr": "substantial",
        "auth_time": 1_788_239_900,
        "cnf": { "jwk": device_key().public().jwk() },
        "device_name": "Koti-PC",
    });
    change(&mut binding);
    let signed = operator_protocol::jws::sign(key, binding::TYP, &binding).unwrap();
    Server::on(listener, move |request| {
        let body = if request.starts_with("POST /v1/devices/challenge ") {
            json!({ "nonce": "n-1", "expires_in": 60 })
        } else {
            json!({ "binding": signed })
        };
        answer("201 Created", "application/json", &body.to_string())
    })
}
