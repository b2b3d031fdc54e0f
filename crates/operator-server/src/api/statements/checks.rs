//! What must hold before a statement counts.

use consent::{PersonId, terms};
use jiff::{SignedDuration, Timestamp};
use operator_protocol::{
    jws::{self, Verified},
    key::{Jwk, JwkSet},
    record::{self, RecordTerms},
    request::RequestPayload,
    statement::{self, StatementPayload},
    status::ConsentStatus,
};
use rusqlite::Transaction;

use super::read_status;
use crate::{
    api::matching,
    operator::{Caller, Operator},
    refusal::Refusal,
    store::{
        StoreError,
        consents::{self, Record},
        devices, requests,
        requests::Request,
        statements,
    },
};

/// How far ahead of ours a device's clock may be.
const MOST_AHEAD: SignedDuration = SignedDuration::from_mins(10);
/// How long a statement may have waited for a network.
const MOST_BEHIND: SignedDuration = SignedDuration::from_hours(24 * 366 * 10);

/// A statement for which everything holds.
pub(super) struct Checked {
    pub(super) payload: StatementPayload,
    pub(super) kid: String,
    pub(super) hash: String,
    pub(super) record: Record,
    pub(super) terms: RecordTerms,
    /// What the record answers. A withdrawal counts even if it answers nothing.
    pub(super) request: Option<(Request, RequestPayload)>,
}

impl Operator {
    /// Checks who signed: a device that is bound to the caller, in its own name, to us, now.
    pub(super) fn verify_statement(
        &self,
        tx: &Transaction<'_>,
        caller: &Caller,
        compact: &str,
        now: Timestamp,
    ) -> Result<Verified<StatementPayload>, Refusal> {
        let kid = jws::decode_unverified::<serde_json::Value>(compact)
            .map_err(Refusal::of_message)?
            .kid
            .ok_or(Refusal::BadSignature)?;
        let device = devices::find(tx, &kid)?
            .filter(|device| device.person == *caller.person())
            .ok_or(Refusal::NotAuthorised(
                "The key is not one of this person's devices.",
            ))?;
        if device.is_revoked || now >= device.expires_at {
            return Err(Refusal::NotAuthorised("The device may no longer sign."));
        }
        let corrupt = StoreError::Corrupt {
            table: "device",
            column: "jwk",
        };
        let jwk: Jwk = serde_json::from_str(&device.jwk).map_err(|_| corrupt)?;
        let verified =
            statement::verify(compact, &JwkSet { keys: vec![jwk] }).map_err(Refusal::of_message)?;
        let payload = &verified.payload;
        if !self.is_called(&payload.aud) {
            return Err(Refusal::WrongAudience);
        }
        let latest = now.saturating_add(MOST_AHEAD).unwrap_or(now);
        let earliest = now.saturating_sub(MOST_BEHIND).unwrap_or(now);
        if payload.iat > latest || payload.iat < earliest {
            return Err(Refusal::TimeOutOfRange);
        }
        Ok(verified)
    }

    /// Checks what is said: by somebody who may, about a record that was sent, as the next link,
    /// from a status that allows it, in answer to a request that asked for just that.
    pub(super) fn check_statement(
        &self,
        tx: &Transaction<'_>,
        caller: &Caller,
        verified: Verified<StatementPayload>,
        now: Timestamp,
    ) -> Result<Checked, Refusal> {
        let Verified { payload, kid, hash } = verified;
        self.check_authority(caller.person(), &payload)?;
        let record = consents::find(tx, payload.cr_id)?.ok_or(Refusal::RecordUnknown)?;
        if record.hash != payload.cr_hash || record.subject != payload.sub {
            return Err(Refusal::RecordMismatch);
        }
        let terms = read_terms(&record)?;
        if payload.processes != terms.processes {
            return Err(Refusal::RecordMismatch);
        }
        check_link(tx, &payload, &kid)?;
        check_status(tx, &payload, &kid)?;
        let request = self.check_request(tx, caller.person(), &payload, &record, &terms, now)?;
        Ok(Checked {
            payload,
            kid,
            hash,
            record,
            terms,
            request,
        })
    }

