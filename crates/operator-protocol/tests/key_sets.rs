//! Changes of an operator's keys: followed only on the word of a key that was known before.

use consent::OperatorId;
use operator_protocol::{
    ProtocolError,
    key::{JwkSet, SigningKey},
    key_set::{self, KeySetPayload, PublishedKeys},
};
use pii::Secret;
use rstest::rstest;

use crate::vectors::{device, operator, operator_keys};

fn issuer() -> OperatorId {
    OperatorId::parse("https://operator.example.fi").unwrap()
}

fn next() -> JwkSet {
    let next = SigningKey::from_seed(Secret::new([10; 32])).public();
    JwkSet::of([&next])
}

fn published(signer: &SigningKey, issuer: OperatorId, signed: JwkSet) -> PublishedKeys {
    let payload = KeySetPayload {
        iss: issuer,
        iat: "2027-01-01T00:00:00Z".parse().unwrap(),
        set: signed,
    };
    PublishedKeys {
        set: next(),
        signed: Some(key_set::sign(signer, &payload).unwrap()),
    }
}

#[test]
fn the_same_keys_need_nobodys_word() {
    let same = PublishedKeys {
        set: operator_keys(),
        signed: None,
    };

    assert_eq!(
        key_set::follow(&operator_keys(), &same, &issuer()),
        Ok(operator_keys())
    );
}

#[test]
fn new_keys_are_followed_on_the_word_of_an_old_one() {
    let change = published(&operator(), issuer(), next());
    let over_the_wire = serde_json::to_string(&change).unwrap();
    let change = serde_json::from_str(&over_the_wire).unwrap();

    assert_eq!(
        key_set::follow(&operator_keys(), &change, &issuer()),
        Ok(next())
    );
}

#[rstest]
#[case::on_nobodys_word(PublishedKeys { set: next(), signed: None }, ProtocolError::UnknownKey)]
#[case::on_a_strangers_word(published(&device(), issuer(), next()), ProtocolError::UnknownKey)]
#[case::for_another_operator(
    published(&operator(), "https://other.example".parse().unwrap(), next()),
    ProtocolError::Contradiction("key set")
)]
#[case::that_were_not_the_ones_signed(
    published(&operator(), issuer(), operator_keys()),
    ProtocolError::Contradiction("key set")
)]
#[case::of_which_there_are_none(
    PublishedKeys { set: JwkSet::default(), signed: None },
    ProtocolError::Malformed("key set")
)]
fn new_keys_are_not_followed(#[case] change: PublishedKeys, #[case] expected: ProtocolError) {
    let outcome = key_set::follow(&operator_keys(), &change, &issuer());

    assert_eq!(outcome, Err(expected));
}
