//! A chain with all that belongs to it, to be damaged by tests.

use consent::Language;
use operator_protocol::{
    chain::{self, ChainReport, Evidence, Fault, Step},
    delegation::{self, DelegationPayload},
    key::{JwkSet, SigningKey},
    receipt::{self, ReceiptPayload},
    statement::{self, Decision, SignedStatement, StatementPayload, Ui},
    status::ConsentStatus,
};
use serde_json::Value;
use uuid::Uuid;

use crate::vectors::{
    RECEIPT, STATEMENT_1, STATEMENT_2, binding, device, operator, operator_keys, record,
};

/// All that belongs to one chain, to be damaged by tests.
#[derive(Clone)]
pub(crate) struct Proof {
    pub(crate) keys: JwkSet,
    pub(crate) bindings: Vec<String>,
    pub(crate) delegations: Vec<String>,
    pub(crate) record: Value,
    pub(crate) statements: Vec<String>,
    pub(crate) receipts: Vec<String>,
}

impl Proof {
    /// The published chain: given, and taken back a month later.
    pub(crate) fn published() -> Self {
        Self {
            keys: operator_keys(),
            bindings: vec![binding()],
            delegations: vec![delegation_by(&operator())],
            record: record(),
            statements: vec![STATEMENT_1.trim().to_owned(), STATEMENT_2.trim().to_owned()],
            receipts: vec![RECEIPT.trim().to_owned()],
        }
    }

    /// A longer one: given, paused, gone on, taken back, each with a receipt.
    pub(crate) fn of_four() -> Self {
        let statuses = [
            ConsentStatus::ConsentGiven,
            ConsentStatus::ConsentPaused,
            ConsentStatus::RenewedConsentGiven,
            ConsentStatus::ConsentWithdrawn,
        ];
        let statements = signed_by(&device(), &statuses);
        Self {
            receipts: statements.iter().zip(1..).map(receipt_for).collect(),
            statements: statements.into_iter().map(|it| it.compact).collect(),
            ..Self::published()
        }
    }

    pub(crate) fn check(&self) -> ChainReport {
        chain::verify(&Evidence {
            operator_keys: &self.keys,
            bindings: &self.bindings,
            delegations: &self.delegations,
            record: &self.record,
            statements: &self.statements,
            receipts: &self.receipts,
        })
    }

    pub(crate) fn faults(&self) -> Vec<(Step, usize, Fault)> {
        let report = self.check();
        report
            .faults()
            .map(|(check, fault)| (check.step, check.number, fault))
            .collect()
    }
}

pub(crate) fn delegation_by(key: &SigningKey) -> String {
    let payload: DelegationPayload =
        serde_json::from_str(include_str!("vectors/delegation.json")).unwrap();
    delegation::sign(key, &payload).unwrap()
}

pub(crate) fn decision(number: u128, status: ConsentStatus) -> Decision {
    let payload: StatementPayload =
        serde_json::from_str(include_str!("vectors/statement-1.json")).unwrap();
    Decision {
        operator: payload.aud,
        subject: payload.sub,
        consent: payload.cr_id,
        record_hash: payload.cr_hash,
        id: consent::StatementId::from_uuid(Uuid::from_u128(number)),
        decided_at: payload.iat,
        status,
        processes: payload.processes,
        actor: payload.act,
        ui: Ui {
            lang: Language::Fi,
            method: "button".to_owned(),
            app: "lokero/0.1".to_owned(),
        },
    }
}

pub(crate) fn signed_by(key: &SigningKey, statuses: &[ConsentStatus]) -> Vec<SignedStatement> {
    let mut signed: Vec<SignedStatement> = Vec::new();
    for (status, number) in statuses.iter().zip(1..) {
        let head = signed.last().map(|it| it.head.clone());
        let next = statement::sign_statement(key, decision(number, *status), head.as_ref());
        signed.push(next.unwrap());
    }
    signed
}

pub(crate) fn receipt_for((signed, number): (&SignedStatement, u64)) -> String {
    let keys = JwkSet::of([&device().public()]);
    let payload = statement::verify(&signed.compact, &keys).unwrap().payload;
    let receipt = ReceiptPayload {
        iss: payload.aud,
        aud: payload.iss,
        jti: format!("r-{number}"),
        iat: payload.iat,
        csr: signed.head.hash.clone(),
        cr_id: payload.cr_id,
        seq: payload.seq,
        status: payload.status,
        effective_at: payload.iat,
        forwarded_to: vec![],
        termination: None,
        kind: None,
    };
    receipt::sign(&operator(), &receipt).unwrap()
}
