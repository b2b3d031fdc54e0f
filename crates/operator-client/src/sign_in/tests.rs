//! Only the browser that we sent out brings an answer in, once, from the server that we asked.

use std::net::SocketAddr;

use rstest::rstest;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::*;
use crate::testing::{Act, Server, answer, discovered, http, json_answer};

#[tokio::test]
async fn a_person_who_comes_back_from_the_browser_is_signed_in() {
    let at = Operator::start(granting).await;
    let (sign_in, browser) = at.begin().await;
    let tokens = tokio::spawn(async move { sign_in.finish(&http()).await });

    let page = browser.open(&browser.good()).await;

    assert!(page.starts_with("HTTP/1.1 200 OK\r\n"), "{page}");
    assert!(page.contains("Voit sulkea tämän välilehden"), "{page}");
    let tokens = tokens.await.unwrap().unwrap();
    assert_eq!(tokens.access.reveal(), "at-1");
    assert_eq!(tokens.refresh.unwrap().reveal(), "rt-1");
    assert_eq!(tokens.expires_in, Some(Duration::from_secs(600)));
    assert_eq!(tokens.acr.as_deref(), Some("substantial"));
    assert_eq!(tokens.subject.unwrap().as_str(), "urn:mdc:surrogate:Aino");
}

#[tokio::test]
async fn the_address_to_open_asks_for_a_code_with_a_challenge() {
    let at = Operator::start(granting).await;
    let operator = discovered(&at.server.url);

    let (_sign_in, url) = SignIn::begin(&operator, Language::Sv, Some("substantial"))
        .await
        .unwrap();

    let query: std::collections::BTreeMap<_, _> = url.query_pairs().into_owned().collect();
    assert_eq!(query["response_type"], "code");
    assert_eq!(query["client_id"], "lokero");
    assert_eq!(query["code_challenge_method"], "S256");
    assert_eq!(query["code_challenge"].len(), 43);
    assert_eq!(query["scope"], "openid vault:consents");
    assert_eq!(query["acr_values"], "substantial");
    assert_eq!(query["ui_locales"], "sv");
    assert!(query["redirect_uri"].starts_with("http://127.0.0.1:"));
    assert!(query["redirect_uri"].ends_with("/cb"));
}

#[tokio::test]
async fn the_code_is_exchanged_with_its_verifier_and_no_secret() {
    let at = Operator::start(granting).await;
    let (sign_in, browser) = at.begin().await;
    let tokens = tokio::spawn(async move { sign_in.finish(&http()).await });

    browser.open(&browser.good()).await;
    tokens.await.unwrap().unwrap();

    let asked = at.server.asked().remove(0);
    assert!(asked.starts_with("POST /token "), "{asked}");
    for part in [
        "grant_type=authorization_code",
        "code=c-1",
        "code_verifier=",
        "client_id=lokero",
    ] {
        assert!(asked.contains(part), "{part} in {asked}");
    }
    assert!(!asked.contains("client_secret"), "{asked}");
}

#[rstest]
#[case::a_wrong_state("/cb?code=evil&state=wrong&iss={iss}")]
#[case::no_state("/cb?code=evil&iss={iss}")]
#[case::a_state_given_twice("/cb?code=evil&state={state}&state={state}&iss={iss}")]
#[case::another_path("/?code=evil&state={state}&iss={iss}")]
#[case::an_absolute_target("http://127.0.0.1/cb?code=evil&state={state}&iss={iss}")]
#[case::an_icon("/favicon.ico")]
#[tokio::test]
async fn what_is_not_the_answer_is_turned_away_and_the_real_one_still_counts(#[case] target: &str) {
    let at = Operator::start(granting).await;
    let (sign_in, browser) = at.begin().await;
    let tokens = tokio::spawn(async move { sign_in.finish(&http()).await });

    let page = browser.open(target).await;
    assert!(page.starts_with("HTTP/1.1 404 "), "{page}");
    browser.open(&browser.good()).await;

    tokens.await.unwrap().unwrap();
    assert!(
        at.server
            .asked()
            .iter()
            .all(|asked| !asked.contains("evil"))
    );
}

#[rstest]
#[case::another_host("GET {good} HTTP/1.1\r\nHost: evil.example\r\n\r\n")]
#[case::no_host("GET {good} HTTP/1.1\r\n\r\n")]
#[case::another_method("POST {good} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n")]
#[case::another_protocol("GET {good} SPDY/3\r\nHost: {host}\r\n\r\n")]
#[case::no_request("\r\n\r\n")]
#[tokio::test]
async fn a_request_that_no_browser_of_ours_sends_is_turned_away(#[case] request: &str) {
    let at = Operator::start(granting).await;
    let (sign_in, browser) = at.begin().await;
    let tokens = tokio::spawn(async move { sign_in.finish(&http()).await });

    let request = request
        .replace("{good}", &browser.good())
        .replace("{host}", &browser.address.to_string());
    let page = browser.say(request.as_bytes()).await.unwrap();
    assert!(page.starts_with("HTTP/1.1 404 "), "{page}");
    browser.open(&browser.good()).await;

    assert!(tokens.await.unwrap().is_ok());
}

