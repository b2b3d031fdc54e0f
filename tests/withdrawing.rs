//! A person can take a consent back with no connection at all.

use app::{
    AppError,
    view::{DeliveryView, PermissionStatusView},
};
use testkit::{EERO, Town};

#[test]
fn a_withdrawal_holds_at_once_and_is_owed_to_the_operator() {
    let town = Town::open();
    let mut device = town.device();
    let request = device.ask("esiopetus-ehdotus", EERO);
    let permission = device.give(&request, &[]).unwrap();
    device.sync();
    town.trouble().set_offline(true);

    device.withdraw(permission).unwrap();
    device.sync();

    assert_eq!(
        device.standing(permission),
        (PermissionStatusView::Withdrawn, DeliveryView::Queued)
    );
    assert_eq!(device.owed(), 1);
}

#[test]
fn what_is_owed_goes_out_by_itself_when_the_connection_is_back() {
    let town = Town::open();
    let mut device = town.device();
    let request = device.ask("esiopetus-ehdotus", EERO);
    town.trouble().set_offline(true);
    let permission = device.give(&request, &[]).unwrap();
    device.withdraw(permission).unwrap();
    device.sync();
    assert_eq!(device.owed(), 3, "the record, the yes, and the withdrawal");

    town.trouble().set_offline(false);
    town.wait(jiff::SignedDuration::from_hours(2));
    device.sync();

    assert_eq!(device.owed(), 0);
    assert_eq!(
        device.standing(permission),
        (PermissionStatusView::Withdrawn, DeliveryView::Confirmed)
    );
    let history = device.permission(permission).history;
    assert!(history.iter().any(|line| line.erasure_due.is_some()));
}

#[test]
fn what_is_owed_survives_a_restart() {
    let town = Town::open();
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("vault");
    let mut device = testkit::Device::in_folder(&town, &home);
    device.sign_in(testkit::AINO);
    device.sync();
    let request = device.ask("esiopetus-ehdotus", EERO);
    town.trouble().set_offline(true);
    let permission = device.give(&request, &[]).unwrap();
    device.lock();
    town.trouble().set_offline(false);

    let mut device = testkit::Device::in_folder(&town, &home);
    device.restart();
    device.sync();

    assert_eq!(
        device.standing(permission),
        (PermissionStatusView::Given, DeliveryView::Confirmed)
    );
}

#[test]
fn a_second_withdrawal_is_refused_and_owes_nothing_more() {
    let town = Town::open();
    let mut device = town.device();
    let request = device.ask("esiopetus-ehdotus", EERO);
    let permission = device.give(&request, &[]).unwrap();
    device.withdraw(permission).unwrap();
    let owed = device.owed();

    let error = device.withdraw(permission).unwrap_err();

    assert!(matches!(error, AppError::Transition(_)), "{error:?}");
    assert_eq!(device.owed(), owed);
}

#[test]
fn a_lost_answer_does_not_make_a_decision_count_twice() {
    let town = Town::open();
    let mut device = town.device();
    let request = device.ask("esiopetus-ehdotus", EERO);
    let permission = device.give(&request, &[]).unwrap();
    for _ in 0..4 {
        town.trouble().fail_next(503);
    }

    for _ in 0..6 {
        device.sync();
        town.wait(jiff::SignedDuration::from_hours(2));
    }

    assert_eq!(
        device.standing(permission),
        (PermissionStatusView::Given, DeliveryView::Confirmed)
    );
    assert_eq!(device.permission(permission).history.len(), 2);
}
