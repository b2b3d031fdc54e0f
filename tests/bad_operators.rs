//! An operator that cannot be reached, or fails, costs a person nothing but time, and is said.

use app::view::ConnectionView;
use jiff::SignedDuration;
use operator_sync::Want;
use rstest::rstest;
use testkit::{Device, EERO, Town};

#[test]
fn an_operator_that_cannot_be_reached_is_said_and_tried_again() {
    let town = Town::open();
    let mut device = town.device();
    town.trouble().set_offline(true);

    device.refresh([Want::Requests]);

    assert_eq!(connection(&device), ConnectionView::Unreachable);
    town.trouble().set_offline(false);
    town.wait(SignedDuration::from_hours(2));
    device.sync();
    assert_eq!(connection(&device), ConnectionView::Connected);
}

#[rstest]
#[case::it_fails(500)]
#[case::it_is_busy(429)]
#[case::something_else_answers(502)]
fn trouble_at_the_operator_loses_nothing(#[case] status: u16) {
    let town = Town::open();
    let mut device = town.device();
    let request = device.ask("esiopetus-ehdotus", EERO);
    let permission = device.give(&request, &[]).unwrap();
    town.trouble().fail_next(status);

    for _ in 0..4 {
        device.sync();
        town.wait(SignedDuration::from_hours(2));
    }

    assert_eq!(device.owed(), 0);
    assert_eq!(device.permission(permission).history.len(), 2);
}

fn connection(device: &Device<'_>) -> ConnectionView {
    let operators = device
        .with_vault(|vault| app::list_operators(vault))
        .unwrap();
    operators.first().unwrap().connection
}
