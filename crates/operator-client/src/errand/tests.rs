//! Each task asks what the protocol says, where it says, and takes nothing else for an answer.

use std::sync::Arc;

use consent::{ConsentId, Language, StatementId};
use operator_protocol::event_stream::{MAX_EVENTS, PollRequest};
use operator_sync::OrderId;
use rstest::rstest;
use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::testing::{Server, answer, answer_with, discovered, http, json_answer};

mod log;

const ID: &str = "0198f3a2-7000-7000-8000-000000000001";

#[rstest]
#[case::a_record(
    put_record(),
    "PUT /v1/consents/0198f3a2-7000-7000-8000-000000000001",
    RECORD
)]
#[case::a_statement(post_statement(), "POST /v1/consent-status", JWT)]
#[case::an_accepted_offer(request_from_offer(), "POST /v1/requests", JSON)]
#[tokio::test]
async fn a_write_carries_its_key_its_type_and_the_token(
    #[case] task: Task,
    #[case] line: &str,
    #[case] content_type: &str,
) {
    let server = Server::start(|_| answer("201 Created", "application/jwt", "a.b.c")).await;

    run(&server, task).await.unwrap();

    let asked = server.asked().remove(0);
    assert!(
        asked.starts_with(&format!("{line} HTTP/1.1\r\n")),
        "{asked}"
    );
    for header in [
        format!("idempotency-key: {ID}"),
        format!("content-type: {content_type}"),
        "authorization: Bearer at-1".to_owned(),
    ] {
        assert!(
            asked.contains(&format!("{header}\r\n")),
            "{header} in {asked}"
        );
    }
}

#[rstest]
#[case::services(Task::FetchServices { page: None }, "/v1/services")]
#[case::sources(Task::FetchSources, "/v1/sources")]
#[case::offers(Task::FetchOffers { since: 7 }, "/v1/offers?since_version=7")]
#[case::a_notice(
    Task::FetchNotice { uri: "http://HOST/v1/notices/x/3".parse().unwrap(), language: Language::Sv },
    "/v1/notices/x/3?lang=sv"
)]
#[case::a_schema(
    Task::FetchSchema { url: "http://HOST/v1/sources/x/schema/1".parse().unwrap() },
    "/v1/sources/x/schema/1"
)]
#[tokio::test]
async fn what_is_the_same_for_everybody_is_fetched_without_saying_who_asks(
    #[case] task: Task,
    #[case] target: &str,
) {
    let server = Server::start(|_| answer("404 Not Found", "text/plain", "")).await;

    let _ = run(&server, at(&server, task)).await;

    let asked = server.asked().remove(0);
    assert!(
        asked.starts_with(&format!("GET {target} HTTP/1.1\r\n")),
        "{asked}"
    );
    assert!(!asked.to_lowercase().contains("authorization"), "{asked}");
}

#[rstest]
#[case(Task::FetchDelegations, "/v1/delegations")]
#[case(Task::FetchRequests { page: None }, "/v1/requests")]
#[case(Task::FetchConsents { page: None }, "/v1/consents")]
#[case(Task::FetchAccessLog { after: 3 }, "/v1/access-log?after=3")]
#[tokio::test]
async fn what_is_the_persons_is_fetched_with_the_token_or_not_at_all(
    #[case] task: Task,
    #[case] target: &str,
) {
    let server = Server::start(|_| json_answer(&json!({ "items": [], "next": null }))).await;

    run(&server, task.clone()).await.unwrap();
    let without = carry_out(&http(), &order(&server, task, None)).await;

    let asked = server.asked();
    assert!(
        asked[0].starts_with(&format!("GET {target} HTTP/1.1\r\n")),
        "{asked:?}"
    );
    assert!(asked[0].contains("authorization: Bearer at-1\r\n"));
    assert_eq!((without, asked.len()), (Err(Failure::Unauthorised), 1));
}

#[tokio::test]
async fn a_list_says_where_its_next_page_is() {
    let server = Server::start(|_| {
        json_answer(&json!({ "items": ["a.b.c"], "next": "/v1/requests?page=2" }))
    })
    .await;

    let answer = run(&server, Task::FetchRequests { page: None }).await;

    let Ok(Answer::Requests(listed)) = answer else {
        panic!("{answer:?}");
    };
    assert_eq!(listed.next, Some(server.at("/v1/requests?page=2")));
    assert_eq!(listed.items[0].reveal(), "a.b.c");
}

