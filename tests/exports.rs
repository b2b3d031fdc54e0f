//! The proof of a permission holds for anybody who checks it, without this app.

use operator_protocol::bundle;
use serde_json::Value;
use testkit::{EERO, Town};

#[test]
fn the_proof_of_a_withdrawn_permission_holds_offline() {
    let town = Town::open();
    let mut device = town.device();
    let request = device.ask("esiopetus-ehdotus", EERO);
    let permission = device.give(&request, &[]).unwrap();
    device.sync();
    device.withdraw(permission).unwrap();
    device.sync();

    let proof = device.proof(permission);

    let report = bundle::verify(proof.as_bytes()).unwrap();
    assert!(report.holds(), "{report:?}");
    let parsed: Value = serde_json::from_str(&proof).unwrap();
    assert_eq!(parsed["statements"].as_array().unwrap().len(), 2);
    assert_eq!(parsed["receipts"].as_array().unwrap().len(), 2);
}

#[test]
fn a_proof_that_was_changed_does_not_hold() {
    let town = Town::open();
    let mut device = town.device();
    let request = device.ask("esiopetus-ehdotus", EERO);
    let permission = device.give(&request, &[]).unwrap();
    device.sync();
    let proof = device.proof(permission);

    let changed = proof.replace("dpv:Required", "dpv:Optional");

    assert_ne!(changed, proof);
    let holds = bundle::verify(changed.as_bytes()).is_ok_and(|report| report.holds());
    assert!(!holds);
}