#[rstest]
#[case::another_server("/cb?code=c-1&state={state}&iss=https://evil.example")]
#[case::no_server("/cb?code=c-1&state={state}")]
#[tokio::test]
async fn an_answer_from_another_server_ends_the_sign_in(#[case] target: &str) {
    let at = Operator::start(granting).await;
    let (sign_in, browser) = at.begin().await;
    let tokens = tokio::spawn(async move { sign_in.finish(&http()).await });

    let page = browser.open(target).await;

    assert!(page.contains("Kirjautuminen keskeytyi"), "{page}");
    assert!(matches!(
        tokens.await.unwrap(),
        Err(SignInError::WrongIssuer)
    ));
    assert_eq!(at.server.asked(), [""; 0], "no code went to anyone");
}

#[tokio::test]
async fn a_replayed_answer_finds_nobody() {
    let at = Operator::start(granting).await;
    let (sign_in, browser) = at.begin().await;
    let tokens = tokio::spawn(async move { sign_in.finish(&http()).await });
    browser.open(&browser.good()).await;
    tokens.await.unwrap().unwrap();

    let again = browser.say(b"GET / HTTP/1.1\r\n\r\n").await;

    assert!(again.is_err(), "the listener is gone: {again:?}");
}

#[tokio::test]
async fn a_person_who_says_no_is_not_signed_in() {
    let at = Operator::start(granting).await;
    let (sign_in, browser) = at.begin().await;
    let tokens = tokio::spawn(async move { sign_in.finish(&http()).await });

    browser
        .open("/cb?error=access_denied&state={state}&iss={iss}")
        .await;

    assert!(matches!(tokens.await.unwrap(), Err(SignInError::Denied)));
}

#[tokio::test]
async fn a_cancelled_sign_in_ends_at_once_and_closes_its_door() {
    let at = Operator::start(granting).await;
    let (sign_in, browser) = at.begin().await;
    let canceller = sign_in.canceller();
    let tokens = tokio::spawn(async move { sign_in.finish(&http()).await });

    canceller.cancel();

    assert!(matches!(tokens.await.unwrap(), Err(SignInError::Cancelled)));
    assert!(browser.say(b"GET / HTTP/1.1\r\n\r\n").await.is_err());
}

#[tokio::test]
async fn a_browser_that_never_comes_back_is_not_waited_for_for_ever() {
    let at = Operator::start(granting).await;
    let (mut sign_in, _) = at.begin().await;
    sign_in.patience = Duration::from_millis(50);

    let outcome = sign_in.finish(&http()).await;

    assert!(matches!(outcome, Err(SignInError::TimedOut)));
}

#[tokio::test]
async fn connections_that_say_nothing_do_not_keep_the_answer_out() {
    let at = Operator::start(granting).await;
    let (sign_in, browser) = at.begin().await;
    let tokens = tokio::spawn(async move { sign_in.finish(&http()).await });

    let mut silent = Vec::new();
    for _ in 0..8 {
        silent.push(TcpStream::connect(browser.address).await.unwrap());
    }
    browser.open(&browser.good()).await;

    assert!(tokens.await.unwrap().is_ok());
}

#[rstest]
#[case::a_refusal("400 Bad Request", "application/json", r#"{"error":"invalid_grant"}"#)]
#[case::html("200 OK", "text/html", "<h1>Hello</h1>")]
#[case::trouble("500 Internal Server Error", "text/html", "oops")]
#[case::no_token("200 OK", "application/json", "{}")]
#[tokio::test]
async fn a_code_that_buys_no_tokens_is_no_sign_in(
    #[case] status: &'static str,
    #[case] content_type: &'static str,
    #[case] body: &'static str,
) {
    let at = Operator::start(move |_| answer(status, content_type, body)).await;
    let (sign_in, browser) = at.begin().await;
    let tokens = tokio::spawn(async move { sign_in.finish(&http()).await });

    browser.open(&browser.good()).await;

    assert!(matches!(
        tokens.await.unwrap(),
        Err(SignInError::NoAccess(_))
    ));
}

#[tokio::test]
async fn the_sample_city_is_signed_in_to_without_a_browser() {
    let at = Operator::start(at_the_door).await;
    let operator = discovered(&at.server.url);
    let (sign_in, url) = SignIn::begin(&operator, Language::Fi, None).await.unwrap();

    let tokens = sign_in.follow(&http(), &url, "Aino").await.unwrap();

    assert_eq!(tokens.access.reveal(), "at-1");
    assert!(at.server.asked()[0].contains("prompt=none&login_hint=Aino"));
}