    fn check_authority(
        &self,
        person: &PersonId,
        payload: &StatementPayload,
    ) -> Result<(), Refusal> {
        if payload.decided_by() != person {
            return Err(Refusal::NotAuthorised(
                "The statement is in somebody else's name.",
            ));
        }
        if !self.may_decide(person, &payload.sub) {
            return Err(Refusal::NotAuthorised(
                "The person may not decide for this subject.",
            ));
        }
        Ok(())
    }

    fn check_request(
        &self,
        tx: &Transaction<'_>,
        person: &PersonId,
        payload: &StatementPayload,
        record: &Record,
        terms: &RecordTerms,
        now: Timestamp,
    ) -> Result<Option<(Request, RequestPayload)>, Refusal> {
        let found = find_request(tx, person, record, terms)?;
        // Taking back is never refused for what is wrong with what was given.
        if payload.status == ConsentStatus::ConsentWithdrawn {
            return Ok(found);
        }
        if !terms::is_known_purpose(&terms.purpose) {
            return Err(Refusal::UnknownPurpose);
        }
        let (request, asked) = found.ok_or(Refusal::RequestUnknown)?;
        matching::check(terms, &asked)?;
        if payload.status == ConsentStatus::ConsentGiven {
            let body = record::parse(&record.body);
            body.map_err(|_| Refusal::RecordInvalid)?;
            let is_registered = self.city.services.iter().any(|service| {
                service.description.mydata_service.id == asked.service
                    && service.description.mydata_service.controller == asked.iss
            });
            if !is_registered {
                return Err(Refusal::ServiceUnregistered);
            }
            if now >= request.expires_at {
                return Err(Refusal::RequestExpired);
            }
        }
        Ok(Some((request, asked)))
    }
}

/// Finds the request that a record answers: the one it is known to answer, or else the newest
/// that it can be an answer to, one that has no answer by this person first.
fn find_request(
    tx: &Transaction<'_>,
    person: &PersonId,
    record: &Record,
    terms: &RecordTerms,
) -> Result<Option<(Request, RequestPayload)>, Refusal> {
    if let Some(id) = &record.request {
        let request = requests::find(tx, id)?;
        return request.map(read_request).transpose();
    }
    let mut answered = None;
    for request in requests::list_about(tx, &record.subject, person)? {
        let (request, asked) = read_request(request)?;
        if !matching::is_answer(terms, &asked) {
            continue;
        }
        let is_answered = consents::list_answering(tx, &request.id)?
            .iter()
            .any(|other| other.sent_by == *person);
        if !is_answered {
            return Ok(Some((request, asked)));
        }
        answered.get_or_insert((request, asked));
    }
    Ok(answered)
}

/// Reads a request that this operator relayed: its signature was made here.
pub(crate) fn read_request(request: Request) -> Result<(Request, RequestPayload), Refusal> {
    let payload = jws::decode_unverified(&request.jws)
        .map_err(|_| StoreError::Corrupt {
            table: "request",
            column: "jws",
        })?
        .payload;
    Ok((request, payload))
}

/// Reads the terms of a stored record.
pub(crate) fn read_terms(record: &Record) -> Result<RecordTerms, Refusal> {
    let corrupt = || StoreError::Corrupt {
        table: "consent_record",
        column: "body",
    };
    let value = serde_json::from_slice(&record.body).map_err(|_| corrupt())?;
    RecordTerms::read(&value).map_err(|_| corrupt().into())
}

fn check_link(tx: &Transaction<'_>, payload: &StatementPayload, kid: &str) -> Result<(), Refusal> {
    let head = statements::find_head(tx, payload.cr_id, kid)?.map(|head| head.as_head());
    if payload.seq > statement::MAX_SEQ {
        return Err(Refusal::TooLarge);
    }
    match head {
        head if statement::follows(payload, head.as_ref()) => Ok(()),
        Some(head) => Err(Refusal::ChainConflict(head)),
        // There is no head to sign on: the link before this one never counted here.
        None => Err(Refusal::ChainBroken),
    }
}

