//! What a person is told, how often, and what a passer-by can read.
#![expect(clippy::unwrap_used, reason = "a test")]

use consent::{ConsentId, Language, OfferId, OperatorId, RequestId};
use notifications::{Happening, Lock, Notification, Notified, Target, Urgency, decide};
use proptest::prelude::*;
use rstest::rstest;

/// Marks everything that came from outside.
const CANARY: &str = "Aino-Virtanen";

#[test]
fn nothing_new_says_nothing() {
    assert_eq!(decide(&[], &Notified::default(), Lock::Open), None);
    assert_eq!(decide(&[], &Notified::default(), Lock::Locked), None);
}

#[rstest]
#[case::a_request(
    Happening::RequestArrived(request(1)),
    Urgency::Normal,
    Target::Request(request(1))
)]
#[case::an_ending(
    Happening::RequestEndsSoon(request(1)),
    Urgency::Normal,
    Target::Request(request(1))
)]
#[case::an_offer(
    Happening::OfferMatched(offer(1)),
    Urgency::Low,
    Target::Offer(offer(1))
)]
#[case::an_answer(
    Happening::AnswerNotDelivered(consent(1)),
    Urgency::Normal,
    Target::Permission(consent(1))
)]
#[case::a_withdrawal(
    Happening::WithdrawalNotDelivered(consent(1)),
    Urgency::Critical,
    Target::Permission(consent(1))
)]
#[case::an_end(
    Happening::PermissionEnded(consent(1)),
    Urgency::Normal,
    Target::Permission(consent(1))
)]
#[case::a_sign_in(
    Happening::SignInNeeded(operator()),
    Urgency::Normal,
    Target::SignIn(operator())
)]
fn one_matter_opens_itself(
    #[case] happening: Happening,
    #[case] urgency: Urgency,
    #[case] opens: Target,
) {
    let shown = decide(&[happening], &Notified::default(), Lock::Open).unwrap();

    assert_eq!((shown.urgency, shown.opens), (urgency, opens));
}

#[test]
fn a_request_is_announced_in_the_persons_own_language() {
    let shown = decide(
        &[Happening::RequestArrived(request(1))],
        &Notified::default(),
        Lock::Open,
    )
    .unwrap();

    let bodies = Language::ALL.map(|language| shown.body.in_language(language).unwrap());
    assert_eq!(
        bodies,
        [
            "Uusi lupapyyntö odottaa vastaustasi.",
            "En ny begäran om tillstånd väntar på ditt svar.",
            "A new permission request is waiting for your answer.",
        ]
    );
}

#[test]
fn several_requests_become_one_notification_that_opens_the_list() {
    let three = [1, 2, 3].map(|n| Happening::RequestArrived(request(n)));

    let shown = decide(&three, &Notified::default(), Lock::Open).unwrap();

    assert_eq!(
        shown.body.pick(Language::Fi),
        Some("3 uutta lupapyyntöä odottaa vastaustasi.")
    );
    assert_eq!(shown.opens, Target::Requests);
}

#[test]
fn matters_of_several_kinds_become_one_as_loud_as_the_loudest() {
    let shown = decide(
        &[
            Happening::OfferMatched(offer(1)),
            Happening::WithdrawalNotDelivered(consent(1)),
        ],
        &Notified::default(),
        Lock::Open,
    )
    .unwrap();

    assert_eq!(
        shown.body.pick(Language::En),
        Some("2 matters are waiting for you.")
    );
    assert_eq!(
        (shown.urgency, shown.opens),
        (Urgency::Critical, Target::Home)
    );
}

#[test]
fn what_was_shown_is_not_shown_again_but_the_next_one_is() {
    let mut notified = Notified::default();
    notified.remember([Happening::RequestArrived(request(1))]);

    let both = [1, 2].map(|n| Happening::RequestArrived(request(n)));
    let shown = decide(&both, &notified, Lock::Open).unwrap();

    assert_eq!(shown.opens, Target::Request(request(2)));
}

#[test]
fn the_same_matter_reported_twice_counts_once() {
    let twice = [1, 1].map(|n| Happening::RequestArrived(request(n)));

    let shown = decide(&twice, &Notified::default(), Lock::Open).unwrap();

    assert_eq!(shown.opens, Target::Request(request(1)));
}

#[test]
fn a_sign_in_that_ends_again_is_told_again() {
    let ended = Happening::SignInNeeded(operator());
    let mut notified = Notified::default();
    notified.remember([ended.clone()]);
    assert_eq!(
        decide(std::slice::from_ref(&ended), &notified, Lock::Open),
        None
    );

    notified.retain(|known| *known != ended);

    assert!(decide(&[ended], &notified, Lock::Open).is_some());
}

#[test]
fn what_was_shown_is_remembered_over_a_restart() {
    let mut notified = Notified::default();
    notified.remember([
        Happening::OfferMatched(offer(1)),
        Happening::PermissionEnded(consent(1)),
    ]);

    let stored = serde_json::to_string(&notified).unwrap();

    assert_eq!(serde_json::from_str::<Notified>(&stored).unwrap(), notified);
}

proptest! {
    #[test]
    fn while_locked_every_notification_reads_the_same(happenings in happenings()) {
        let shown = decide(&happenings, &Notified::default(), Lock::Locked).unwrap();

        let other = decide(&[Happening::OfferMatched(offer(9))], &Notified::default(), Lock::Locked);
        prop_assert_eq!(Some(shown), other);
    }

    #[test]
    fn no_notification_shows_anything_that_came_from_outside(happenings in happenings()) {
        for lock in [Lock::Open, Lock::Locked] {
            let shown = decide(&happenings, &Notified::default(), lock).unwrap();

            prop_assert!(!visible(&shown).contains(CANARY), "{shown:?}");
        }
    }

    #[test]
    fn every_notification_has_words_in_every_language(happenings in happenings()) {
        let shown = decide(&happenings, &Notified::default(), Lock::Open).unwrap();

        for language in Language::ALL {
            for text in [&shown.title, &shown.body] {
                prop_assert!(text.in_language(language).is_some_and(|words| !words.is_empty()));
            }
        }
    }

    #[test]
    fn what_was_remembered_is_never_shown(happenings in happenings()) {
        let mut notified = Notified::default();
        notified.remember(happenings.clone());

        prop_assert_eq!(decide(&happenings, &notified, Lock::Open), None);
    }
}

fn happenings() -> impl Strategy<Value = Vec<Happening>> {
    let one = (0..7_u8, 0..20_u8).prop_map(|(kind, n)| match kind {
        0 => Happening::RequestArrived(request(n)),
        1 => Happening::RequestEndsSoon(request(n)),
        2 => Happening::OfferMatched(offer(n)),
        3 => Happening::AnswerNotDelivered(consent(n)),
        4 => Happening::WithdrawalNotDelivered(consent(n)),
        5 => Happening::PermissionEnded(consent(n)),
        _ => Happening::SignInNeeded(operator()),
    });
    proptest::collection::vec(one, 1..8)
}

fn visible(shown: &Notification) -> String {
    format!("{} {:?} {:?}", shown.key, shown.title, shown.body)
}

fn request(n: u8) -> RequestId {
    RequestId::parse(format!("{CANARY}-{n}")).unwrap()
}

fn offer(n: u8) -> OfferId {
    OfferId::parse(format!("{CANARY}-{n}")).unwrap()
}

fn consent(n: u8) -> ConsentId {
    ConsentId::from_uuid(uuid::Uuid::from_u128(n.into()))
}

fn operator() -> OperatorId {
    OperatorId::parse(format!("https://{CANARY}.example.fi")).unwrap()
}
