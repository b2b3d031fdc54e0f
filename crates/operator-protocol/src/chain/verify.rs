//! The checks themselves.

use std::collections::{BTreeMap, BTreeSet};

use consent::{OperatorId, PersonId, record::strictest};
use serde_json::Value;

use super::report::{Authority, ChainReport, Check, Fault, Outcome, Step};
use crate::{
    binding::{self, BindingPayload},
    delegation::{self, DelegationPayload},
    jws::{self, Verified},
    key::JwkSet,
    receipt::{self, ReceiptPayload},
    record::{self, RecordTerms},
    statement::{self, StatementHead, StatementPayload},
    status::ConsentStatus,
};

/// What is checked, and against which keys.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The operator's keys, pinned by whoever checks.
    pub operator_keys: &'a JwkSet,
    /// The bindings of the devices that signed.
    pub bindings: &'a [String],
    /// What the operator found about who may decide for whom.
    pub delegations: &'a [String],
    /// The record.
    pub record: &'a Value,
    /// The statements, each device's in order.
    pub statements: &'a [String],
    /// The receipts, in any order.
    pub receipts: &'a [String],
}

/// Checks the evidence from end to end. Every check is made and reported, also after a failure.
pub fn verify(evidence: &Evidence<'_>) -> ChainReport {
    let mut checks = Checks::default();
    let bindings = checks.bindings(evidence);
    let operator = bindings.values().next().map(|binding| binding.iss.clone());
    let delegations = checks.delegations(evidence, operator.as_ref());
    let keys = JwkSet {
        keys: bindings.values().map(|it| it.cnf.jwk.clone()).collect(),
    };
    let statements: Vec<Read> = evidence
        .statements
        .iter()
        .map(|compact| Read {
            hash: jws::hash_of(compact),
            kid: jws::decode_unverified::<Value>(compact)
                .ok()
                .and_then(|claimed| claimed.kid),
            verified: statement::verify(compact, &keys).map_err(Fault::from),
        })
        .collect();

    if statements.is_empty() {
        checks.note(Step::Signature, 0, Err(Fault::Nothing));
    }
    checks.device_keys(&statements, &bindings, &delegations);
    checks.signatures(&statements);
    let answers = checks.links(&statements);
    checks.record(evidence.record, &statements);
    let acknowledged = checks.receipts(evidence, &statements, operator.as_ref());

    ChainReport {
        status: (!answers.is_empty())
            .then(|| strictest(answers.iter().map(|(_, status)| status.status()))),
        answers,
        operator,
        authority: authority(&statements, &delegations),
        without_receipt: (1..=statements.len())
            .filter(|number| !acknowledged.contains(number))
            .collect(),
        statements: statements
            .into_iter()
            .zip(1..)
            .filter_map(|(read, number)| Some((number, read.verified.ok()?.payload)))
            .collect(),
        checks: checks.made,
    }
}

/// A statement, as far as it could be read.
struct Read {
    hash: String,
    kid: Option<String>,
    verified: Result<Verified<StatementPayload>, Fault>,
}

type Bindings = BTreeMap<String, BindingPayload>;

#[derive(Default)]
struct Checks {
    made: Vec<Check>,
}

impl Checks {
    fn note(&mut self, step: Step, number: usize, result: Result<(), Fault>) {
        let outcome = match result {
            Ok(()) => Outcome::Holds,
            Err(fault) => Outcome::Fails(fault),
        };
        self.made.push(Check {
            step,
            number,
            outcome,
        });
    }

    /// Returns the bindings that hold, by the thumbprints of the keys that they bind.
    fn bindings(&mut self, evidence: &Evidence<'_>) -> Bindings {
        let mut bound = Bindings::new();
        if evidence.bindings.is_empty() {
            self.note(Step::Binding, 0, Err(Fault::Nothing));
        }
        for (compact, number) in evidence.bindings.iter().zip(1..) {
            let result = binding::verify(compact, evidence.operator_keys)
                .and_then(|verified| Ok((verified.payload.device_key()?, verified.payload)))
                .map_err(Fault::from)
                .and_then(|(key, binding)| {
                    let same = bound.values().all(|other| other.iss == binding.iss);
                    if !same {
                        return Err(Fault::OtherOperator);
                    }
                    match bound.insert(key.thumbprint(), binding) {
                        None => Ok(()),
                        Some(_) => Err(Fault::Repeated),
                    }
                });
            self.note(Step::Binding, number, result);
        }
        bound
    }

    fn delegations(
        &mut self,
        evidence: &Evidence<'_>,
        operator: Option<&OperatorId>,
    ) -> Vec<DelegationPayload> {
        let mut found = Vec::new();
        for (compact, number) in evidence.delegations.iter().zip(1..) {
            let result = delegation::verify(compact, evidence.operator_keys)
                .map_err(Fault::from)
                .and_then(|verified| {
                    if Some(&verified.payload.iss) != operator {
                        return Err(Fault::OtherOperator);
                    }
                    found.push(verified.payload);
                    Ok(())
                });
            self.note(Step::Delegation, number, result);
        }
        found
    }

    fn device_keys(
        &mut self,
        statements: &[Read],
        bindings: &Bindings,
        delegations: &[DelegationPayload],
    ) {
        for (read, number) in statements.iter().zip(1..) {
            let result = match read.kid.as_ref().and_then(|kid| bindings.get(kid)) {
                None => Err(Fault::UnknownKey),
                Some(binding) => match &read.verified {
                    Ok(verified) => may_sign(&verified.payload, binding, delegations),
                    // Whose words they are is not known before the signature holds.
                    Err(_) => Ok(()),
                },
            };
            self.note(Step::DeviceKey, number, result);
        }
    }

