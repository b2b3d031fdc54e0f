//! An operator is taken for one only if all that it says is its own and agrees.

use std::collections::BTreeMap;

use operator_protocol::key::SigningKey;
use pii::Secret;
use rstest::rstest;
use serde_json::json;

use super::*;
use crate::testing::{Server, answer, discovered, documents, http, json_answer, operator_key};

const RESOURCE: &str = "/.well-known/oauth-protected-resource";
const SERVER: &str = "/.well-known/oauth-authorization-server";
const EVENTS: &str = "/.well-known/ssf-configuration";

type Documents = BTreeMap<String, Value>;

#[tokio::test]
async fn an_operator_that_is_of_a_piece_is_found() {
    let (server, found) = found_with(|_, _| {}).await;

    assert_eq!(found.unwrap(), discovered(&server.url));
}

#[tokio::test]
async fn what_was_found_can_be_stored_and_read_back() {
    let (_, found) = found_with(|_, _| {}).await;
    let found = found.unwrap();

    let stored = serde_json::to_string(&found).unwrap();

    assert_eq!(serde_json::from_str::<Discovered>(&stored).unwrap(), found);
}

#[tokio::test]
async fn an_operator_may_have_no_events() {
    let (_, found) = found_with(|documents, _| {
        let resource = documents.get_mut(RESOURCE).unwrap();
        resource["mydata_operator"]["event_stream"] = Value::Null;
    })
    .await;

    assert_eq!(found.unwrap().events, None);
}

