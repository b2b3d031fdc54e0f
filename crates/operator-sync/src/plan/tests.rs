//! What comes first, and what a failure leads to.

use std::collections::BTreeMap;

use consent::{ConsentId, StatementId};
use operator_protocol::event_stream::PollResponse;
use rstest::rstest;
use uuid::Uuid;

use super::*;
use crate::contact::Renewal;
use crate::delivery::{Item, Kind, Precedence, Standing};
use crate::failure::Refusal;
use crate::feed::{Attention, Delivered, Source};
use crate::wants::Rest;

const NO_JITTER: Jitter = Jitter(0);
const GRANTED: Access = Access::Granted {
    until: None,
    renewal: Renewal::Possible,
};

#[test]
fn what_is_owed_goes_before_what_is_fetched_and_events_come_last() {
    let mut plan = plan(GRANTED);

    assert_eq!(job(&plan), Job::Send(message(1)));
    plan.delivery
        .on_reply(message(1), Reply::Accepted, at(0), NO_JITTER);
    assert_eq!(job(&plan), Job::Fetch(Want::Delegations, None));
    fetch_everything(&mut plan);
    assert!(matches!(job(&plan), Job::Poll(..)));
}

#[test]
fn a_token_about_to_end_is_renewed_first() {
    let plan = plan(Access::Granted {
        until: Some(at(30)),
        renewal: Renewal::Possible,
    });

    assert_eq!(job(&plan), Job::Refresh);
}

#[test]
fn without_a_sign_in_only_public_things_are_fetched() {
    let mut plan = plan(Access::SignInNeeded);

    assert_eq!(job(&plan), Job::Fetch(Want::Services, None));
    fetch_everything(&mut plan);
    assert_eq!(plan.next(at(0)), Step::WaitUntil(at(24 * 3600)));
}

#[test]
fn a_refused_token_is_renewed_and_then_the_same_is_sent_again() {
    let mut plan = plan(GRANTED);
    let first = job(&plan);

    assert_eq!(fail(&mut plan, &Failure::Unauthorised), None);
    assert_eq!(job(&plan), Job::Refresh);
    plan.on_access(GRANTED);

    assert_eq!(job(&plan), first);
}

#[test]
fn an_operator_that_refuses_every_token_ends_in_a_sign_in() {
    let mut plan = plan(GRANTED);

    let setbacks: Vec<_> = (0..3)
        .filter_map(|_| {
            plan.on_access(GRANTED);
            fail(&mut plan, &Failure::Unauthorised)
        })
        .collect();

    assert_eq!(setbacks, [Setback::SignInNeeded]);
}

#[rstest]
#[case::spent(refused(400), Some(Setback::SignInNeeded))]
#[case::offline(Failure::Offline, None)]
#[case::in_trouble(Failure::ServerTrouble { retry_after: None }, None)]
fn only_a_refusal_of_the_refresh_token_asks_the_person(
    #[case] failure: Failure,
    #[case] setback: Option<Setback>,
) {
    let mut plan = plan(Access::Stale);

    assert_eq!(fail(&mut plan, &failure), setback);
}

#[test]
fn offline_nothing_is_tried_until_the_wait_is_over_whatever_failed() {
    let mut plan = plan(GRANTED);
    plan.delivery
        .on_reply(message(1), Reply::Accepted, at(0), NO_JITTER);

    fail(&mut plan, &Failure::Offline);

    assert_eq!(plan.next(at(0)), Step::WaitUntil(at(5)));
    assert_eq!(job_at(&plan, 5), Job::Fetch(Want::Delegations, None));
}

#[test]
fn a_fetch_in_trouble_holds_up_nothing_else() {
    let mut plan = plan(GRANTED);
    plan.delivery
        .on_reply(message(1), Reply::Accepted, at(0), NO_JITTER);

    fail(&mut plan, &Failure::NotUnderstood { what: "JSON" });

    assert_eq!(job(&plan), Job::Fetch(Want::Requests, None));
    plan.delivery.enqueue(item(2));
    assert_eq!(job(&plan), Job::Send(message(2)));
}

