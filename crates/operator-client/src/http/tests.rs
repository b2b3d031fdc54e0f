//! Whatever is at the other end, a fetch ends soon, small, and says what was wrong.

use std::io::Write as _;
use std::net::Ipv4Addr;

use flate2::Compression;
use flate2::write::GzEncoder;
use operator_protocol::problem::ProblemKind;
use operator_sync::RetryAfter;
use pii::Secret;
use rstest::rstest;
use serde_json::Value;
use tokio::net::TcpListener;

use super::*;
use crate::testing::{Act, Server, answer, answer_with, redirect, tight};

mod tls;

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

#[tokio::test]
async fn a_sound_answer_is_read() {
    let server = Server::start(|_| answer("200 OK", "application/json", "{\"a\":1}")).await;

    assert_eq!(fetch(&server).await.unwrap()["a"], 1);
}

#[tokio::test]
async fn nobody_at_home_is_offline() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url: url::Url = format!("http://{}/", listener.local_addr().unwrap())
        .parse()
        .unwrap();
    drop(listener);

    assert_eq!(fetch_at(&url, tight()).await, Err(Failure::Offline));
}

#[rstest]
#[case::html(
    "text/html; charset=utf-8",
    "<h1>Welcome to Hotel WiFi</h1>",
    Failure::WrongContentType
)]
#[case::nothing_said("", "{}", Failure::WrongContentType)]
#[case::not_json("application/json", "<h1>", NOT_UNDERSTOOD)]
#[case::another_shape("application/json", "[1", NOT_UNDERSTOOD)]
#[tokio::test]
async fn a_success_that_is_something_else_is_not_taken(
    #[case] content_type: &'static str,
    #[case] body: &'static str,
    #[case] failure: Failure,
) {
    let server = Server::start(move |_| answer("200 OK", content_type, body)).await;

    assert_eq!(fetch(&server).await, Err(failure));
}

#[rstest]
#[case("401 Unauthorized", "", Failure::Unauthorised)]
#[case("408 Request Timeout", "", Failure::TimedOut)]
#[case("429 Too Many Requests", "", Failure::Busy { retry_after: None })]
#[case("503 Service Unavailable", "Retry-After: 7\r\n", Failure::Busy { retry_after: seven() })]
#[case("500 Internal Server Error", "", Failure::ServerTrouble { retry_after: None })]
#[case("502 Bad Gateway", "Retry-After: 7\r\n", Failure::ServerTrouble { retry_after: seven() })]
#[case("304 Not Modified", "", Failure::NotUnderstood { what: "the status" })]
#[tokio::test]
async fn a_status_says_what_to_do(
    #[case] status: &'static str,
    #[case] headers: &'static str,
    #[case] failure: Failure,
) {
    let server = Server::start(move |_| answer_with(status, "text/html", headers, "")).await;

    assert_eq!(fetch(&server).await, Err(failure));
}

#[tokio::test]
async fn a_refusal_keeps_the_operators_account_of_it() {
    let server = Server::start(|_| {
        let problem = r#"{"type":"https://mydata.example.fi/problems/request-expired"}"#;
        answer(
            "422 Unprocessable Content",
            "application/problem+json",
            problem,
        )
    })
    .await;

    let Err(Failure::Refused(refusal)) = fetch(&server).await else {
        panic!("it was refused");
    };

    let kind = refusal.problem.and_then(|problem| problem.known_kind());
    assert_eq!(
        (refusal.status, kind),
        (422, Some(ProblemKind::RequestExpired))
    );
}

#[tokio::test]
async fn a_refusal_with_an_endless_account_is_still_a_refusal() {
    let server = Server::start(|_| {
        let head = "HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\n\r\n";
        Act::Flood(head.into(), vec![b'x'; 4096])
    })
    .await;

    assert!(matches!(fetch(&server).await, Err(Failure::Refused(_))));
}

#[tokio::test]
async fn what_is_not_http_is_no_answer() {
    let server = Server::start(|_| Act::Say(b"SSH-2.0-OpenSSH_9.2\r\n".to_vec())).await;

    assert_eq!(fetch(&server).await, Err(Failure::Offline));
}

#[tokio::test]
async fn a_gigabyte_that_is_announced_is_not_begun() {
    let server = Server::start(|_| {
        let head = format!("{OK}Content-Length: 1073741824\r\n\r\n");
        Act::Stall(head.into_bytes())
    })
    .await;

    assert_eq!(fetch(&server).await, Err(Failure::TooLarge));
}

#[tokio::test]
async fn a_body_without_an_end_is_cut_off() {
    let server =
        Server::start(|_| Act::Flood(format!("{OK}\r\n").into_bytes(), vec![b' '; 64 * 1024]))
            .await;

    assert_eq!(fetch(&server).await, Err(Failure::TooLarge));
    assert!(server.sent() < 32 * 1024 * 1024, "{} bytes", server.sent());
}

#[tokio::test]
async fn a_compressed_bomb_is_counted_as_it_unpacks() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..64 {
        encoder.write_all(&vec![b' '; 1024 * 1024]).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    assert!(bomb.len() < tight().most_bytes, "small on the wire");
    let server = Server::start(move |_| {
        let head = format!(
            "{OK}Content-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
            bomb.len()
        );
        Act::Say([head.into_bytes(), bomb.clone()].concat())
    })
    .await;

    assert_eq!(fetch(&server).await, Err(Failure::TooLarge));
}

