//! Signing in: with a page and a person, or not at all.

use operator_server::Settings;
use reqwest::{Method, Response};
use rstest::rstest;
use serde_json::Value;

use crate::{
    device::{VERIFIER, authorize, code_for, exchange, refresh},
    town::{AINO, JOHAN, Town, redirected, refusal, settings},
};

struct Page {
    cookie: String,
    token: String,
    html: String,
}

async fn page(town: &Town, language: &str) -> Page {
    let response = authorize(town, &[("ui_locales", language)]).await;
    assert_eq!(response.status(), 200);
    let policy = response.headers()["content-security-policy"]
        .to_str()
        .unwrap();
    assert!(
        policy.starts_with("default-src 'none'; style-src 'self';"),
        "{policy}"
    );
    assert!(
        policy.contains("form-action 'self' http://127.0.0.1:49152;"),
        "{policy}"
    );
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("HttpOnly; SameSite=Strict"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let html = response.text().await.unwrap();
    let token = html
        .split_once("name=\"sign_in\" value=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(token, _)| token.to_owned())
        .unwrap();
    Page {
        cookie,
        token,
        html,
    }
}

async fn submit(town: &Town, page: &Page, cookie: &str, resident: &str, action: &str) -> Response {
    let form = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("sign_in", &page.token)
        .append_pair("resident", resident)
        .append_pair("action", action)
        .append_pair("lang", "en")
        .finish();
    town.call(Method::POST, "/authorize")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", cookie)
        .body(form)
        .send()
        .await
        .unwrap()
}

#[tokio::test]
async fn a_person_picks_a_resident_and_the_app_gets_tokens() {
    let town = Town::open().await;
    let page = page(&town, "fi").await;

    let answer = redirected(&submit(&town, &page, &page.cookie, JOHAN, "continue").await);
    let response = exchange(&town, &answer["code"], VERIFIER).await;

    assert_eq!(answer["state"], "s-1");
    assert_eq!(answer["iss"], town.operator.base_url());
    assert_eq!(response.headers()["cache-control"], "no-store");
    let tokens: Value = response.json().await.unwrap();
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["sub"], JOHAN);
    assert_eq!(tokens["acr"], "high");
}

#[rstest]
#[case("fi", "Tämä on esimerkki", "Jatka")]
#[case("sv", "Det här är ett exempel", "Fortsätt")]
#[case("en", "This is a sample", "Continue")]
#[tokio::test]
async fn the_page_says_that_it_is_a_sample(
    #[case] language: &str,
    #[case] sample: &str,
    #[case] proceed: &str,
) {
    let town = Town::open().await;

    let html = page(&town, language).await.html;

    assert!(html.contains(&format!("<html lang=\"{language}\">")));
    assert!(html.contains(sample));
    assert!(html.contains(&format!(">{proceed}</button>")));
    assert!(html.contains("Aino Virtanen"));
    assert!(!html.contains("<script"));
    assert!(!html.contains("style="));
}

#[tokio::test]
async fn cancelling_goes_back_without_a_code() {
    let town = Town::open().await;
    let page = page(&town, "en").await;

    let answer = redirected(&submit(&town, &page, &page.cookie, AINO, "cancel").await);

    assert_eq!(answer["error"], "access_denied");
    assert_eq!(answer["state"], "s-1");
    assert!(!answer.contains_key("code"));
}

#[tokio::test]
async fn a_page_is_answered_once_and_only_by_its_own_browser() {
    let town = Town::open().await;
    let page = page(&town, "en").await;

    let elsewhere = submit(&town, &page, "lokero_sign_in=guessed", AINO, "continue").await;
    let too_late = submit(&town, &page, &page.cookie, AINO, "continue").await;

    assert_eq!(elsewhere.status(), 400);
    assert_eq!(too_late.status(), 400);
}

#[tokio::test]
async fn a_form_sent_by_another_site_is_not_taken() {
    let town = Town::open().await;
    let page = page(&town, "en").await;
    let form = format!("sign_in={}&resident={AINO}&action=continue", page.token);

    let response = town
        .call(Method::POST, "/authorize")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", &page.cookie)
        .header("sec-fetch-site", "cross-site")
        .body(form)
        .send()
        .await
        .unwrap();

    assert_eq!(response.status(), 400);
}

#[tokio::test]
async fn an_old_page_is_not_taken() {
    let town = Town::open().await;
    let page = page(&town, "en").await;
    town.clock.advance(jiff::SignedDuration::from_mins(15));

    let response = submit(&town, &page, &page.cookie, AINO, "continue").await;

    assert_eq!(response.status(), 400);
    assert!(response.text().await.unwrap().contains("too old"));
}

#[rstest]
#[case::another_host("redirect_uri", "http://198.51.100.7:49152/cb")]
#[case::a_name("redirect_uri", "http://localhost:49152/cb")]
#[case::another_client("client_id", "somebody")]
#[tokio::test]
async fn nothing_is_sent_to_a_stranger(#[case] name: &str, #[case] value: &str) {
    let town = Town::open().await;

    let response = authorize(&town, &[(name, value)]).await;

    assert_eq!(response.status(), 400);
    assert!(response.headers().get("location").is_none());
    assert_eq!(
        response.headers()["content-type"],
        "text/html; charset=utf-8"
    );
}

#[rstest]
#[case::not_a_code("response_type", "token", "unsupported_response_type")]
#[case::a_plain_challenge("code_challenge_method", "plain", "invalid_request")]
#[case::no_challenge("code_challenge", "", "invalid_request")]
#[case::an_unknown_scope("scope", "everything", "invalid_scope")]
#[case::nobody_there("prompt", "none", "login_required")]
#[tokio::test]
async fn a_client_learns_what_it_did_wrong(
    #[case] name: &str,
    #[case] value: &str,
    #[case] error: &str,
) {
    let town = Town::open().await;

    let response = authorize(&town, &[(name, value)]).await;

    assert_eq!(redirected(&response)["error"], error);
}

#[tokio::test]
async fn only_a_sandbox_signs_in_without_a_page() {
    let town = Town::with(Settings {
        sandbox: false,
        ..settings(None)
    })
    .await;

    let response = authorize(&town, &[("prompt", "none"), ("login_hint", AINO)]).await;

    assert_eq!(redirected(&response)["error"], "login_required");
}

#[tokio::test]
async fn a_code_without_its_verifier_is_worthless_and_spent() {
    let town = Town::open().await;
    let code = code_for(&town, AINO).await;

    let guessed = exchange(&town, &code, &"a".repeat(43)).await;
    let afterwards = exchange(&town, &code, VERIFIER).await;

    assert_eq!(error_of(guessed).await, "invalid_grant");
    assert_eq!(error_of(afterwards).await, "invalid_grant");
}

#[tokio::test]
async fn a_code_used_twice_takes_back_what_it_gave() {
    let town = Town::open().await;
    let code = code_for(&town, AINO).await;
    let tokens: Value = exchange(&town, &code, VERIFIER).await.json().await.unwrap();
    let access = tokens["access_token"].as_str().unwrap();
    assert_eq!(requests(&town, access).await.status(), 200);

    let again = exchange(&town, &code, VERIFIER).await;

    assert_eq!(error_of(again).await, "invalid_grant");
    assert_eq!(requests(&town, access).await.status(), 401);
}

#[tokio::test]
async fn a_code_is_good_for_a_minute() {
    let town = Town::open().await;
    let code = code_for(&town, AINO).await;
    town.clock.advance(jiff::SignedDuration::from_secs(60));

    let late = exchange(&town, &code, VERIFIER).await;

    assert_eq!(error_of(late).await, "invalid_grant");
}

#[tokio::test]
async fn an_access_token_ends_and_a_refresh_token_buys_the_next() {
    let town = Town::open().await;
    let code = code_for(&town, AINO).await;
    let tokens: Value = exchange(&town, &code, VERIFIER).await.json().await.unwrap();
    town.clock.advance(jiff::SignedDuration::from_hours(1));
    let old = requests(&town, tokens["access_token"].as_str().unwrap()).await;

    let response = refresh(&town, tokens["refresh_token"].as_str().unwrap()).await;

    assert_eq!(refusal(old).await, (401, "about:blank".to_owned()));
    let renewed: Value = response.json().await.unwrap();
    assert_ne!(renewed["refresh_token"], tokens["refresh_token"]);
    let access = renewed["access_token"].as_str().unwrap();
    assert_eq!(requests(&town, access).await.status(), 200);
}

#[tokio::test]
async fn a_refresh_token_used_twice_ends_everything() {
    let town = Town::open().await;
    let code = code_for(&town, AINO).await;
    let tokens: Value = exchange(&town, &code, VERIFIER).await.json().await.unwrap();
    let stolen = tokens["refresh_token"].as_str().unwrap();
    let renewed: Value = refresh(&town, stolen).await.json().await.unwrap();

    let again = refresh(&town, stolen).await;
    let next = refresh(&town, renewed["refresh_token"].as_str().unwrap()).await;
    let access = requests(&town, renewed["access_token"].as_str().unwrap()).await;

    assert_eq!(error_of(again).await, "invalid_grant");
    assert_eq!(error_of(next).await, "invalid_grant");
    assert_eq!(access.status(), 401);
}

#[tokio::test]
async fn a_token_given_back_opens_nothing() {
    let town = Town::open().await;
    let code = code_for(&town, AINO).await;
    let tokens: Value = exchange(&town, &code, VERIFIER).await.json().await.unwrap();
    let form = format!("token={}", tokens["refresh_token"].as_str().unwrap());

    let response = town
        .call(Method::POST, "/revoke")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form)
        .send()
        .await
        .unwrap();

    assert_eq!(response.status(), 200);
    let access = tokens["access_token"].as_str().unwrap();
    assert_eq!(requests(&town, access).await.status(), 401);
}

#[tokio::test]
async fn a_token_opens_only_what_it_was_asked_for() {
    let town = Town::open().await;
    let response = authorize(
        &town,
        &[
            ("prompt", "none"),
            ("login_hint", AINO),
            ("scope", "openid vault:consents"),
        ],
    )
    .await;
    let code = redirected(&response)["code"].clone();
    let tokens: Value = exchange(&town, &code, VERIFIER).await.json().await.unwrap();
    let access = tokens["access_token"].as_str().unwrap();

    let data = town
        .call(Method::GET, "/v1/sources/all/snapshot")
        .bearer_auth(access)
        .send()
        .await
        .unwrap();

    assert_eq!(tokens["scope"], "openid vault:consents");
    assert_eq!(refusal(data).await, (403, "insufficient-scope".to_owned()));
    assert_eq!(requests(&town, access).await.status(), 200);
}

async fn requests(town: &Town, access: &str) -> Response {
    town.call(Method::GET, "/v1/requests")
        .bearer_auth(access)
        .send()
        .await
        .unwrap()
}

async fn error_of(response: Response) -> String {
    assert_eq!(response.status(), 400);
    let body: Value = response.json().await.unwrap();
    body["error"].as_str().unwrap().to_owned()
}
