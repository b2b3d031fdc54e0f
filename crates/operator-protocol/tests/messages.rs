//! Signed messages: what is refused, and that nothing but the signed bytes is believed.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use operator_protocol::{
    ProtocolError, jws,
    key::{Jwk, JwkSet, PublicKey, SigningKey},
    limits, statement,
};
use pii::Secret;
use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};

use crate::vectors::{STATEMENT_1, device, device_keys, operator_keys};

const TYP: &str = "mdc-test+jwt";

/// Signs whatever header a sender could think of.
fn signed_with(header: &str, payload: &str) -> String {
    let signed = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(payload)
    );
    let signature = URL_SAFE_NO_PAD.encode(device().sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

fn header(changes: &Value) -> String {
    let mut header = json!({
        "alg": "Ed25519",
        "kid": device().public().thumbprint(),
        "typ": TYP,
    });
    for (name, value) in changes.as_object().unwrap() {
        header[name] = value.clone();
    }
    header.to_string()
}

#[rstest]
#[case::the_older_name_of_the_algorithm(json!({"alg": "EdDSA"}), Ok(()))]
#[case::members_that_nobody_knows(json!({"x-new": 1}), Ok(()))]
#[case::no_algorithm(json!({"alg": "none"}), Err(ProtocolError::Unsupported("signature algorithm")))]
#[case::a_shared_secret(json!({"alg": "HS256"}), Err(ProtocolError::Unsupported("signature algorithm")))]
#[case::an_algorithm_in_other_letters(json!({"alg": "ed25519"}), Err(ProtocolError::Unsupported("signature algorithm")))]
#[case::a_critical_header(json!({"crit": ["b64"], "b64": false}), Err(ProtocolError::Unsupported("critical header")))]
#[case::an_empty_critical_header(json!({"crit": []}), Err(ProtocolError::Unsupported("critical header")))]
#[case::another_kind(json!({"typ": "mdc-csr+jwt"}), Err(ProtocolError::WrongKind { expected: TYP }))]
#[case::no_kind(json!({"typ": null}), Err(ProtocolError::WrongKind { expected: TYP }))]
#[case::another_key(json!({"kid": "atZR63tNG3W2GhPpVleKnfrw1N7N6LAqOe5grE2SBR4"}), Err(ProtocolError::UnknownKey))]
#[case::no_key(json!({"kid": null}), Err(ProtocolError::UnknownKey))]
#[case::a_key_of_its_own(json!({"kid": "mine", "jwk": {"kty": "OKP"}}), Err(ProtocolError::UnknownKey))]
fn the_header_decides_how_a_message_is_taken(
    #[case] changes: Value,
    #[case] expected: Result<(), ProtocolError>,
) {
    let compact = signed_with(&header(&changes), "{}");

    let outcome = jws::verify::<Value>(&compact, TYP, &device_keys());

    assert_eq!(outcome.map(|_| ()), expected);
}

#[test]
fn a_header_that_names_something_twice_is_refused() {
    let twice = header(&json!({})).replace('{', r#"{"alg":"none","#);
    let compact = signed_with(&twice, "{}");

    let outcome = jws::verify::<Value>(&compact, TYP, &device_keys());

    assert_eq!(
        outcome,
        Err(ProtocolError::Malformed("object: a member twice"))
    );
}

#[test]
fn a_payload_that_names_something_twice_is_refused() {
    let compact = signed_with(&header(&json!({})), r#"{"seq":1,"seq":2}"#);

    assert!(jws::verify::<Value>(&compact, TYP, &device_keys()).is_err());
}

#[rstest]
#[case::nothing("")]
#[case::two_parts("e30.e30")]
#[case::four_parts("e30.e30.e30.e30")]
#[case::padding("e30=.e30=.AA==")]
#[case::not_base64url("e30.e30.+/==")]
#[case::white_space("e30 .e30.AA")]
fn what_is_not_a_compact_message_is_refused(#[case] compact: &str) {
    assert!(jws::verify::<Value>(compact, TYP, &device_keys()).is_err());
    assert!(jws::decode_unverified::<Value>(compact).is_err());
}

#[test]
fn a_message_that_is_too_large_is_not_looked_at() {
    let compact = "e30.".to_owned() + &"A".repeat(limits::MAX_JWS_BYTES) + ".AA";

    let outcome = jws::verify::<Value>(&compact, TYP, &device_keys());

    assert_eq!(outcome, Err(ProtocolError::TooLarge("message")));
}

#[test]
fn a_message_that_would_be_too_large_is_not_signed() {
    let payload = json!(vec!["a".repeat(60_000); 5]);

    let outcome = jws::sign(&device(), TYP, &payload);

    assert_eq!(outcome, Err(ProtocolError::TooLarge("message")));
}

#[test]
fn a_statement_signed_by_one_device_in_the_name_of_another_is_refused() {
    let other = SigningKey::from_seed(Secret::new([7; 32]));
    let payload: Value = serde_json::from_str(include_str!("vectors/statement-1.json")).unwrap();
    let compact = jws::sign(&other, statement::TYP, &payload).unwrap();

    let outcome = statement::verify(&compact, &JwkSet::of([&other.public()]));

    assert_eq!(outcome, Err(ProtocolError::Contradiction("issuer")));
}

#[test]
fn a_set_passes_over_keys_that_it_cannot_use() {
    let mut set = serde_json::to_value(operator_keys()).unwrap();
    let keys = set["keys"].as_array_mut().unwrap();
    keys.push(json!({"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}));
    keys.push(json!({"kty": "RSA", "n": "AA", "e": "AQAB"}));
    keys.push(json!("not a key"));

    let read: JwkSet = serde_json::from_value(set).unwrap();

    assert_eq!(read, operator_keys());
}

#[rstest]
#[case::the_neutral_point("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", None)]
#[case::a_point_of_order_four("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", None)]
#[case::too_short("AAAA", None)]
#[case::with_padding("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo=", None)]
#[case::under_another_name(
    "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    Some("atZR63tNG3W2GhPpVleKnfrw1N7N6LAqOe5grE2SBR4")
)]
fn what_is_not_a_sound_key_is_refused(#[case] x: &str, #[case] kid: Option<&str>) {
    let jwk = Jwk {
        kty: "OKP".to_owned(),
        crv: "Ed25519".to_owned(),
        x: x.to_owned(),
        kid: kid.map(str::to_owned),
    };

    assert_eq!(
        PublicKey::try_from(&jwk),
        Err(ProtocolError::Malformed("key"))
    );
}

proptest! {
    #[test]
    fn a_message_with_any_byte_changed_is_refused(at in 0..STATEMENT_1.trim().len(), bit in 0..7_u8) {
        let mut bytes = STATEMENT_1.trim().as_bytes().to_vec();
        bytes[at] ^= 1 << bit;
        let changed = String::from_utf8(bytes).unwrap();

        prop_assert!(statement::verify(&changed, &device_keys()).is_err());
    }

    #[test]
    fn whatever_arrives_is_answered(compact in "[A-Za-z0-9_.=-]{0,200}") {
        prop_assert!(statement::verify(&compact, &device_keys()).is_err());
    }

    #[test]
    fn what_one_signs_another_reads(text in ".{0,50}", number in 0..1_000_000_u32) {
        let payload = json!({"text": text, "number": number});
        let compact = jws::sign(&device(), TYP, &payload).unwrap();

        let read = jws::verify::<Value>(&compact, TYP, &device_keys()).unwrap();

        prop_assert_eq!(read.payload, payload);
        prop_assert_eq!(read.hash, jws::hash_of(&compact));
    }
}
