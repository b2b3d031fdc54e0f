//! One row for each table, with `mark` in every text that the schema leaves free.

use consent::record::{Event, EventKind};
use consent::{
    ConsentId, DataSourceId, DataUsingServiceId, Language, LocalText, OfferId, OperatorId,
    PersonId, RequestId, SnapshotId, StatementId,
};
use pii::{Personal, Secret};
use uuid::Uuid;
use vault::accesses::StoredAccess;
use vault::consents::StoredConsent;
use vault::delegations::StoredDelegation;
use vault::events::TakenEvent;
use vault::notices::StoredNotice;
use vault::offers::CatalogueOffer;
use vault::operators::StoredOperator;
use vault::outbox::{MessageKind, NewMessage};
use vault::receipts::StoredReceipt;
use vault::requests::{RequestState, StoredRequest};
use vault::services::StoredService;
use vault::snapshots::{Outcome, StoredNode, StoredSnapshot};
use vault::sources::StoredSource;
use vault::statements::StoredStatement;
use vault::{
    Transaction, VaultError, accesses, consents, delegations, events, journal, notices, offers,
    operators, outbox, receipts, requests, services, settings, snapshots, sources, statements,
};

use super::at;

pub(crate) const CONSENT: ConsentId = ConsentId::from_uuid(Uuid::from_u128(1));
pub(crate) const STATEMENT: StatementId = StatementId::from_uuid(Uuid::from_u128(2));
pub(crate) const SNAPSHOT: SnapshotId = SnapshotId::from_uuid(Uuid::from_u128(3));

pub(crate) fn operator_id() -> OperatorId {
    OperatorId::parse("https://operator.example.fi").unwrap()
}

/// Writes a row into every table.
pub(crate) fn fill(tx: &Transaction<'_>, mark: &str) -> Result<(), VaultError> {
    settings::put(tx, "language", mark)?;
    operators::insert(tx, &operator(mark))?;
    delegations::replace_all(tx, &operator_id(), &[delegation(mark)])?;
    services::put(tx, &service(mark))?;
    sources::put(tx, &source(mark))?;
    notices::put(tx, &notice(mark))?;
    let raw = format!("{{\"firstName\":\"{mark}\"}}");
    snapshots::insert(tx, &snapshot(mark), Some(raw.as_bytes()), tree(mark))?;
    requests::insert(tx, &request(mark))?;
    decide(tx, mark)?;
    receipts::insert(tx, &receipt(mark))?;
    events::insert(tx, &event(mark))?;
    accesses::insert(tx, &access(mark))?;
    offers::replace_catalogue(tx, &operator_id(), &[offer(mark)], at(0))?;
    journal::append(tx, "vault-created", Some(mark), at(0))
}

/// Writes one decision: its record, its event, its statement and what is owed.
pub(crate) fn decide(tx: &Transaction<'_>, mark: &str) -> Result<(), VaultError> {
    consents::insert(tx, &consent(mark))?;
    let event_seq = consents::append(
        tx,
        &Event {
            consent: CONSENT,
            at: at(2),
            kind: EventKind::Given,
        },
    )?;
    statements::insert(tx, &statement(mark, event_seq))?;
    outbox::push(tx, &message(mark)).map(drop)
}

pub(crate) fn operator(mark: &str) -> StoredOperator {
    StoredOperator {
        operator_id: operator_id(),
        base_url: "https://operator.example.fi".to_owned(),
        name: LocalText::same(mark),
        is_sample: false,
        discovered: mark.to_owned(),
        pinned_keys: mark.to_owned(),
        person_id: Some(PersonId::parse(mark).unwrap()),
        device_seed: Some(Secret::new([7; 32])),
        binding: Some(personal(mark)),
        stream_url: Some(mark.to_owned()),
        access_token: Some(Secret::new(mark.to_owned())),
        refresh_token: Some(Secret::new(mark.to_owned())),
        token_expires_at: Some(at(3600)),
        sign_in_needed: false,
        last_event_seq: 1,
        access_log_after: 2,
        offers_version: 3,
        connected_at: at(0),
        last_contact_at: Some(at(1)),
        last_failure: Some("unreachable".to_owned()),
    }
}

pub(crate) fn delegation(mark: &str) -> StoredDelegation {
    StoredDelegation {
        operator_id: operator_id(),
        subject_id: PersonId::parse(mark).unwrap(),
        jws: personal(mark),
        authority: mark.to_owned(),
        expires_at: at(86_400),
    }
}

pub(crate) fn service(mark: &str) -> StoredService {
    StoredService {
        operator_id: operator_id(),
        service_id: DataUsingServiceId::parse("urn:service:preschool").unwrap(),
        description: mark.to_owned(),
        fetched_at: at(1),
    }
}

