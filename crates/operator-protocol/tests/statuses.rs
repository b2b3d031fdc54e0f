//! Where a consent stands, when several decide.

use consent::{
    PersonId,
    record::{EventKind, Status},
    request::{ActivationMode, Participant, Role},
};
use operator_protocol::status::{ConsentStatus, derive};
use rstest::rstest;

use ConsentStatus::{
    ConsentGiven, ConsentPaused, ConsentRefused, ConsentWithdrawn, RenewedConsentGiven,
};

fn person(name: &str) -> PersonId {
    PersonId::parse(format!("urn:mdc:surrogate:{name}")).unwrap()
}

fn participants() -> Vec<Participant> {
    [
        ("Child1", Role::DataSubject),
        ("Guardian1", Role::Activator),
        ("Guardian2", Role::Activator),
    ]
    .map(|(name, role)| Participant {
        id: person(name),
        role,
    })
    .to_vec()
}

#[rstest]
#[case::nobody_has_answered(ActivationMode::AnyActivatorActivates, &[], Status::Requested)]
#[case::one_is_enough(ActivationMode::AnyActivatorActivates, &[("Guardian1", ConsentGiven)], Status::Given)]
#[case::one_is_not_enough_for_all(ActivationMode::AllActivatorsActivate, &[("Guardian1", ConsentGiven)], Status::Requested)]
#[case::one_with_two_devices_is_still_one(ActivationMode::AllActivatorsActivate, &[("Guardian1", ConsentGiven), ("Guardian1", ConsentGiven)], Status::Requested)]
#[case::all_have_answered(ActivationMode::AllActivatorsActivate, &[("Guardian1", ConsentGiven), ("Guardian2", RenewedConsentGiven)], Status::Given)]
#[case::a_no_wins(ActivationMode::AnyActivatorActivates, &[("Guardian1", ConsentGiven), ("Guardian2", ConsentRefused)], Status::Refused)]
#[case::taking_back_wins(ActivationMode::AllActivatorsActivate, &[("Guardian1", ConsentWithdrawn), ("Guardian2", ConsentGiven)], Status::Withdrawn)]
#[case::a_pause_holds_it_for_all(ActivationMode::AnyActivatorActivates, &[("Guardian1", ConsentPaused), ("Guardian2", ConsentGiven)], Status::Paused)]
fn the_answers_of_several_become_one(
    #[case] activation: ActivationMode,
    #[case] newest: &[(&str, ConsentStatus)],
    #[case] expected: Status,
) {
    let newest: Vec<_> = newest
        .iter()
        .map(|(name, status)| (person(name), *status))
        .collect();

    assert_eq!(derive(activation, &participants(), &newest), expected);
}

#[rstest]
#[case(EventKind::Given, Some(ConsentGiven))]
#[case(EventKind::Refused, Some(ConsentRefused))]
#[case(EventKind::Paused, Some(ConsentPaused))]
#[case(EventKind::Resumed, Some(RenewedConsentGiven))]
#[case(EventKind::Withdrawn, Some(ConsentWithdrawn))]
#[case::later_looks_like_silence(EventKind::Deferred, None)]
#[case::the_operator_knows_what_it_did(EventKind::Revoked, None)]
#[case::everybody_has_a_calendar(EventKind::Expired, None)]
fn what_happened_is_stated_if_others_need_to_know(
    #[case] kind: EventKind,
    #[case] expected: Option<ConsentStatus>,
) {
    let stated = ConsentStatus::stated_for(kind);

    assert_eq!(stated, expected);
    if let Some(stated) = stated {
        assert_eq!(stated.status(), kind.resulting_status());
    }
}