    fn signatures(&mut self, statements: &[Read]) {
        for (read, number) in statements.iter().zip(1..) {
            let result = read.verified.as_ref().map(|_| ()).map_err(|fault| *fault);
            self.note(Step::Signature, number, result);
        }
    }

    /// Checks each device's chain, and returns what the head of each says.
    fn links(&mut self, statements: &[Read]) -> Vec<(PersonId, ConsentStatus)> {
        let mut heads: BTreeMap<&str, (StatementHead, ConsentStatus)> = BTreeMap::new();
        let mut deciders = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for (read, number) in statements.iter().zip(1..) {
            let Ok(verified) = &read.verified else {
                self.note(Step::Link, number, Err(Fault::OutOfPlace));
                continue;
            };
            let payload = &verified.payload;
            let before = heads.get(verified.kid.as_str());
            let result = if !seen.insert(payload.jti) {
                Err(Fault::Repeated)
            } else if !statement::follows(payload, before.map(|(head, _)| head)) {
                Err(Fault::OutOfPlace)
            } else if !payload.status.may_follow(before.map(|(_, status)| *status)) {
                Err(Fault::OutOfTurn)
            } else {
                Ok(())
            };
            self.note(Step::Link, number, result);
            let head = StatementHead {
                seq: payload.seq,
                hash: read.hash.clone(),
            };
            // Fail-safe: an end stays an end, also where the chain is broken.
            let status = match before {
                Some((_, status)) if status.status().is_final() => *status,
                Some(_) | None => payload.status,
            };
            heads.insert(&verified.kid, (head, status));
            deciders.insert(verified.kid.as_str(), payload.decided_by().clone());
        }
        let answer = |(kid, (_, status))| Some((deciders.remove(kid)?, status));
        heads.into_iter().filter_map(answer).collect()
    }

    fn record(&mut self, record: &Value, statements: &[Read]) {
        let known = record::validate(record)
            .and_then(|()| Ok((RecordTerms::read(record)?, record::hash(record)?)));
        if statements.is_empty() {
            self.note(Step::RecordHash, 0, known.map(|_| ()).map_err(Fault::from));
            return;
        }
        for (read, number) in statements.iter().zip(1..) {
            let result = match (&known, &read.verified) {
                (Err(error), _) => Err(Fault::from(*error)),
                (Ok(_), Err(_)) => Err(Fault::OtherRecord),
                (Ok((terms, hash)), Ok(verified)) => {
                    let payload = &verified.payload;
                    let is_this = payload.cr_id == terms.id
                        && payload.cr_hash == *hash
                        && payload.sub == terms.subject
                        && !payload.processes.is_empty()
                        && payload
                            .processes
                            .iter()
                            .all(|it| terms.processes.contains(it));
                    is_this.then_some(()).ok_or(Fault::OtherRecord)
                }
            };
            self.note(Step::RecordHash, number, result);
        }
    }

    /// Checks the receipts, and returns the numbers of the statements that have one.
    fn receipts(
        &mut self,
        evidence: &Evidence<'_>,
        statements: &[Read],
        operator: Option<&OperatorId>,
    ) -> BTreeSet<usize> {
        let mut acknowledged = BTreeSet::new();
        let mut seen = BTreeSet::new();
        for (compact, number) in evidence.receipts.iter().zip(1..) {
            let result = receipt::verify(compact, evidence.operator_keys)
                .map_err(Fault::from)
                .and_then(|verified| {
                    let receipt = verified.payload;
                    if Some(&receipt.iss) != operator {
                        return Err(Fault::OtherOperator);
                    }
                    let (about, place) = statements
                        .iter()
                        .zip(1..)
                        .find(|(read, _)| read.hash == receipt.csr)
                        .ok_or(Fault::StatementMissing)?;
                    acknowledges(&receipt, about)?;
                    if !seen.insert(receipt.jti) {
                        return Err(Fault::Repeated);
                    }
                    acknowledged.insert(place);
                    Ok(())
                });
            self.note(Step::Receipt, number, result);
        }
        acknowledged
    }
}

fn may_sign(
    payload: &StatementPayload,
    binding: &BindingPayload,
    delegations: &[DelegationPayload],
) -> Result<(), Fault> {
    if payload.aud != binding.iss {
        return Err(Fault::OtherOperator);
    }
    if !binding.covers(payload.iat) {
        return Err(Fault::OutsideBinding);
    }
    let person = payload.decided_by();
    if *person != binding.sub {
        return Err(Fault::OtherPerson);
    }
    // Taking back needs no authority: the worst that it can do is protect.
    let is_end = payload.status.status().is_final();
    let is_covered = delegations
        .iter()
        .any(|delegation| delegation.lets(person, &payload.sub, payload.iat));
    if *person != payload.sub && !is_end && !delegations.is_empty() && !is_covered {
        return Err(Fault::NoAuthority);
    }
    Ok(())
}

fn acknowledges(receipt: &ReceiptPayload, statement: &Read) -> Result<(), Fault> {
    let Ok(verified) = &statement.verified else {
        return Err(Fault::OtherStatement);
    };
    let payload = &verified.payload;
    let is_about = receipt.cr_id == payload.cr_id
        && receipt.seq == payload.seq
        && receipt.status == payload.status
        && receipt.aud == payload.iss;
    is_about.then_some(()).ok_or(Fault::OtherStatement)
}

fn authority(statements: &[Read], delegations: &[DelegationPayload]) -> Authority {
    let for_others = statements
        .iter()
        .filter_map(|read| read.verified.as_ref().ok())
        .any(|verified| *verified.payload.decided_by() != verified.payload.sub);
    match (for_others, delegations.is_empty()) {
        (false, _) => Authority::OwnMatter,
        (true, false) => Authority::Delegated,
        (true, true) => Authority::NotShown,
    }
}
