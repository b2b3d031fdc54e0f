//! Whatever is changed in a chain, moved, left out or brought in from elsewhere is noticed.

use consent::record::Status;
use operator_protocol::{key::SigningKey, record, status::ConsentStatus};
use pii::Secret;
use proptest::prelude::*;

use crate::proof::{Proof, signed_by};

fn flip(text: &str, at: usize, bit: u8) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let at = at % bytes.len();
    bytes[at] ^= 1 << bit;
    String::from_utf8(bytes).unwrap()
}

proptest! {
    #[test]
    fn any_byte_changed_in_any_message_is_noticed(
        which in 0..10_usize,
        at in 0..10_000_usize,
        bit in 0..7_u8,
    ) {
        let mut proof = Proof::of_four();
        let message = match which {
            0 => &mut proof.bindings[0],
            1 => &mut proof.delegations[0],
            2..=5 => &mut proof.statements[which - 2],
            _ => &mut proof.receipts[which - 6],
        };
        *message = flip(message, at, bit);

        prop_assert!(!proof.check().holds());
    }

    #[test]
    fn any_byte_changed_in_the_record_is_noticed(at in 0..2705_usize, bit in 0..8_u8) {
        let mut proof = Proof::of_four();
        let mut bytes = record::to_bytes(&proof.record).unwrap();
        bytes[at] ^= 1 << bit;
        let Ok(record) = serde_json::from_slice(&bytes) else { return Ok(()) };
        proof.record = record;

        prop_assert!(!proof.check().holds());
    }

    #[test]
    fn any_other_order_is_noticed(order in Just(vec![0_usize, 1, 2, 3]).prop_shuffle()) {
        let sound = Proof::of_four();
        let statements = order.iter().map(|at| sound.statements[*at].clone()).collect();
        let proof = Proof { statements, ..sound };

        prop_assert_eq!(proof.check().holds(), order == [0, 1, 2, 3]);
    }

    #[test]
    fn any_statement_left_out_is_noticed(at in 0..4_usize) {
        let mut proof = Proof::of_four();
        proof.statements.remove(at);

        prop_assert!(!proof.check().holds());
    }

    #[test]
    fn any_statement_but_the_last_left_out_with_its_receipt_is_noticed(at in 0..3_usize) {
        let mut proof = Proof::of_four();
        proof.statements.remove(at);
        proof.receipts.remove(at);

        prop_assert!(!proof.check().holds());
    }

    #[test]
    fn any_statement_put_in_twice_is_noticed(from in 0..4_usize, to in 0..=4_usize) {
        let mut proof = Proof::of_four();
        proof.statements.insert(to, proof.statements[from].clone());

        prop_assert!(!proof.check().holds());
    }

    #[test]
    fn any_foreign_statement_is_noticed(to in 0..=4_usize, seed in any::<[u8; 32]>()) {
        let stranger = SigningKey::from_seed(Secret::new(seed));
        let foreign = signed_by(&stranger, &[ConsentStatus::ConsentGiven]).remove(0);
        let mut proof = Proof::of_four();
        proof.statements.insert(to, foreign.compact);

        prop_assert!(!proof.check().holds());
    }

    #[test]
    fn a_no_is_never_lost_among_what_else_is_there(order in Just(vec![0_usize, 1, 2, 3]).prop_shuffle()) {
        let sound = Proof::of_four();
        let statements = order.iter().map(|at| sound.statements[*at].clone()).collect();
        let proof = Proof { statements, ..sound };

        prop_assert_eq!(proof.check().status, Some(Status::Withdrawn));
    }
}