#[rstest]
#[case::the_next_page(Task::FetchRequests { page: None })]
#[case::a_stream(Task::CreateStream)]
#[tokio::test]
async fn an_answer_that_leads_elsewhere_is_refused(#[case] task: Task) {
    let server = Server::start(|request| {
        json_answer(&json!({
            "items": [],
            "next": "https://evil.example/v1/requests?page=2",
            "stream_id": "s",
            "iss": issuer(request),
            "aud": "urn:mdc:device:x",
            "delivery": {
                "method": "urn:ietf:rfc:8936",
                "endpoint_url": "https://evil.example/poll",
            },
        }))
    })
    .await;

    assert_eq!(run(&server, task).await, Err(Failure::ForeignAddress));
}

#[rstest]
#[case(Task::FetchRequest { href: "https://evil.example/r".parse().unwrap() })]
#[case(Task::FetchSnapshot { url: "https://evil.example/s".parse().unwrap(), etag: None })]
#[case(Task::FetchNotice { uri: "http://evil.example/n".parse().unwrap(), language: Language::Fi })]
#[tokio::test]
async fn an_address_elsewhere_is_not_asked(#[case] task: Task) {
    let server = Server::start(|_| json_answer(&json!({}))).await;

    assert_eq!(run(&server, task).await, Err(Failure::ForeignAddress));
}

#[tokio::test]
async fn a_copy_that_is_still_the_newest_is_not_sent_again() {
    let server = Server::start(|request| {
        if request.contains("if-none-match: \"a1\"\r\n") {
            answer("304 Not Modified", "application/json", "")
        } else {
            let snapshot = json!({
                "source": "https://hel.fi/src/all",
                "fetched_at": "2026-09-01T08:00:00Z",
                "services": [],
            });
            answer_with(
                "200 OK",
                "application/json",
                "ETag: \"a1\"\r\n",
                &snapshot.to_string(),
            )
        }
    })
    .await;
    let url = server.at("/v1/sources/all/snapshot");

    let first = run(
        &server,
        Task::FetchSnapshot {
            url: url.clone(),
            etag: None,
        },
    )
    .await;
    let Ok(Answer::Snapshot { etag, .. }) = first else {
        panic!("{first:?}");
    };
    let second = run(&server, Task::FetchSnapshot { url, etag }).await;

    assert_eq!(second, Ok(Answer::NotModified));
}

#[tokio::test]
async fn a_notice_comes_back_byte_for_byte() {
    let text = "Tietosuojaseloste\r\n\u{e4}\u{f6} \n\n";
    let server = Server::start(move |_| answer("200 OK", "text/plain; charset=utf-8", text)).await;
    let uri = server.at("/v1/notices/x/3");

    let notice = run(
        &server,
        Task::FetchNotice {
            uri,
            language: Language::Fi,
        },
    )
    .await;

    assert_eq!(notice, Ok(Answer::Notice(text.to_owned())));
}

