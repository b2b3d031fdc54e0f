//! The driver does what it is told, once, and rests when there is nothing to do.

use std::collections::VecDeque;

use operator_protocol::event_stream::PollRequest;
use operator_sync::{Answer, OrderId, Outcome, Task};
use serde_json::json;
use tokio::sync::mpsc;

use super::*;
use crate::testing::{Act, Server, discovered, http, json_answer};

/// What a ledger says next, or that it cannot.
type Says = Result<Next, Unavailable>;

/// A ledger that says what it was given, and then that there is nothing to do.
struct Scripted {
    says: VecDeque<Says>,
    /// Each question (`None`) and each outcome that came.
    heard: mpsc::UnboundedSender<Option<Outcome>>,
}

impl Ledger for Scripted {
    fn next(&mut self, _now: Timestamp) -> Says {
        self.heard.send(None).unwrap();
        self.says.pop_front().unwrap_or(Ok(Next::Idle))
    }

    fn on_outcome(
        &mut self,
        order: OrderId,
        outcome: Outcome,
        _now: Timestamp,
        _jitter: Jitter,
    ) -> Result<(), Unavailable> {
        assert_eq!(order, OrderId(7));
        self.heard.send(Some(outcome)).unwrap();
        Ok(())
    }
}

#[tokio::test]
async fn one_exchange_runs_to_its_end_and_says_when_to_come_again() {
    let server = Server::start(|_| json_answer(&json!({ "items": [] }))).await;
    let (mut ledger, mut heard) = ledger([
        Ok(order(&server, Task::FetchSources)),
        Ok(order(&server, Task::FetchSources)),
        Ok(Next::WaitUntil(at(99))),
    ]);

    let again = run_until_idle(&mut ledger, &http(), || at(0)).await;

    assert_eq!(again, Ok(Some(at(99))));
    assert_eq!(outcomes(&mut heard), vec![Ok(Answer::Sources(vec![])); 2]);
}

#[tokio::test]
async fn one_exchange_does_not_wait_for_news() {
    let server = Server::start(|_| Act::Stall(Vec::new())).await;
    let (mut ledger, mut heard) = ledger([Ok(order(&server, long_poll(&server)))]);

    let again = run_until_idle(&mut ledger, &http(), || at(0)).await;

    assert_eq!(again, Ok(None));
    assert_eq!(outcomes(&mut heard), [Err(Failure::Interrupted)]);
    assert_eq!(server.asked(), [""; 0]);
}

#[tokio::test]
async fn a_locked_vault_ends_one_exchange() {
    let (mut ledger, _heard) = ledger([Err(Unavailable::Locked)]);

    let outcome = run_until_idle(&mut ledger, &http(), || at(0)).await;

    assert_eq!(outcome, Err(Unavailable::Locked));
}

#[tokio::test]
async fn waking_breaks_off_a_poll_that_waits_for_news() {
    let server = Server::start(|_| Act::Stall(Vec::new())).await;
    let (ledger, mut heard) = ledger([Ok(order(&server, long_poll(&server)))]);
    let (driver, wake) = Driver::new(ledger, http(), || at(0));
    let running = tokio::spawn(driver.run());
    assert_eq!(heard.recv().await, Some(None));

    wake.wake();

    assert_eq!(heard.recv().await, Some(Some(Err(Failure::Interrupted))));
    assert_eq!(heard.recv().await, Some(None), "it asks what is next");
    running.abort();
}

#[tokio::test]
async fn a_locked_or_idle_ledger_is_asked_again_only_when_woken() {
    let (ledger, mut heard) = ledger([Err(Unavailable::Locked), Ok(Next::Idle)]);
    let (driver, wake) = Driver::new(ledger, http(), || at(0));
    let running = tokio::spawn(driver.run());

    for _ in 0..3 {
        assert_eq!(heard.recv().await, Some(None));
        tokio::task::yield_now().await;
        assert!(heard.try_recv().is_err(), "it rests");
        wake.wake();
    }
    running.abort();
}

#[tokio::test(start_paused = true)]
async fn it_waits_for_as_long_as_it_is_told_but_looks_every_minute() {
    let (ledger, mut heard) = ledger([
        Ok(Next::WaitUntil(at(5))),
        Ok(Next::WaitUntil(at(3600))),
        Ok(Next::WaitUntil(at(0))),
        Err(Unavailable::Failed),
    ]);
    let (driver, _wake) = Driver::new(ledger, http(), || at(0));
    let running = tokio::spawn(driver.run());
    let start = tokio::time::Instant::now();
    let mut asked_at = Vec::new();

    for _ in 0..5 {
        heard.recv().await.unwrap();
        asked_at.push(start.elapsed().as_secs());
    }

    assert_eq!(asked_at, [0, 5, 65, 65, 125]);
    running.abort();
}

#[tokio::test(start_paused = true)]
async fn a_ledger_that_panics_is_asked_again_later() {
    struct Broken(mpsc::UnboundedSender<()>);
    impl Ledger for Broken {
        fn next(&mut self, _now: Timestamp) -> Says {
            self.0.send(()).unwrap();
            panic!("a test");
        }
        fn on_outcome(
            &mut self,
            _: OrderId,
            _: Outcome,
            _: Timestamp,
            _: Jitter,
        ) -> Result<(), Unavailable> {
            Ok(())
        }
    }
    let (sender, mut heard) = mpsc::unbounded_channel();
    let (driver, _wake) = Driver::new(Broken(sender), http(), || at(0));
    let running = tokio::spawn(driver.run());

    heard.recv().await.unwrap();
    heard.recv().await.unwrap();

    assert!(!running.is_finished());
    running.abort();
}

fn ledger<const N: usize>(says: [Says; N]) -> (Scripted, mpsc::UnboundedReceiver<Option<Outcome>>) {
    let (heard, receiver) = mpsc::unbounded_channel();
    let ledger = Scripted {
        says: says.into(),
        heard,
    };
    (ledger, receiver)
}

fn outcomes(heard: &mut mpsc::UnboundedReceiver<Option<Outcome>>) -> Vec<Outcome> {
    std::iter::from_fn(|| heard.try_recv().ok())
        .flatten()
        .collect()
}

fn order(server: &Server, task: Task) -> Next {
    Next::Do(Order {
        id: OrderId(7),
        task,
        operator: Arc::new(discovered(&server.url)),
        access: Some(pii::Secret::new("at-1".to_owned())),
    })
}

fn long_poll(server: &Server) -> Task {
    Task::Poll {
        endpoint: server.at("/poll"),
        request: PollRequest::default(),
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}
