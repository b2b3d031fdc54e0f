//! Devices: a key is bound to the person who signed in, once it has shown that it is theirs.

use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
};
use jiff::{SignedDuration, Timestamp};
use operator_protocol::{
    api::{DeviceChallenge, DeviceEnrolment, EnrolledDevice, Page},
    binding::{self, BindingPayload, Confirmation},
    delegation::{self, Authority, Delegate, DelegationPayload},
    device_proof::{self, DeviceProofPayload},
    jws, limits,
};
use pii::Personal;

use super::draw_id;
use crate::{
    announce::device_of,
    draw,
    operator::{Caller, Operator, work},
    refusal::Refusal,
    store::{
        devices::{self, Device},
        grants,
    },
};

/// How long a nonce is good.
const NONCE_LIFE: SignedDuration = SignedDuration::from_mins(5);
/// How long a binding lets a device sign.
const BINDING_LIFE: SignedDuration = SignedDuration::from_hours(24 * 365);
/// How long a delegation is good.
const DELEGATION_LIFE: SignedDuration = SignedDuration::from_hours(24);
/// The longest name of a device.
const MAX_NAME_LETTERS: usize = 100;

/// Gives out a nonce to sign.
pub(crate) async fn challenge(
    State(operator): State<Arc<Operator>>,
    caller: Caller,
) -> Result<Json<DeviceChallenge>, Refusal> {
    work(&operator, move |operator, now| {
        let nonce = draw::token()?;
        let expires_at = now.saturating_add(NONCE_LIFE).unwrap_or(now);
        operator.store.write(|tx| {
            let hash = draw::hash(nonce.reveal());
            devices::insert_challenge(tx, &hash, caller.person(), nonce.reveal(), expires_at)
        })?;
        Ok(Json(DeviceChallenge {
            nonce: nonce.reveal().clone(),
            expires_in: u32::try_from(NONCE_LIFE.as_secs()).unwrap_or(u32::MAX),
        }))
    })
    .await
}

/// Binds a key to the person.
pub(crate) async fn enrol(
    State(operator): State<Arc<Operator>>,
    caller: Caller,
    body: Bytes,
) -> Result<(StatusCode, Json<EnrolledDevice>), Refusal> {
    let wanted: DeviceEnrolment = limits::parse(&body, limits::MAX_DOCUMENT_BYTES)
        .map_err(|_| Refusal::Malformed("enrolment"))?;
    let enrolled = work(&operator, move |operator, now| {
        operator.enrol(&caller, wanted, now)
    })
    .await?;
    operator.plans_changed.notify_one();
    Ok((StatusCode::CREATED, Json(enrolled)))
}

/// Ends a device's right to sign, and its access. What it signed before stays valid.
pub(crate) async fn revoke(
    State(operator): State<Arc<Operator>>,
    caller: Caller,
    Path(kid): Path<String>,
) -> Result<StatusCode, Refusal> {
    work(&operator, move |operator, now| {
        operator.store.write(|tx| {
            devices::find(tx, &kid)?
                .filter(|device| device.person == *caller.person())
                .ok_or(Refusal::NotFound)?;
            devices::revoke(tx, &kid, now)?;
            grants::revoke_of_device(tx, &kid, now)?;
            Ok(StatusCode::NO_CONTENT)
        })
    })
    .await
}

/// Answers with whom the person may decide for, as the register of authorities has it today.
pub(crate) async fn delegations(
    State(operator): State<Arc<Operator>>,
    caller: Caller,
) -> Result<Json<Page<String>>, Refusal> {
    work(&operator, move |operator, now| {
        operator.delegations_of(&caller, now)
    })
    .await
    .map(|items| Json(Page { items, next: None }))
}

