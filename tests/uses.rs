//! Each use of the data that the operator reports is shown beside the permission that allowed it.

use app::view::GroundView;
use jiff::SignedDuration;
use operator_sync::Want;
use testkit::{EERO, Town};

#[test]
fn a_use_is_shown_beside_its_permission() {
    let town = Town::open();
    let mut device = town.device();
    let request = device.ask("esiopetus-ehdotus", EERO);
    let permission = device.give(&request, &[]).unwrap();
    device.sync();
    town.wait(SignedDuration::from_mins(1));

    town.pilot().report_access(permission).unwrap();
    device.refresh([Want::AccessLog]);

    let uses = device.uses();
    let newest = uses.first().unwrap();
    assert_eq!(newest.ground, GroundView::Permission);
    assert_eq!(newest.permission_id, Some(permission.to_string()));
    assert!(!newest.fields.is_empty());
    let view = device.permission(permission);
    assert_eq!(view.permission.use_count, 1);
    assert_eq!(view.uses, uses);
}

#[test]
fn nothing_is_used_after_a_withdrawal() {
    let town = Town::open();
    let mut device = town.device();
    let request = device.ask("esiopetus-ehdotus", EERO);
    let permission = device.give(&request, &[]).unwrap();
    device.withdraw(permission).unwrap();
    device.sync();

    let used = town.pilot().report_access(permission);

    assert!(used.is_err());
    device.refresh([Want::AccessLog]);
    assert!(device.uses().is_empty());
}
