//! A person answers a request knowing exactly what would leave, and sees what became of it.

use app::{
    Answer, AppError,
    view::{
        AvailabilityView, DeliveryView, HistoryKindView, ObstacleView, PermissionStatusView,
        RequestStateView, ValueView,
    },
};
use jiff::SignedDuration;
use testkit::{AINO, EERO, Town};

#[test]
fn a_request_shows_the_persons_own_values() {
    let town = Town::open();
    let mut device = town.device();

    let request = device.ask("esiopetus-ehdotus", EERO);

    let view = device.request(&request);
    assert!(view.obstacles.is_empty(), "{:?}", view.obstacles);
    assert!(view.is_verified && view.summary.can_give && view.can_refuse && view.can_defer);
    assert_eq!(view.summary.subject.name.as_deref(), Some("Eero Virtanen"));
    assert!(!view.summary.subject.is_self);
    assert_eq!(view.legal_basis, "A6-1-a");
    let born = view.fields.iter().find(|field| field.is_required).unwrap();
    assert_eq!(born.availability, AvailabilityView::Known);
    assert!(
        view.fields.iter().any(|field| field.values.iter().any(
            |value| matches!(&value.value, ValueView::Date { date } if date.starts_with("2020"))
        )),
        "Eero's own date of birth is shown"
    );
    for text in [
        &view.if_yes,
        &view.if_no,
        &view.if_withdrawn,
        &view.notice.text,
    ] {
        assert!(text.fi.is_some() && text.sv.is_some() && text.en.is_some());
    }
}

#[test]
fn a_yes_is_confirmed_by_the_operators_receipt() {
    let town = Town::open();
    let mut device = town.device();
    let request = device.ask("esiopetus-ehdotus", EERO);

    let permission = device.give(&request, &[]).unwrap();

    assert_eq!(
        device.standing(permission),
        (PermissionStatusView::Given, DeliveryView::Queued)
    );
    device.sync();
    assert_eq!(
        device.standing(permission),
        (PermissionStatusView::Given, DeliveryView::Confirmed)
    );
    assert_eq!(device.owed(), 0);
    let kinds: Vec<_> = device
        .permission(permission)
        .history
        .iter()
        .map(|line| line.kind)
        .collect();
    assert_eq!(kinds, [HistoryKindView::Given, HistoryKindView::Confirmed]);
}

#[test]
fn only_the_required_fields_leave_unless_the_person_adds_some() {
    let town = Town::open();
    let mut device = town.device();
    let request = device.ask("esiopetus-ehdotus", EERO);
    let view = device.request(&request);
    let optional = view.fields.iter().find(|field| !field.is_required).unwrap();

    let permission = device.give(&request, &[]).unwrap();

    let allowed = device.permission(permission).permission.fields;
    assert!(allowed.iter().all(|field| field.path != optional.path));
    assert_eq!(
        allowed.len(),
        view.fields.iter().filter(|field| field.is_required).count()
    );
}

#[test]
fn a_no_is_final_and_delivered() {
    let town = Town::open();
    let mut device = town.device();
    let request = device.ask("kirjaston-suosittelut", AINO);

    device.answer(&request, &Answer::Refuse).unwrap();
    device.sync();

    let permission = device.permission_of(&request);
    assert_eq!(permission.status, PermissionStatusView::Refused);
    assert_eq!(permission.delivery, DeliveryView::Confirmed);
    assert!(matches!(
        device.give(&request, &[]),
        Err(AppError::RequestClosed)
    ));
}

#[test]
fn later_keeps_the_request_and_tells_nobody() {
    let town = Town::open();
    let mut device = town.device();
    let request = device.ask("kirjaston-suosittelut", AINO);

    device.answer(&request, &Answer::Later).unwrap();

    assert_eq!(device.owed(), 0);
    assert_eq!(
        device.request(&request).summary.state,
        RequestStateView::Deferred
    );
    assert!(device.give(&request, &[]).is_ok(), "it can still be given");
}

#[test]
fn a_lapsed_request_can_be_refused_but_not_given() {
    let town = Town::open();
    let mut device = town.device();
    let request = device.ask("esiopetus-ehdotus", EERO);
    town.wait(SignedDuration::from_hours(24 * 400));

    let given = device.give(&request, &[]);

    assert!(matches!(given, Err(AppError::NotAcceptable)), "{given:?}");
    assert!(
        device
            .request(&request)
            .obstacles
            .contains(&ObstacleView::Expired)
    );
}

#[test]
fn an_unregistered_sender_is_shown_and_cannot_be_given_anything() {
    let town = Town::open();
    let mut device = town.device();

    let request = device.ask("superedut", AINO);

    let view = device.request(&request);
    assert!(!view.is_verified && !view.summary.can_give && view.can_refuse);
    assert!(
        view.obstacles
            .contains(&ObstacleView::UnregisteredRequester)
    );
    assert!(matches!(
        device.give(&request, &[]),
        Err(AppError::NotAcceptable)
    ));
}

#[test]
fn a_field_that_was_not_asked_for_cannot_be_added() {
    let town = Town::open();
    let mut device = town.device();
    let request = device.ask("esiopetus-ehdotus", EERO);

    let given = device.give(&request, &["/child/secret"]);

    assert!(matches!(given, Err(AppError::NotAcceptable)), "{given:?}");
}