impl Operator {
    fn enrol(
        &self,
        caller: &Caller,
        wanted: DeviceEnrolment,
        now: Timestamp,
    ) -> Result<EnrolledDevice, Refusal> {
        let claimed = jws::decode_unverified::<DeviceProofPayload>(&wanted.proof)
            .map_err(Refusal::of_message)?
            .payload;
        if !self.is_called(&claimed.aud) {
            return Err(Refusal::WrongAudience);
        }
        let hash = draw::hash(&claimed.nonce);
        // Taken before the proof is looked at, in a turn of its own: a nonce serves one try.
        let nonce = self
            .store
            .write(|tx| devices::take_challenge(tx, &hash, caller.person(), now))?
            .ok_or(Refusal::NonceUnknown)?;
        let key = device_proof::verify(&wanted.proof, &wanted.jwk, &claimed.aud, &nonce)
            .map_err(Refusal::of_message)?;
        let expires_at = now.saturating_add(BINDING_LIFE).unwrap_or(now);
        let name = wanted.device_name.reveal();
        let binding = BindingPayload {
            iss: self.issuer.clone(),
            sub: caller.person().clone(),
            iat: now,
            exp: expires_at,
            acr: self.acr_of(caller.person()),
            auth_time: caller.grant.signed_in_at,
            cnf: Confirmation {
                jwk: key.bare_jwk(),
            },
            device_name: Some(Personal::new(name.chars().take(MAX_NAME_LETTERS).collect())),
        };
        let binding =
            binding::sign(&self.key, &binding).map_err(|_| Refusal::Internal("sign a binding"))?;
        let device = Device {
            kid: key.thumbprint(),
            person: caller.person().clone(),
            jwk: serde_json::to_string(&key.jwk()).map_err(|_| Refusal::Internal("write a key"))?,
            binding: binding.clone(),
            enrolled_at: now,
            expires_at,
            is_revoked: false,
        };
        self.store.write(|tx| {
            match devices::find(tx, &device.kid)? {
                Some(known) if known.person != device.person || known.is_revoked => {
                    return Err(Refusal::DeviceTaken);
                }
                Some(_) | None => {}
            }
            let is_first = !devices::has_any(tx, &device.person)?;
            devices::upsert(tx, &device)?;
            grants::set_device(tx, &caller.grant.id, &device.kid)?;
            if is_first {
                self.plan_welcome(tx, &device.person, now)?;
            }
            Ok(EnrolledDevice { binding })
        })
    }

    fn delegations_of(&self, caller: &Caller, now: Timestamp) -> Result<Vec<String>, Refusal> {
        let kid = caller
            .grant
            .device_kid
            .as_ref()
            .ok_or(Refusal::DeviceUnknown)?;
        self.city
            .delegations
            .iter()
            .filter(|delegation| delegation.guardian == *caller.person())
            .map(|found| {
                let payload = DelegationPayload {
                    iss: self.issuer.clone(),
                    aud: device_of(kid),
                    sub: found.subject.clone(),
                    act: Delegate {
                        sub: found.guardian.clone(),
                    },
                    iat: now,
                    exp: now.saturating_add(DELEGATION_LIFE).unwrap_or(now),
                    jti: draw_id(&found.id, now)?,
                    authority: Authority {
                        source: "suomi.fi-valtuudet".to_owned(),
                        roles: vec!["GUARDIAN".to_owned()],
                        request_id: None,
                    },
                    scope: found.scope.clone(),
                    joint: found.joint,
                };
                delegation::sign(&self.key, &payload)
                    .map_err(|_| Refusal::Internal("sign a delegation"))
            })
            .collect()
    }

    /// Returns whether `person` may decide about the data of `subject`.
    pub(crate) fn may_decide(
        &self,
        person: &consent::PersonId,
        subject: &consent::PersonId,
    ) -> bool {
        person == subject
            || self
                .city
                .delegations
                .iter()
                .any(|found| found.guardian == *person && found.subject == *subject)
    }

    /// Returns how surely a person is identified when signing in.
    pub(crate) fn acr_of(&self, person: &consent::PersonId) -> String {
        self.city
            .find_resident(person)
            .map_or("low", |resident| &resident.acr)
            .to_owned()
    }
}