#[rstest]
#[case::cut_short("{OK}Content-Length: 100\r\n\r\n{\"a\":")]
#[case::a_broken_chunk("{OK}Transfer-Encoding: chunked\r\n\r\nzz\r\n")]
#[case::not_really_gzip("{OK}Content-Encoding: gzip\r\nContent-Length: 7\r\n\r\n{\"a\":1}")]
#[tokio::test]
async fn a_body_cut_short_or_garbled_is_not_taken(#[case] answer: &'static str) {
    let server = Server::start(|_| Act::Say(answer.replace("{OK}", OK).into_bytes())).await;

    let failure = fetch(&server).await.unwrap_err();

    assert_eq!(
        failure,
        Failure::NotUnderstood {
            what: "a body cut short or garbled"
        }
    );
}

#[rstest]
#[case::no_head("")]
#[case::half_a_head("HTTP/1.1 200 OK\r\nContent-")]
#[case::no_body("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n")]
#[case::a_few_bytes_of_body(
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"a\""
)]
#[tokio::test]
async fn a_server_that_keeps_us_waiting_is_left(#[case] beginning: &'static str) {
    let server = Server::start(|_| Act::Stall(beginning.as_bytes().to_vec())).await;

    assert_eq!(fetch(&server).await, Err(Failure::TimedOut));
}

#[tokio::test]
async fn a_poll_may_be_kept_waiting_for_as_long_as_agreed() {
    let server = Server::start(|_| Act::Stall(Vec::new())).await;
    let http = Http::new(tight()).unwrap();
    let ask = Ask::get(server.at("/x"), &server.url);

    let started = tokio::time::Instant::now();
    let patient = ask.patient(Duration::from_millis(400));
    let failure = http.ask(&patient).await.unwrap_err();

    assert_eq!(failure, Failure::TimedOut);
    assert!(started.elapsed() >= Duration::from_millis(1000));
}

#[tokio::test]
async fn redirects_within_the_server_are_followed_up_to_three() {
    let server = Server::start(|request| {
        let path = request.split(' ').nth(1).unwrap();
        match path {
            "/3" => redirect("/2"),
            "/2" => redirect("1"),
            "/1" => redirect("/0"),
            "/0" => answer("200 OK", "application/json", "{}"),
            _ => redirect("/3"),
        }
    })
    .await;

    assert!(fetch_at(&server.at("/3"), tight()).await.is_ok());
    assert_eq!(
        fetch_at(&server.at("/4"), tight()).await,
        Err(Failure::NotUnderstood {
            what: "redirects without an end"
        })
    );
}

#[tokio::test]
async fn a_redirect_to_another_server_is_not_followed() {
    let other = Server::start(|_| answer("200 OK", "application/json", "{}")).await;
    let elsewhere = other.url.to_string();
    let server = Server::start(move |_| redirect(&elsewhere)).await;

    assert_eq!(fetch(&server).await, Err(Failure::ForeignAddress));
    assert_eq!(other.asked(), [""; 0], "it was not even asked");
}

#[tokio::test]
async fn what_is_sent_is_never_redirected() {
    let server = Server::start(|request| {
        if request.starts_with("POST /a ") {
            redirect("/b")
        } else {
            answer("200 OK", "application/json", "{}")
        }
    })
    .await;
    let http = Http::new(tight()).unwrap();
    let ask = Ask::send(
        Method::POST,
        server.at("/a"),
        &server.url,
        "application/jwt",
        b"x".into(),
    );

    let failure = http.ask(&ask).await.unwrap().any_success().unwrap_err();

    assert_eq!(failure, Failure::NotUnderstood { what: "the status" });
    assert_eq!(server.asked().len(), 1);
}

#[rstest]
#[case::plain_http("http://operator.example.fi/")]
#[case::a_name_for_loopback("http://localhost:1/")]
#[tokio::test]
async fn an_address_that_may_not_be_asked_is_not_asked(#[case] url: &str) {
    assert_eq!(
        fetch_at(&url.parse().unwrap(), tight()).await,
        Err(Failure::ForeignAddress)
    );
}

#[tokio::test]
async fn deep_json_is_not_read() {
    let body = format!("{}{}", "[".repeat(65), "]".repeat(65));
    let server = Server::start(move |_| answer("200 OK", "application/json", &body)).await;

    assert_eq!(fetch(&server).await, Err(Failure::TooLarge));
}

#[tokio::test]
async fn a_token_is_sent_and_never_formatted() {
    let server = Server::start(|_| answer("200 OK", "application/json", "{}")).await;
    let http = Http::new(tight()).unwrap();
    let token = Secret::new("canary-token".to_owned());
    let ask =
        Ask::get(server.at("/x"), &server.url).authorized(Some(Authorization::bearer(&token)));

    http.ask(&ask).await.unwrap();

    assert!(server.asked()[0].contains("authorization: Bearer canary-token\r\n"));
    let request = ask.build(&http.client, server.at("/x")).unwrap();
    assert!(!format!("{ask:?} {request:?} {:?}", request.headers()).contains("canary"));
}

#[tokio::test]
async fn without_trusted_certificates_loopback_still_works() {
    let server = Server::start(|_| answer("200 OK", "application/json", "{}")).await;
    let client = builder(tight()).tls_certs_only([]).build().unwrap();
    let http = Http {
        client,
        limits: tight(),
    };

    let ask = Ask::get(server.url.clone(), &server.url);

    assert!(http.ask(&ask).await.is_ok());
}

const NOT_UNDERSTOOD: Failure = Failure::NotUnderstood { what: "a test" };

fn seven() -> Option<RetryAfter> {
    Some(RetryAfter::After(Duration::from_secs(7)))
}

async fn fetch(server: &Server) -> Result<Value, Failure> {
    fetch_at(&server.url, tight()).await
}

async fn fetch_at(url: &url::Url, limits: Limits) -> Result<Value, Failure> {
    let http = Http::new(limits).unwrap();
    http.ask(&Ask::get(url.clone(), url)).await?.json("a test")
}