#[tokio::test]
async fn an_operator_that_wants_to_show_a_page_is_not_followed() {
    let at = Operator::start(|_| answer("200 OK", "text/html", "<form>")).await;
    let operator = discovered(&at.server.url);
    let (sign_in, url) = SignIn::begin(&operator, Language::Fi, None).await.unwrap();

    let outcome = sign_in.follow(&http(), &url, "Aino").await;

    assert!(matches!(outcome, Err(SignInError::NoAccess(_))));
}

#[tokio::test]
async fn a_refresh_takes_the_new_refresh_token() {
    let at = Operator::start(granting).await;
    let operator = discovered(&at.server.url);

    let tokens = oauth::refresh(&http(), &operator.server, &"rt-0".to_owned().into_secret())
        .await
        .unwrap();

    assert_eq!(tokens.refresh.unwrap().reveal(), "rt-1");
    assert!(at.server.asked()[0].contains("refresh_token=rt-0"));
}

#[test]
fn every_page_has_words_in_every_language_and_loads_nothing() {
    for language in Language::ALL {
        for page in [page::Page::Welcome, page::Page::Ended, page::Page::NotOurs] {
            let html = page::render(page, language);

            assert!(html.contains(&format!("<html lang=\"{}\">", language.code())));
            assert!(html.contains("default-src 'none'"));
            assert!(
                !html.contains("<script") && !html.contains("http://"),
                "{html}"
            );
        }
    }
}

trait IntoSecret {
    fn into_secret(self) -> pii::Secret<String>;
}

impl IntoSecret for String {
    fn into_secret(self) -> pii::Secret<String> {
        pii::Secret::new(self)
    }
}

struct Operator {
    server: Server,
}

impl Operator {
    async fn start(act: impl Fn(&str) -> Act + Send + Sync + 'static) -> Self {
        Self {
            server: Server::start(act).await,
        }
    }

    async fn begin(&self) -> (SignIn, Browser) {
        let operator = discovered(&self.server.url);
        let (sign_in, url) = SignIn::begin(&operator, Language::Fi, None).await.unwrap();
        let browser = Browser::of(&url, self.server.url.as_str().trim_end_matches('/'));
        (sign_in, browser)
    }
}

/// The person's browser, after the operator's page.
struct Browser {
    address: SocketAddr,
    state: String,
    issuer: String,
}

impl Browser {
    fn of(url: &Url, issuer: &str) -> Self {
        let parameter = |name: &str| {
            let (_, value) = url.query_pairs().find(|(key, _)| key == name).unwrap();
            value.into_owned()
        };
        let redirect: Url = parameter("redirect_uri").parse().unwrap();
        Self {
            address: redirect.authority().parse().unwrap(),
            state: parameter("state"),
            issuer: issuer.to_owned(),
        }
    }

    fn good(&self) -> String {
        self.fill("/cb?code=c-1&state={state}&iss={iss}")
    }

    fn fill(&self, target: &str) -> String {
        target
            .replace("{state}", &self.state)
            .replace("{iss}", &self.issuer)
    }

    async fn open(&self, target: &str) -> String {
        let target = self.fill(target);
        let request = format!("GET {target} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        self.say(request.as_bytes()).await.unwrap()
    }

    async fn say(&self, request: &[u8]) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(self.address).await?;
        stream.write_all(request).await?;
        let mut page = String::new();
        stream.read_to_string(&mut page).await?;
        Ok(page)
    }
}

fn granting(_request: &str) -> Act {
    json_answer(&json!({
        "access_token": "at-1",
        "token_type": "Bearer",
        "expires_in": 600,
        "refresh_token": "rt-1",
        "scope": "openid vault:consents",
        "acr": "substantial",
        "sub": "urn:mdc:surrogate:Aino",
    }))
}

/// Sends whoever comes for a code straight back with one.
fn at_the_door(request: &str) -> Act {
    if request.starts_with("POST /token ") {
        return granting(request);
    }
    let target = request.split(' ').nth(1).unwrap();
    let host = request
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap();
    let url: Url = format!("http://{host}{target}").parse().unwrap();
    let parameter = |name: &str| {
        let (_, value) = url.query_pairs().find(|(key, _)| key == name).unwrap();
        value.into_owned()
    };
    let back = Url::parse_with_params(
        &parameter("redirect_uri"),
        [
            ("code", "c-1"),
            ("state", &parameter("state")),
            ("iss", &format!("http://{host}")),
        ],
    );
    crate::testing::redirect(back.unwrap().as_str())
}