fn check_status(
    tx: &Transaction<'_>,
    payload: &StatementPayload,
    kid: &str,
) -> Result<(), Refusal> {
    let before = statements::find_head(tx, payload.cr_id, kid)?
        .map(|head| read_status(&head.status))
        .transpose()?;
    let standing = crate::standing::of_record(tx, payload.cr_id)?;
    // Fail-safe: what another device has ended is not given again.
    let is_over = standing.is_some_and(|standing| standing.status().is_final());
    let wants_more = matches!(
        payload.status,
        ConsentStatus::ConsentGiven | ConsentStatus::RenewedConsentGiven
    );
    if !payload.status.may_follow(before) || is_over && wants_more {
        return Err(Refusal::StatusConflict);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use operator_protocol::key::{SigningKey, device_id};
    use pii::Secret;
    use sample_city::City;

    use super::*;
    use crate::{
        Pace, Settings, StandingClock,
        operator::Beginnings,
        store::{Store, devices::Device, grants::Grant},
    };

    const GIVEN: &str = include_str!("../../../../operator-protocol/tests/vectors/statement-1.jws");
    const WITHDRAWN: &str =
        include_str!("../../../../operator-protocol/tests/vectors/statement-2.jws");
    const JWK: &str =
        r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    const KID: &str = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";

    fn operator() -> Operator {
        let settings = Settings {
            pace: Pace::ByHand,
            ..Settings::embedded(None)
        };
        let issuer = "https://operator.example.fi";
        let beginnings = Beginnings {
            store: Store::open(None).unwrap(),
            key: SigningKey::from_seed(Secret::new([9; 32])),
            issuer: issuer.parse().unwrap(),
            issuers: vec![issuer.to_owned()],
            hosts: Vec::new(),
            city: City::at(issuer).unwrap(),
        };
        let clock = StandingClock::at(Timestamp::UNIX_EPOCH);
        Operator::new(beginnings, &settings, std::sync::Arc::new(clock))
    }

    fn caller() -> Caller {
        Caller {
            grant: Grant {
                id: "1".to_owned(),
                person: "urn:mdc:surrogate:Guardian1".parse().unwrap(),
                scope: String::new(),
                signed_in_at: Timestamp::UNIX_EPOCH,
                device_kid: Some(KID.to_owned()),
                is_revoked: false,
            },
        }
    }

    fn verify(compact: &str, at: i64) -> Result<Verified<StatementPayload>, Refusal> {
        let operator = operator();
        operator.store.write(|tx| {
            let device = Device {
                kid: KID.to_owned(),
                person: caller().person().clone(),
                jwk: JWK.to_owned(),
                binding: String::new(),
                enrolled_at: Timestamp::UNIX_EPOCH,
                expires_at: Timestamp::from_second(1_819_776_000).unwrap(),
                is_revoked: false,
            };
            devices::upsert(tx, &device)?;
            let now = Timestamp::from_second(at).unwrap();
            operator.verify_statement(tx, &caller(), compact.trim(), now)
        })
    }

    #[test]
    fn the_statements_of_the_protocols_vectors_verify() {
        let given = verify(GIVEN, 1_788_251_403).unwrap();
        let withdrawn = verify(WITHDRAWN, 1_790_929_803).unwrap();

        assert_eq!(
            given.hash,
            "sha-256:EbmGL0yrYNHkZcmAbuGuE4OAkIaLipIYPUluwbN6Gww"
        );
        assert_eq!(withdrawn.payload.prev, Some(given.hash));
        assert_eq!(withdrawn.payload.iss, device_id(&key_of_vectors()));
    }

    #[test]
    fn a_statement_from_long_ago_verifies_and_one_from_tomorrow_does_not() {
        let years_later = verify(GIVEN, 1_788_251_400 + 9 * 365 * 86_400);
        let a_day_before = verify(GIVEN, 1_788_251_400 - 86_400);

        // Its device's binding has ended by then, which is another matter.
        assert!(matches!(years_later, Err(Refusal::NotAuthorised(_))));
        assert!(matches!(a_day_before, Err(Refusal::TimeOutOfRange)));
        assert!(verify(GIVEN, 1_788_251_400 - 540).is_ok());
        assert!(verify(GIVEN, 1_788_251_400 + 300 * 86_400).is_ok());
    }

    fn key_of_vectors() -> operator_protocol::key::PublicKey {
        let jwk: Jwk = serde_json::from_str(JWK).unwrap();
        (&jwk).try_into().unwrap()
    }
}
