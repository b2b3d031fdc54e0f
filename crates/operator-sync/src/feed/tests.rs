//! The rules of the event feed, each on its own.

use operator_protocol::problem::Problem;
use rstest::rstest;

use super::*;
use crate::failure::Refusal;

const NO_JITTER: Jitter = Jitter(0);

#[test]
fn the_first_poll_is_at_once_and_asks_for_no_waiting() {
    let feed = feed(0);

    assert!(request(&feed, 0).return_immediately);
}

#[test]
fn an_event_is_acknowledged_only_in_the_poll_after_it_was_taken_in() {
    let mut feed = feed(0);
    assert_eq!(request(&feed, 0).ack, [""; 0]);

    let intake = answer(&mut feed, &[("a", 1), ("b", 2)], 0);
    assert_eq!(intake.fresh, ["a", "b"]);
    assert_eq!(intake.acknowledged, [""; 0]);
    assert_eq!(request(&feed, 0).ack, ["a", "b"]);

    let intake = answer(&mut feed, &[], 0);
    assert_eq!(intake.acknowledged, ["a", "b"]);
    assert_eq!(request(&feed, 4000).ack, [""; 0]);
}

#[test]
fn what_was_stored_but_not_acknowledged_before_a_crash_is_acknowledged_after_it() {
    let feed = Feed::new(here(), 2, ["b".to_owned()]);

    assert_eq!(request(&feed, 0).ack, ["b"]);
}

#[test]
fn an_event_that_comes_twice_counts_once_and_is_acknowledged_again() {
    let mut feed = feed(1);

    let intake = take(&mut feed, &[("a", 1)], |jti| jti == "a", 0);

    assert_eq!(intake.fresh, [""; 0]);
    assert!(!intake.is_resync_needed);
    assert!(feed.unacknowledged.contains("a"));
}

#[rstest]
#[case::the_next(&[("f", 6)], false)]
#[case::out_of_order_in_one_answer(&[("g", 7), ("f", 6)], false)]
#[case::one_missing(&[("g", 7)], true)]
#[case::one_missing_within(&[("f", 6), ("h", 8)], true)]
#[case::an_old_one(&[("c", 3)], false)]
fn a_gap_in_the_numbers_means_fetching_everything(
    #[case] events: &[(&str, u64)],
    #[case] is_resync_needed: bool,
) {
    let mut feed = feed(5);

    let intake = answer(&mut feed, events, 0);

    assert_eq!(intake.is_resync_needed, is_resync_needed);
}

#[test]
fn events_are_taken_in_the_order_of_the_stream() {
    let mut feed = feed(0);

    let intake = answer(&mut feed, &[("z", 1), ("a", 3), ("m", 2)], 0);

    assert_eq!(
        (intake.fresh, intake.last_seq),
        (vec!["z".to_owned(), "m".to_owned(), "a".to_owned()], 3)
    );
}

#[test]
fn an_event_that_cannot_be_verified_is_reported_once_and_not_acknowledged() {
    let mut feed = feed(0);
    let error = SetError {
        err: "invalid_key".into(),
        description: String::new(),
    };
    let first = request(&feed, 0);
    let rejected = BTreeMap::from([("bad".to_owned(), error.clone())]);

    feed.on_answer(
        Delivered {
            request: &first,
            response: &some(1),
            verified: Vec::new(),
            rejected,
        },
        |_| false,
        at(0),
        NO_JITTER,
    );

    let second = request(&feed, 0);
    assert_eq!(
        (second.ack.len(), second.set_errs.get("bad")),
        (0, Some(&error))
    );
    feed.on_answer(
        Delivered {
            request: &second,
            response: &some(0),
            verified: Vec::new(),
            rejected: BTreeMap::new(),
        },
        |_| false,
        at(0),
        NO_JITTER,
    );
    assert!(request(&feed, 4000).set_errs.is_empty());
}

#[test]
fn with_the_window_open_the_operator_may_hold_the_answer_back() {
    let mut feed = feed(0);
    feed.set_attention(Attention::Foreground);

    answer(&mut feed, &[], 0);

    assert!(!request(&feed, 0).return_immediately);
    assert!(
        matches!(feed.poll(at(0), false), Step::Poll(_, request) if request.return_immediately),
        "not while something else is due"
    );
}

