//! The rules of fetching, each on its own.

use operator_protocol::event::Urgency;
use rstest::rstest;

use super::*;
use crate::failure::Refusal;

const NO_JITTER: Jitter = Jitter(0);

#[test]
fn at_the_start_everything_routine_is_fetched_once() {
    let mut wants = Wants::at_start();

    let fetched = drain(&mut wants);

    assert_eq!(fetched, Want::ROUTINE.map(|(want, _)| want));
    assert_eq!(wants.next_time(at(0), true), Some(at(6 * 3600)));
}

#[test]
fn without_access_only_what_is_the_same_for_everybody_is_fetched() {
    let wants = Wants::at_start();

    assert_eq!(wants.poll(at(0), false), Some((Want::Services, None)));
}

#[test]
fn a_list_is_fetched_page_by_page() {
    let mut wants = Wants::default();
    wants.add(Want::Requests);

    wants.on_stored(&Want::Requests, Rest::Page(url(2)), at(0), NO_JITTER);

    assert_eq!(
        wants.poll(at(0), true),
        Some((Want::Requests, Some(url(2))))
    );
    wants.on_stored(&Want::Requests, Rest::Nothing, at(0), NO_JITTER);
    assert_eq!(wants.poll(at(0), true), None);
}

#[test]
fn a_list_that_changed_while_it_was_fetched_is_fetched_again() {
    let mut wants = Wants::default();
    wants.add(Want::Requests);
    wants.on_stored(&Want::Requests, Rest::Page(url(2)), at(0), NO_JITTER);

    wants.add(Want::Requests);
    wants.on_stored(&Want::Requests, Rest::Nothing, at(0), NO_JITTER);

    assert_eq!(wants.poll(at(0), true), Some((Want::Requests, None)));
}

#[test]
fn pages_that_never_end_do_not_hold_up_the_rest() {
    let mut wants = Wants::default();
    wants.add(Want::Requests);

    for _ in 0..MOST_PAGES {
        wants.on_stored(&Want::Requests, Rest::Page(url(2)), at(0), NO_JITTER);
    }

    assert_eq!(wants.poll(at(0), true), None);
}

#[test]
fn what_fails_waits_by_itself_and_starts_from_its_first_page() {
    let mut wants = Wants::default();
    wants.add(Want::Requests);
    wants.add(Want::Consents);
    wants.on_stored(&Want::Requests, Rest::Page(url(2)), at(0), NO_JITTER);

    wants.on_failure(&Want::Requests, &Failure::TooLarge, at(0), NO_JITTER);

    assert_eq!(wants.poll(at(0), true), Some((Want::Consents, None)));
    assert_eq!(wants.poll(at(5), true), Some((Want::Requests, None)));
}

#[test]
fn an_event_does_not_cut_the_wait_after_a_failure_short() {
    let mut wants = Wants::default();
    wants.add(Want::Offers);
    wants.on_failure(&Want::Offers, &Failure::TimedOut, at(0), NO_JITTER);

    wants.add(Want::Offers);
    assert_eq!(wants.poll(at(1), true), None);

    wants.insist(Want::Offers);
    assert_eq!(wants.poll(at(1), true), Some((Want::Offers, None)));
}

#[test]
fn an_event_cuts_the_wait_for_the_next_routine_short() {
    let mut wants = Wants::at_start();
    drain(&mut wants);

    wants.add(Want::Offers);

    assert_eq!(wants.poll(at(1), true), Some((Want::Offers, None)));
}

#[rstest]
#[case::one_thing_that_is_gone(Want::Request(url(1)), true)]
#[case::a_list_is_never_given_up(Want::Requests, false)]
fn a_refusal_ends_only_what_is_one_thing(#[case] want: Want, #[case] is_given_up: bool) {
    let mut wants = Wants::default();
    wants.add(want.clone());
    let gone = Failure::Refused(Refusal {
        status: 404,
        problem: None,
    });

    assert_eq!(
        wants.on_failure(&want, &gone, at(0), NO_JITTER),
        is_given_up
    );
    assert_eq!(
        wants.next_time(at(0), true).is_none(),
        is_given_up,
        "a list is tried again later"
    );
}

#[rstest]
#[case(EventKind::AccessRequested, vec![Want::Request(url(1))])]
#[case(EventKind::AccessRequestCancelled, vec![Want::Requests])]
#[case(EventKind::ConsentStatusChanged, vec![Want::Consents])]
#[case(EventKind::ReceiptIssued, vec![Want::Receipt(url(1))])]
#[case(EventKind::DataAccessed, vec![Want::AccessLog])]
#[case(EventKind::DataUpdated, vec![Want::Snapshot(url(1))])]
#[case(EventKind::OfferPublished, vec![Want::Offers])]
#[case(EventKind::OfferWithdrawn, vec![Want::Offers])]
#[case(EventKind::NoticeChanged, vec![Want::Notice(url(1), Language::Sv)])]
#[case(EventKind::DelegationChanged, vec![Want::Delegations])]
#[case(EventKind::RightsRequestUpdated, vec![])]
#[case(EventKind::TransferUpdated, vec![])]
#[case(EventKind::AlgorithmEntryChanged, vec![Want::Services])]
#[case(EventKind::ResyncRequired, Want::RESYNC.to_vec())]
#[case(EventKind::Unknown("urn:x".into()), vec![])]
fn an_event_gives_reason_to_fetch_what_it_is_about(
    #[case] kind: EventKind,
    #[case] wants: Vec<Want>,
) {
    let event = Event {
        kind,
        seq: 1,
        about: None,
        href: Some(url(1).into()),
        urgency: Urgency::Normal,
    };

    assert_eq!(Want::of_event(&event, Language::Sv), wants);
}

#[test]
fn an_event_whose_address_is_none_falls_back_to_the_list() {
    let event = Event {
        kind: EventKind::AccessRequested,
        seq: 1,
        about: None,
        href: Some("not an address".into()),
        urgency: Urgency::Normal,
    };

    assert_eq!(Want::of_event(&event, Language::Fi), [Want::Requests]);
}

fn drain(wants: &mut Wants) -> Vec<Want> {
    let mut fetched = Vec::new();
    while let Some((want, _)) = wants.poll(at(0), true) {
        wants.on_stored(&want, Rest::Nothing, at(0), NO_JITTER);
        fetched.push(want);
    }
    fetched
}

fn url(n: u8) -> Url {
    format!("https://operator.example.fi/v1/x/{n}")
        .parse()
        .unwrap()
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}