#[tokio::test]
async fn a_poll_sends_what_it_acknowledges() {
    let server = Server::start(|_| json_answer(&json!({ "sets": { "e2": "a.b.c" } }))).await;
    let request = PollRequest {
        max_events: Some(50),
        return_immediately: true,
        ack: vec!["e1".to_owned()],
        ..PollRequest::default()
    };
    let endpoint = server.at("/v1/stream/1/poll");

    let answer = run(&server, Task::Poll { endpoint, request }).await;

    let Ok(Answer::Events(response)) = answer else {
        panic!("{answer:?}");
    };
    assert_eq!(response.sets["e2"], "a.b.c");
    let asked = server.asked().remove(0);
    assert!(
        asked.ends_with(r#"{"maxEvents":50,"returnImmediately":true,"ack":["e1"]}"#),
        "{asked}"
    );
}

#[tokio::test]
async fn more_events_than_any_sound_answer_has_are_not_taken() {
    let sets: serde_json::Map<_, _> = (0..=MAX_EVENTS)
        .map(|n| (n.to_string(), json!("a.b.c")))
        .collect();
    let server = Server::start(move |_| json_answer(&json!({ "sets": sets }))).await;
    let task = Task::Poll {
        endpoint: server.at("/poll"),
        request: PollRequest::default(),
    };

    assert_eq!(run(&server, task).await, Err(Failure::TooLarge));
}

#[rstest]
#[case::new("201 Created")]
#[case::there_already("409 Conflict")]
#[tokio::test]
async fn a_stream_is_set_up_or_found(#[case] status: &'static str) {
    let server = Server::start(move |request| {
        let stream = json!({
            "stream_id": "s-1",
            "iss": issuer(request),
            "aud": "urn:mdc:device:x",
            "delivery": {
                "method": "urn:ietf:rfc:8936",
                "endpoint_url": format!("{}/v1/stream/s-1/poll", issuer(request)),
            },
        });
        if request.starts_with("POST ") {
            answer(status, "application/json", &stream.to_string())
        } else {
            json_answer(&json!([stream]))
        }
    })
    .await;

    let stream = run(&server, Task::CreateStream).await;

    assert_eq!(stream, Ok(Answer::Stream(server.at("/v1/stream/s-1/poll"))));
}

#[tokio::test]
async fn what_an_operator_does_not_offer_is_not_asked_for() {
    let server = Server::start(|_| json_answer(&json!({}))).await;
    let mut order = order(&server, Task::FetchDelegations, Some("at-1"));
    let operator = Arc::make_mut(&mut order.operator);
    operator.resource.mydata_operator.endpoints.delegations = None;

    let outcome = carry_out(&http(), &order).await;

    assert!(matches!(outcome, Err(Failure::Refused(_))));
    assert_eq!(server.asked(), [""; 0]);
}

#[rstest]
#[case::html(answer_of("text/html", "<h1>Hello</h1>"), Failure::WrongContentType)]
#[case::not_a_message(
    answer_of("application/jwt", "hello"),
    Failure::NotUnderstood { what: "a receipt" }
)]
#[tokio::test]
async fn a_receipt_that_is_none_is_not_taken(
    #[case] says: (&'static str, &'static str),
    #[case] failure: Failure,
) {
    let server = Server::start(move |_| answer("201 Created", says.0, says.1)).await;

    assert_eq!(run(&server, post_statement()).await, Err(failure));
}

async fn run(server: &Server, task: Task) -> Outcome {
    carry_out(&http(), &order(server, task, Some("at-1"))).await
}

fn order(server: &Server, task: Task, access: Option<&str>) -> Order {
    Order {
        id: OrderId(1),
        task,
        operator: Arc::new(discovered(&server.url)),
        access: access.map(|token| Secret::new(token.to_owned())),
    }
}

/// Points a task's address at the server.
fn at(server: &Server, task: Task) -> Task {
    if let Task::FetchNotice { uri, language } = task {
        let uri = server.at(uri.path());
        return Task::FetchNotice { uri, language };
    }
    if let Task::FetchSchema { url } = task {
        let url = server.at(url.path());
        return Task::FetchSchema { url };
    }
    task
}

/// The issuer that a request was sent to.
fn issuer(request: &str) -> String {
    let host = request.lines().find_map(|line| line.strip_prefix("host: "));
    format!("http://{}", host.unwrap())
}

fn answer_of(content_type: &'static str, body: &'static str) -> (&'static str, &'static str) {
    (content_type, body)
}

fn statement() -> StatementId {
    StatementId::from_uuid(ID.parse::<Uuid>().unwrap())
}

fn put_record() -> Task {
    Task::PutRecord {
        consent: ConsentId::from_uuid(ID.parse::<Uuid>().unwrap()),
        body: Personal::new("{}".to_owned()),
    }
}

fn post_statement() -> Task {
    Task::PostStatement {
        message: statement(),
        jws: Personal::new("a.b.c".to_owned()),
    }
}

fn request_from_offer() -> Task {
    Task::RequestFromOffer {
        offer: "offer-1".parse().unwrap(),
        template: "esiopetus-ehdotus".to_owned(),
        subject: "urn:mdc:surrogate:Child1".parse().unwrap(),
        key: statement(),
    }
}