pub(crate) fn source(mark: &str) -> StoredSource {
    StoredSource {
        operator_id: operator_id(),
        source_id: DataSourceId::parse("urn:source:family").unwrap(),
        entry: mark.to_owned(),
        schema_url: "https://operator.example.fi/schema/1".to_owned(),
        schema: Some(mark.to_owned()),
    }
}

pub(crate) fn notice(mark: &str) -> StoredNotice {
    StoredNotice {
        uri: "https://operator.example.fi/notice".to_owned(),
        version: "3".to_owned(),
        language: Language::Fi,
        hash: mark.to_owned(),
        body: mark.to_owned(),
    }
}

pub(crate) fn snapshot(mark: &str) -> StoredSnapshot {
    StoredSnapshot {
        snapshot_id: SNAPSHOT,
        operator_id: Some(operator_id()),
        source_id: DataSourceId::parse("urn:source:family").unwrap(),
        outcome: Outcome::Ok,
        problem: Some(mark.to_owned()),
        etag: Some(mark.to_owned()),
        file_name: Some(personal(mark)),
        media_type: "application/json".to_owned(),
        raw_bytes: 0,
        sha256: Some(mark.to_owned()),
        value_count: 1,
        fetched_at: at(1),
    }
}

/// A root with one child whose value is `mark`.
pub(crate) fn tree(mark: &str) -> Vec<StoredNode> {
    vec![node(0, None, "", None), node(1, Some(0), mark, Some(mark))]
}

pub(crate) fn node(
    seq: u64,
    parent_seq: Option<u64>,
    key: &str,
    value: Option<&str>,
) -> StoredNode {
    StoredNode {
        seq,
        parent_seq,
        depth: parent_seq.map_or(0, |_| 1),
        key: personal(key),
        kind: value.map_or("object", |_| "text").to_owned(),
        value: value.map(personal),
        is_masked: false,
        child_count: u64::from(value.is_none()),
    }
}

pub(crate) fn request(mark: &str) -> StoredRequest {
    StoredRequest {
        request_id: RequestId::parse("req-1").unwrap(),
        operator_id: operator_id(),
        jws: personal(mark),
        request: Some(personal(mark)),
        state: RequestState::Requested,
        consent_id: None,
        received_at: at(1),
        expires_at: at(86_400),
        notified_at: None,
    }
}

pub(crate) fn consent(mark: &str) -> StoredConsent {
    StoredConsent {
        consent_id: CONSENT,
        operator_id: operator_id(),
        request_id: RequestId::parse("req-1").unwrap(),
        subject_id: PersonId::parse(mark).unwrap(),
        service_id: DataUsingServiceId::parse("urn:service:preschool").unwrap(),
        record: personal(mark),
        record_hash: mark.to_owned(),
        request: personal(mark),
        fields: vec![mark.to_owned(), "/child/birthDate".to_owned()],
        created_at: at(2),
        expires_at: at(86_400),
    }
}

pub(crate) fn statement(mark: &str, event_seq: i64) -> StoredStatement {
    StoredStatement {
        statement_id: STATEMENT,
        consent_id: CONSENT,
        event_seq,
        chain_seq: 1,
        jws: personal(mark),
        hash: mark.to_owned(),
        is_superseded: false,
        signed_at: at(2),
    }
}

pub(crate) fn message(mark: &str) -> NewMessage {
    NewMessage {
        message_id: STATEMENT.as_uuid(),
        operator_id: operator_id(),
        consent_id: CONSENT,
        kind: MessageKind::Statement,
        is_withdrawal: false,
        body: personal(mark),
        queued_at: at(2),
    }
}

pub(crate) fn receipt(mark: &str) -> StoredReceipt {
    StoredReceipt {
        receipt_id: mark.to_owned(),
        consent_id: CONSENT,
        statement_hash: mark.to_owned(),
        jws: personal(mark),
        effective_at: at(3),
        received_at: at(4),
    }
}

pub(crate) fn event(mark: &str) -> TakenEvent {
    TakenEvent {
        operator_id: operator_id(),
        event_id: "ev-1".to_owned(),
        seq: 1,
        kind: mark.to_owned(),
        body: mark.to_owned(),
        received_at: at(1),
        applied_at: None,
        acked_at: None,
    }
}

pub(crate) fn access(mark: &str) -> StoredAccess {
    StoredAccess {
        operator_id: operator_id(),
        access_id: "acc-1".to_owned(),
        consent_id: Some(CONSENT),
        happened_at: at(5),
        entry: personal(mark),
    }
}

pub(crate) fn offer(mark: &str) -> CatalogueOffer {
    CatalogueOffer {
        offer_id: OfferId::parse("offer-1").unwrap(),
        jws: mark.to_owned(),
        payload: mark.to_owned(),
    }
}

pub(crate) fn personal(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}
