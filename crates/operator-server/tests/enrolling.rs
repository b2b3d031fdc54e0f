//! A device is bound to a person only by the key that it holds.

use operator_protocol::{
    binding, delegation,
    key::{SigningKey, device_id},
};
use pii::Secret;
use reqwest::Method;
use rstest::rstest;
use serde_json::Value;

use crate::{
    device::Device,
    town::{AINO, EERO, JOHAN, Town, refusal},
};

#[tokio::test]
async fn a_binding_ties_the_key_to_the_person() {
    let town = Town::open().await;

    let device = Device::enrolled(&town, AINO, 1).await;

    let binding = binding::verify(&device.binding, &device.keys)
        .unwrap()
        .payload;
    assert_eq!(binding.sub.as_str(), AINO);
    assert_eq!(binding.iss.as_str(), town.operator.base_url());
    assert_eq!(binding.device_key().unwrap(), device.key.public());
    assert_eq!(binding.acr, "substantial");
    assert!(binding.covers(town.now()));
}

#[rstest]
#[case::by_another_key(Proof::ByAnotherKey, (422, "bad-signature"))]
#[case::over_another_nonce(Proof::OverAnotherNonce, (422, "nonce-unknown"))]
#[case::by_somebody_elses_nonce(Proof::OverSomebodyElsesNonce, (422, "nonce-unknown"))]
#[case::too_late(Proof::TooLate, (422, "nonce-unknown"))]
#[case::a_second_time(Proof::ASecondTime, (422, "nonce-unknown"))]
#[case::not_a_proof(Proof::Malformed, (400, "malformed"))]
#[tokio::test]
async fn a_wrong_proof_binds_nothing(#[case] proof: Proof, #[case] expected: (u16, &str)) {
    let town = Town::open().await;
    let device = Device::signed_in(&town, AINO, 1).await;
    let (nonce, right) = device.prove().await;
    let proof = match proof {
        Proof::ByAnotherKey => Device::signed_in(&town, AINO, 2).await.proof_of(&nonce),
        Proof::OverAnotherNonce => device.proof_of("guessed"),
        Proof::OverSomebodyElsesNonce => {
            let (theirs, _) = Device::signed_in(&town, JOHAN, 3).await.prove().await;
            device.proof_of(&theirs)
        }
        Proof::TooLate => {
            town.clock.advance(jiff::SignedDuration::from_mins(5));
            right
        }
        Proof::ASecondTime => {
            assert_eq!(device.enrol(right.clone()).await.status(), 201);
            right
        }
        Proof::Malformed => "not.a.proof".to_owned(),
    };

    let response = device.enrol(proof).await;

    let (status, kind) = refusal(response).await;
    assert_eq!((status, kind.as_str()), expected);
}

#[derive(Clone, Copy)]
enum Proof {
    ByAnotherKey,
    OverAnotherNonce,
    OverSomebodyElsesNonce,
    TooLate,
    ASecondTime,
    Malformed,
}

#[tokio::test]
async fn a_key_signs_for_one_person() {
    let town = Town::open().await;
    Device::enrolled(&town, AINO, 1).await;
    let johan = Device::signed_in(&town, JOHAN, 1).await;
    let (_, proof) = johan.prove().await;

    let response = johan.enrol(proof).await;

    assert_eq!(refusal(response).await, (403, "device-taken".to_owned()));
}

#[tokio::test]
async fn a_guardian_gets_a_delegation_for_each_child() {
    let town = Town::open().await;
    let aino = Device::enrolled(&town, AINO, 1).await;
    let johan = Device::enrolled(&town, JOHAN, 2).await;

    let hers = aino.json("/v1/delegations").await;
    let his = johan.json("/v1/delegations").await;

    let eero = EERO.parse().unwrap();
    let delegations: Vec<_> = hers["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|jws| delegation::verify(jws.as_str().unwrap(), &aino.keys).unwrap())
        .map(|verified| verified.payload)
        .collect();
    assert!(
        delegations
            .iter()
            .any(|it| it.lets(&aino.person, &eero, town.now()))
    );
    assert!(
        delegations
            .iter()
            .all(|it| it.aud == device_id(&aino.key.public()))
    );
    assert_eq!(his["items"], serde_json::json!([]));
}

#[tokio::test]
async fn a_delegation_is_for_an_enrolled_device() {
    let town = Town::open().await;
    let device = Device::signed_in(&town, AINO, 1).await;

    let response = device.get("/v1/delegations").await;

    assert_eq!(refusal(response).await, (403, "device-unknown".to_owned()));
}

#[tokio::test]
async fn a_lost_device_is_revoked_by_its_person_and_nobody_else() {
    let town = Town::open().await;
    let lost = Device::enrolled(&town, AINO, 1).await;
    let other = Device::enrolled(&town, AINO, 2).await;
    let johan = Device::enrolled(&town, JOHAN, 3).await;
    let request = lost.asked("kirjaston-suosittelut", AINO).await;
    let consent = lost.record(&request).await;
    let kid = SigningKey::from_seed(Secret::new([1; 32]))
        .public()
        .thumbprint();
    let path = format!("/v1/devices/{kid}");

    let by_johan = johan.call(Method::DELETE, &path).send().await.unwrap();
    let by_aino = other.call(Method::DELETE, &path).send().await.unwrap();
    let signed = lost.sign(
        &consent,
        operator_protocol::status::ConsentStatus::ConsentGiven,
    );
    let statement = lost.send(&signed.compact).await;
    let lost = Device {
        access: other.access.clone(),
        ..lost
    };
    let under_another_sign_in = lost.send(&signed.compact).await;

    assert_eq!(by_johan.status(), 404);
    assert_eq!(by_aino.status(), 204);
    assert_eq!(statement.status(), 401);
    let refused = refusal(under_another_sign_in).await;
    assert_eq!(refused, (403, "not-authorised".to_owned()));
    let listed: Value = other.json("/v1/consents").await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
}