#[rstest]
#[case::its_interface(RESOURCE, "/resource", json!("https://evil.example/v1"), "resource")]
#[case::no_address(RESOURCE, "/resource", json!("v1"), "resource")]
#[case::its_keys(RESOURCE, "/jwks_uri", json!("https://evil.example/jwks"), "key set")]
#[case::an_endpoint(
    RESOURCE,
    "/mydata_operator/endpoints/consents",
    json!("https://evil.example/v1/consents"),
    "consents"
)]
#[case::its_events(
    RESOURCE,
    "/mydata_operator/event_stream/configuration",
    json!("https://evil.example/ssf"),
    "event stream"
)]
#[case::another_sign_in_server(SERVER, "/issuer", json!("https://evil.example"), "issuer")]
#[case::its_sign_in_page(
    SERVER,
    "/authorization_endpoint",
    json!("https://evil.example/authorize"),
    "sign-in page"
)]
#[case::its_token_endpoint(
    SERVER,
    "/token_endpoint",
    json!("https://evil.example/token"),
    "token endpoint"
)]
#[case::an_event_issuer(EVENTS, "/issuer", json!("https://evil.example"), "event issuer")]
#[case::where_a_stream_is_made(
    EVENTS,
    "/configuration_endpoint",
    json!("https://evil.example/stream"),
    "event stream"
)]
#[tokio::test]
async fn what_points_to_another_server_is_not_believed(
    #[case] document: &str,
    #[case] pointer: &str,
    #[case] value: Value,
    #[case] what: &str,
) {
    let (_, found) = found_with(|documents, _| {
        *documents
            .get_mut(document)
            .unwrap()
            .pointer_mut(pointer)
            .unwrap() = value.clone();
    })
    .await;

    assert!(
        matches!(found, Err(DiscoveryError::Elsewhere(found)) if found == what),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_sign_in_server_under_another_scheme_is_not_believed() {
    let (_, found) = found_with(|documents, _| {
        let resource = documents.get_mut(RESOURCE).unwrap();
        resource["authorization_servers"] = json!(["https://id.example"]);
    })
    .await;

    assert!(matches!(
        found,
        Err(DiscoveryError::Elsewhere("sign-in server"))
    ));
}

#[rstest]
#[case::another_version(RESOURCE, "/mydata_operator/api_versions", json!(["2.0"]))]
#[case::no_sign_in(RESOURCE, "/authorization_servers", json!([]))]
#[case::no_keys("/jwks.json", "/keys", json!([]))]
#[case::no_code(SERVER, "/response_types_supported", json!(["token"]))]
#[case::no_challenge(SERVER, "/code_challenge_methods_supported", json!(["plain"]))]
#[case::push_only(EVENTS, "/delivery_methods_supported", json!(["urn:ietf:rfc:8935"]))]
#[tokio::test]
async fn what_this_version_cannot_do_is_said(
    #[case] document: &str,
    #[case] pointer: &str,
    #[case] value: Value,
) {
    let (_, found) = found_with(|documents, _| {
        *documents
            .get_mut(document)
            .unwrap()
            .pointer_mut(pointer)
            .unwrap() = value.clone();
    })
    .await;

    assert!(
        matches!(found, Err(DiscoveryError::Unsupported(_))),
        "{found:?}"
    );
}

#[tokio::test]
async fn tokens_bound_to_a_key_are_not_pretended_to() {
    let (_, found) = found_with(|documents, _| {
        let resource = documents.get_mut(RESOURCE).unwrap();
        resource["dpop_bound_access_tokens_required"] = json!(true);
    })
    .await;

    assert!(matches!(
        found,
        Err(DiscoveryError::Unsupported("tokens bound to a key"))
    ));
}

#[tokio::test]
async fn a_description_that_its_signature_confirms_is_believed() {
    let (_, found) = found_with(|documents, _| sign(documents, &operator_key(), |_| {})).await;

    assert!(found.is_ok(), "{found:?}");
}

#[tokio::test]
async fn a_description_that_another_key_signed_is_not_believed() {
    let other = SigningKey::from_seed(Secret::new([1; 32]));

    let (_, found) = found_with(|documents, _| sign(documents, &other, |_| {})).await;

    assert!(
        matches!(
            found,
            Err(DiscoveryError::Unsound(ProtocolError::UnknownKey))
        ),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_description_that_differs_from_what_was_signed_is_not_believed() {
    let (_, found) = found_with(|documents, _| {
        sign(documents, &operator_key(), |claims| {
            claims["jwks_uri"] = json!("https://operator.example.fi/jwks");
        });
    })
    .await;

    assert!(
        matches!(
            found,
            Err(DiscoveryError::Unsound(ProtocolError::Contradiction(_)))
        ),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_page_of_html_is_no_operator() {
    let server = Server::start(|_| answer("200 OK", "text/html", "<h1>It works!</h1>")).await;

    let found = discover(&http(), &server.url).await;

    assert!(matches!(
        found,
        Err(DiscoveryError::Unreadable(Failure::WrongContentType))
    ));
}

#[rstest]
#[case("https://a.fi", "https://a.fi/.well-known/x")]
#[case("https://a.fi/", "https://a.fi/.well-known/x")]
#[case("https://a.fi/city/?q#f", "https://a.fi/.well-known/x/city")]
fn the_well_known_path_goes_between_host_and_path(#[case] base: &str, #[case] url: &str) {
    assert_eq!(
        well_known(&base.parse().unwrap(), "/.well-known/x").as_str(),
        url
    );
}

/// Signs what the description says, after `change`.
fn sign(documents: &mut Documents, key: &SigningKey, change: impl Fn(&mut Value)) {
    let resource = documents.get_mut(RESOURCE).unwrap();
    let mut claims = resource.clone();
    change(&mut claims);
    resource["signed_metadata"] = json!(jws::sign(key, "JWT", &claims).unwrap());
}

/// Serves an operator's documents after `change`, and asks for them.
async fn found_with(
    change: impl Fn(&mut Documents, &Url),
) -> (Server, Result<Discovered, DiscoveryError>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/", listener.local_addr().unwrap())
        .parse()
        .unwrap();
    let mut documents = documents(&base);
    change(&mut documents, &base);
    let server = Server::on(listener, move |request| {
        let path = request.split(' ').nth(1).unwrap();
        match documents.get(path) {
            Some(document) => json_answer(document),
            None => answer("404 Not Found", "text/plain", ""),
        }
    });
    let found = discover(&http(), &base).await;
    (server, found)
}