#[test]
fn an_operator_that_does_not_hold_back_is_not_asked_in_a_tight_loop() {
    let mut feed = feed(0);
    feed.set_attention(Attention::Foreground);

    answer(&mut feed, &[], 0);
    answer(&mut feed, &[], 1);

    assert_eq!(feed.poll(at(1), true), Step::WaitUntil(at(16)));
}

#[test]
fn an_operator_that_sends_the_same_events_for_ever_is_not_asked_in_a_tight_loop() {
    let mut feed = feed(0);
    feed.set_attention(Attention::Foreground);

    take(&mut feed, &[("a", 1)], |_| true, 0);

    assert_eq!(feed.poll(at(0), true), Step::WaitUntil(at(15)));
}

#[rstest]
#[case::without_jitter(0, 3600)]
#[case::with_the_most(u16::MAX, 1800)]
fn in_the_background_polls_are_half_an_hour_to_an_hour_apart(
    #[case] jitter: u16,
    #[case] wait: i64,
) {
    let mut feed = feed(0);
    let asked = request(&feed, 0);

    feed.on_answer(
        Delivered {
            request: &asked,
            response: &some(0),
            verified: Vec::new(),
            rejected: BTreeMap::new(),
        },
        |_| false,
        at(0),
        Jitter(jitter),
    );

    assert_eq!(feed.poll(at(1), true), Step::WaitUntil(at(wait)));
}

#[test]
fn opening_the_window_polls_at_once() {
    let mut feed = feed(0);
    answer(&mut feed, &[], 0);

    feed.set_attention(Attention::Foreground);

    assert!(request(&feed, 1).return_immediately);
}

#[rstest]
#[case(404)]
#[case(410)]
fn a_stream_that_is_gone_is_set_up_anew_after_a_wait(#[case] status: u16) {
    let mut feed = feed(7);

    let is_gone = feed.on_failure(&refused(status), at(0), NO_JITTER);

    assert!(is_gone);
    assert_eq!(feed.poll(at(0), true), Step::WaitUntil(at(5)));
    assert_eq!(feed.poll(at(5), true), Step::CreateStream);
    feed.on_stream("https://operator.example.fi/v1/events/2".parse().unwrap());
    assert!(!answer(&mut feed, &[("x", 1)], 5).is_resync_needed);
}

#[test]
fn other_failures_keep_the_stream_and_wait() {
    let mut feed = feed(7);

    assert!(!feed.on_failure(&refused(403), at(0), NO_JITTER));
    assert_eq!(feed.poll(at(0), true), Step::WaitUntil(at(5)));
    assert_eq!(request(&feed, 5).max_events, Some(MOST_EVENTS));
}

#[test]
fn a_poll_that_we_broke_off_is_taken_up_at_once() {
    let mut feed = feed(7);

    feed.on_failure(&Failure::Interrupted, at(0), NO_JITTER);

    assert!(matches!(feed.poll(at(0), true), Step::Poll(..)));
}

#[test]
fn an_operator_without_events_is_not_polled() {
    let feed = Feed::new(Source::None, 0, []);

    assert_eq!(feed.poll(at(0), true), Step::Idle);
}

fn refused(status: u16) -> Failure {
    Failure::Refused(Refusal {
        status,
        problem: None::<Problem>,
    })
}

fn answer(feed: &mut Feed, events: &[(&str, u64)], now: i64) -> Intake {
    take(feed, events, |_| false, now)
}

fn take(
    feed: &mut Feed,
    events: &[(&str, u64)],
    is_known: impl Fn(&str) -> bool,
    now: i64,
) -> Intake {
    let asked = request(feed, now);
    let arrivals = events
        .iter()
        .map(|(jti, seq)| Arrival {
            jti: (*jti).to_owned(),
            seq: *seq,
        })
        .collect();
    feed.on_answer(
        Delivered {
            request: &asked,
            response: &some(events.len()),
            verified: arrivals,
            rejected: BTreeMap::new(),
        },
        is_known,
        at(now),
        NO_JITTER,
    )
}

fn some(count: usize) -> PollResponse {
    PollResponse {
        sets: (0..count).map(|n| (n.to_string(), String::new())).collect(),
        more_available: false,
    }
}

fn request(feed: &Feed, now: i64) -> PollRequest {
    let step = feed.poll(at(now), true);
    let Step::Poll(_, request) = step else {
        panic!("{step:?}");
    };
    request
}

fn feed(last_seq: u64) -> Feed {
    Feed::new(here(), last_seq, [])
}

fn here() -> Source {
    Source::At("https://operator.example.fi/v1/events/1".parse().unwrap())
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}