#[test]
fn a_poll_lingers_only_while_nothing_else_is_due() {
    let mut plan = plan(GRANTED);
    plan.delivery
        .on_reply(message(1), Reply::Accepted, at(0), NO_JITTER);
    fetch_everything(&mut plan);
    plan.feed.set_attention(Attention::Foreground);
    let Job::Poll(_, first) = job(&plan) else {
        panic!("a poll comes next");
    };
    plan.feed.on_answer(
        Delivered {
            request: &first,
            response: &PollResponse::default(),
            verified: Vec::new(),
            rejected: BTreeMap::new(),
        },
        |_| false,
        at(0),
        NO_JITTER,
    );
    assert!(lingers(&plan));

    plan.delivery.enqueue(item(2));
    plan.delivery
        .on_reply(message(2), Reply::Trouble(None), at(0), NO_JITTER);

    assert!(!lingers(&plan), "a message is due in five seconds");
}

#[test]
fn a_lost_stream_is_set_up_again_and_everything_is_fetched() {
    let mut plan = plan(GRANTED);
    plan.delivery
        .on_reply(message(1), Reply::Accepted, at(0), NO_JITTER);
    fetch_everything(&mut plan);

    let setback = fail(&mut plan, &refused(404));

    assert_eq!(setback, Some(Setback::StreamLost));
    assert_eq!(job(&plan), Job::Fetch(Want::Delegations, None));
    fetch_everything(&mut plan);
    assert_eq!(job_at(&plan, 5), Job::CreateStream);
}

#[test]
fn what_happened_before_the_stream_was_set_up_is_not_missed() {
    let mut plan = plan(GRANTED);
    plan.delivery
        .on_reply(message(1), Reply::Accepted, at(0), NO_JITTER);
    fetch_everything(&mut plan);

    plan.on_stream("https://operator.example.fi/poll".parse().unwrap());

    let Job::Fetch(first, _) = job(&plan) else {
        panic!("something is fetched once more: {:?}", job(&plan));
    };
    assert!(Want::RESYNC.contains(&first));
    for want in Want::RESYNC {
        assert!(plan.wants.is_due(&want, at(0)), "{want:?}");
    }
}

#[test]
fn an_interruption_changes_nothing() {
    let mut plan = plan(GRANTED);
    let before = job(&plan);

    assert_eq!(fail(&mut plan, &Failure::Interrupted), None);

    assert_eq!(job(&plan), before);
}

#[test]
fn a_refused_message_is_reported_to_the_store() {
    let mut plan = plan(GRANTED);

    let setback = fail(&mut plan, &refused(422));

    assert_eq!(
        setback,
        Some(Setback::Delivery(delivery::Effect::SetAside(
            item(1).message
        )))
    );
}

fn lingers(plan: &Plan) -> bool {
    matches!(job(plan), Job::Poll(_, request) if !request.return_immediately)
}

fn fail(plan: &mut Plan, failure: &Failure) -> Option<Setback> {
    let job = job(plan);
    plan.on_failure(&job, failure, at(0), NO_JITTER)
}

fn fetch_everything(plan: &mut Plan) {
    while let Step::Do(Job::Fetch(want, _)) = plan.next(at(0)) {
        plan.wants.on_stored(&want, Rest::Nothing, at(0), NO_JITTER);
    }
}

fn job(plan: &Plan) -> Job {
    job_at(plan, 0)
}

fn job_at(plan: &Plan, now: i64) -> Job {
    let step = plan.next(at(now));
    let Step::Do(job) = step else {
        panic!("{step:?}");
    };
    job
}

fn plan(access: Access) -> Plan {
    let stream = "https://operator.example.fi/v1/events/1".parse().unwrap();
    Plan::new(
        access,
        Delivery::from_rows([item(1)]),
        Feed::new(Source::At(stream), 0, []),
    )
}

fn item(n: u128) -> Item {
    Item {
        message: StatementId::from_uuid(Uuid::from_u128(n)),
        consent: ConsentId::from_uuid(Uuid::from_u128(n)),
        kind: Kind::Statement,
        precedence: Precedence::Ordinary,
        position: u64::try_from(n).unwrap(),
        standing: Standing::Owed,
    }
}

fn message(n: u128) -> Parcel {
    Parcel::Message(item(n).message)
}

fn refused(status: u16) -> Failure {
    Failure::Refused(Refusal {
        status,
        problem: None,
    })
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}
