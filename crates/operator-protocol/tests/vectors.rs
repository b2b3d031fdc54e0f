//! The profile's published vectors, and the two keys that they are signed with.

use operator_protocol::{
    binding::{self, BindingPayload, Confirmation},
    canonical, jws,
    key::{JwkSet, SigningKey, device_id},
    receipt::{self, ReceiptPayload},
    record,
    statement::{self, StatementHead, StatementPayload},
};
use pii::Secret;
use serde_json::Value;

pub(crate) const STATEMENT_1: &str = include_str!("vectors/statement-1.jws");
pub(crate) const STATEMENT_2: &str = include_str!("vectors/statement-2.jws");
pub(crate) const RECEIPT: &str = include_str!("vectors/receipt.jws");
pub(crate) const HASH_1: &str = "sha-256:EbmGL0yrYNHkZcmAbuGuE4OAkIaLipIYPUluwbN6Gww";
pub(crate) const HASH_2: &str = "sha-256:HR27JIpD6EE6jsDSClvMgTikPmXuKn3_kGsfMLkJdP4";
pub(crate) const RECORD_HASH: &str = "sha-256:x6hCcU8B4DwLTO6Se_DKMoNUjlMvrpv7E5nVqXPCsI4";

/// The device of the vectors: RFC 8037, appendix A.1.
pub(crate) fn device() -> SigningKey {
    SigningKey::from_seed(Secret::new([
        0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c,
        0xc4, 0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae,
        0x7f, 0x60,
    ]))
}

/// The operator of the vectors.
pub(crate) fn operator() -> SigningKey {
    SigningKey::from_seed(Secret::new([9; 32]))
}

pub(crate) fn operator_keys() -> JwkSet {
    JwkSet::of([&operator().public()])
}

pub(crate) fn device_keys() -> JwkSet {
    JwkSet::of([&device().public()])
}

pub(crate) fn record() -> Value {
    serde_json::from_str(include_str!("vectors/record.json")).unwrap()
}

/// The binding of §9 of the profile, signed by the operator of the vectors.
pub(crate) fn binding() -> String {
    let payload: BindingPayload =
        serde_json::from_str(include_str!("vectors/binding.json")).unwrap();
    binding::sign(&operator(), &payload).unwrap()
}

#[test]
fn keys_have_their_published_names() {
    let device = device().public();
    let operator = operator().public();

    assert_eq!(
        device.thumbprint(),
        "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    );
    assert_eq!(
        device.jwk().x,
        "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    );
    assert_eq!(
        operator.thumbprint(),
        "atZR63tNG3W2GhPpVleKnfrw1N7N6LAqOe5grE2SBR4"
    );
    assert_eq!(
        operator.jwk().x,
        "_RckOFqgx1tk-3jNYC-h2ZH96_drE8WO1wLqyDXp9hg"
    );
    assert_eq!(
        device_id(&device),
        "urn:mdc:device:kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    );
}

#[test]
fn the_record_has_its_published_length_and_hash() {
    let bytes = record::to_bytes(&record()).unwrap();

    assert_eq!(bytes.len(), 2705);
    assert_eq!(canonical::sha256_tag(&bytes), RECORD_HASH);
    assert_eq!(record::hash(&record()).unwrap(), RECORD_HASH);
}

#[test]
fn signing_gives_the_published_messages_byte_for_byte() {
    let messages = [
        (
            device(),
            statement::TYP,
            include_str!("vectors/statement-1.json"),
            STATEMENT_1,
        ),
        (
            device(),
            statement::TYP,
            include_str!("vectors/statement-2.json"),
            STATEMENT_2,
        ),
        (
            operator(),
            receipt::TYP,
            include_str!("vectors/receipt.json"),
            RECEIPT,
        ),
    ];
    for (key, typ, payload, expected) in messages {
        let payload: Value = serde_json::from_str(payload).unwrap();

        assert_eq!(jws::sign(&key, typ, &payload).unwrap(), expected.trim());
    }
}

#[test]
fn the_typed_payloads_sign_to_the_same_bytes() {
    let first: StatementPayload =
        serde_json::from_str(include_str!("vectors/statement-1.json")).unwrap();
    let receipt: ReceiptPayload =
        serde_json::from_str(include_str!("vectors/receipt.json")).unwrap();

    assert_eq!(
        jws::sign(&device(), statement::TYP, &first).unwrap(),
        STATEMENT_1.trim()
    );
    assert_eq!(
        receipt::sign(&operator(), &receipt).unwrap(),
        RECEIPT.trim()
    );
}

#[test]
fn deciding_twice_gives_the_published_chain() {
    let decision = |text: &str| {
        let payload: StatementPayload = serde_json::from_str(text).unwrap();
        statement::Decision {
            operator: payload.aud,
            subject: payload.sub,
            consent: payload.cr_id,
            record_hash: payload.cr_hash,
            id: payload.jti,
            decided_at: payload.iat,
            status: payload.status,
            processes: payload.processes,
            actor: payload.act,
            ui: payload.ui,
        }
    };

    let first = statement::sign_statement(
        &device(),
        decision(include_str!("vectors/statement-1.json")),
        None,
    )
    .unwrap();
    let second = statement::sign_statement(
        &device(),
        decision(include_str!("vectors/statement-2.json")),
        Some(&first.head),
    )
    .unwrap();

    assert_eq!(first.compact, STATEMENT_1.trim());
    assert_eq!(
        first.head,
        StatementHead {
            seq: 1,
            hash: HASH_1.to_owned()
        }
    );
    assert_eq!(second.compact, STATEMENT_2.trim());
    assert_eq!(
        second.head,
        StatementHead {
            seq: 2,
            hash: HASH_2.to_owned()
        }
    );
}

#[test]
fn the_published_messages_verify_and_hash_as_published() {
    let first = statement::verify(STATEMENT_1.trim(), &device_keys()).unwrap();
    let second = statement::verify(STATEMENT_2.trim(), &device_keys()).unwrap();
    let receipt = receipt::verify(RECEIPT.trim(), &operator_keys()).unwrap();

    assert_eq!(first.hash, HASH_1);
    assert_eq!(second.hash, HASH_2);
    assert_eq!(second.payload.prev.as_deref(), Some(HASH_1));
    assert_eq!(receipt.payload.csr, HASH_2);
    assert_eq!(receipt.payload.seq, 2);
    assert_eq!(
        receipt.payload.effective_kind(),
        receipt::ReceiptKind::Forwarded
    );
}

#[test]
fn a_binding_names_the_key_that_it_binds() {
    let binding = binding::verify(&binding(), &operator_keys()).unwrap();

    assert_eq!(binding.payload.device_key().unwrap(), device().public());
    assert_eq!(
        binding.payload.cnf,
        Confirmation {
            jwk: device().public().bare_jwk()
        }
    );
}
