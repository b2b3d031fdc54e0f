//! The same work on four engines, so that what the vault adds can be told from what SQLite and
//! SQLCipher take.

mod bare;
mod vault_engine;

use std::path::Path;

use consent::record::{Event, EventKind};
use consent::{ConsentId, DataSourceId, DataUsingServiceId, OperatorId, PersonId, RequestId};
use consent::{LocalText, SnapshotId, StatementId};
use jiff::Timestamp;
use pii::{Personal, Secret};
use uuid::Uuid;
use vault::consents::StoredConsent;
use vault::operators::StoredOperator;
use vault::outbox::{MessageKind, NewMessage};
use vault::snapshots::{Outcome, StoredNode, StoredSnapshot};
use vault::statements::StoredStatement;

pub(crate) use bare::Bare;
pub(crate) use vault_engine::Ours;

/// How many values an import brings.
pub(crate) const VALUES: u64 = 100_000;
/// How many of them are in one list.
const VALUES_IN_A_LIST: u64 = 1_000;

/// What does the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    /// SQLite without a key: a log and full synchronisation, nothing else.
    Sqlite,
    /// SQLCipher with a key: a log and full synchronisation, nothing else.
    Sqlcipher,
    /// The same, and memory is locked and wiped.
    SqlcipherWiping,
    /// The vault, which also wipes memory.
    Vault,
}

impl Engine {
    /// All of them, in the order of the report's columns.
    pub(crate) const ALL: [Self; 4] = [
        Self::Sqlite,
        Self::Sqlcipher,
        Self::SqlcipherWiping,
        Self::Vault,
    ];

    /// Makes a store in an empty folder.
    pub(crate) fn make(self, folder: &Path) -> Box<dyn Store> {
        match self {
            Self::Vault => Box::new(Ours::make(folder)),
            Self::Sqlite | Self::Sqlcipher | Self::SqlcipherWiping => {
                Box::new(Bare::make(self, folder))
            }
        }
    }

    /// Returns what opens the store that is in `folder`, for a measurement of the opening alone.
    pub(crate) fn opener(self, folder: &Path) -> Box<dyn Fn() -> Box<dyn Store>> {
        let folder = folder.to_owned();
        match self {
            Self::Vault => {
                let key = Ours::key(&folder);
                Box::new(move || Box::new(Ours::open(&folder, &key)))
            }
            Self::Sqlite | Self::Sqlcipher | Self::SqlcipherWiping => {
                Box::new(move || Box::new(Bare::open(self, &folder)))
            }
        }
    }
}

/// The work itself.
pub(crate) trait Store {
    /// Stores an operator, so that the rest has one to belong to.
    fn connect(&mut self);
    /// Stores one snapshot with its bytes and its tree.
    fn import(&mut self, raw: &[u8], nodes: Vec<StoredNode>);
    /// Reads what the first screen shows, and returns how many rows that is.
    fn first_screen(&self) -> usize;
    /// Makes one decision last: its record, event, statement and message.
    fn decide(&mut self, number: u128);
}

/// Returns a tree of lists of values, and bytes of about the size that it came as.
pub(crate) fn import_data() -> (Vec<u8>, Vec<StoredNode>) {
    let lists = VALUES / VALUES_IN_A_LIST;
    let mut nodes = vec![node(0, None, 0, "", None, lists)];
    let mut raw = Vec::new();
    let mut seq = 0;
    for list in 0..lists {
        seq += 1;
        let parent = seq;
        let key = format!("LIST_{list}");
        nodes.push(node(seq, Some(0), 1, &key, None, VALUES_IN_A_LIST));
        for _ in 0..VALUES_IN_A_LIST {
            seq += 1;
            // A Weyl sequence: different everywhere, the same on every run.
            let value = format!("value {:016x}", seq.wrapping_mul(0x9E37_79B9_7F4A_7C15));
            raw.extend(format!("{{\"FIELD_{seq}\":\"{value}\"}},\n").into_bytes());
            let key = format!("FIELD_{seq}");
            nodes.push(node(seq, Some(parent), 2, &key, Some(&value), 0));
        }
    }
    (raw, nodes)
}

fn node(
    seq: u64,
    parent_seq: Option<u64>,
    depth: u32,
    key: &str,
    value: Option<&str>,
    child_count: u64,
) -> StoredNode {
    StoredNode {
        seq,
        parent_seq,
        depth,
        key: text(key),
        kind: value.map_or("list", |_| "text").to_owned(),
        value: value.map(text),
        is_masked: false,
        child_count,
    }
}

fn operator() -> StoredOperator {
    StoredOperator {
        operator_id: operator_id(),
        base_url: "https://operator.example.fi".to_owned(),
        name: LocalText::same("Operator"),
        is_sample: false,
        discovered: "{}".to_owned(),
        pinned_keys: "{}".to_owned(),
        person_id: None,
        device_seed: Some(Secret::new([7; 32])),
        binding: None,
        stream_url: None,
        access_token: None,
        refresh_token: None,
        token_expires_at: None,
        sign_in_needed: false,
        last_event_seq: 0,
        access_log_after: 0,
        offers_version: 0,
        connected_at: now(),
        last_contact_at: None,
        last_failure: None,
    }
}

fn snapshot() -> StoredSnapshot {
    StoredSnapshot {
        snapshot_id: snapshot_id(),
        operator_id: Some(operator_id()),
        source_id: DataSourceId::parse("urn:source:all").unwrap(),
        outcome: Outcome::Ok,
        problem: None,
        etag: None,
        file_name: None,
        media_type: "application/json".to_owned(),
        raw_bytes: 0,
        sha256: None,
        value_count: VALUES,
        fetched_at: now(),
    }
}

/// What one decision writes, with texts as long as those of the protocol.
fn decision(number: u128) -> (StoredConsent, Event, StoredStatement, NewMessage) {
    let consent_id = ConsentId::from_uuid(Uuid::from_u128(number));
    let statement_id = StatementId::from_uuid(Uuid::from_u128(number | 1 << 100));
    let jws = text(&"s".repeat(900));
    let consent = StoredConsent {
        consent_id,
        operator_id: operator_id(),
        request_id: RequestId::parse(format!("req-{number}")).unwrap(),
        subject_id: PersonId::parse("urn:mdc:surrogate:Eero").unwrap(),
        service_id: DataUsingServiceId::parse("urn:service:preschool").unwrap(),
        record: text(&"r".repeat(4_000)),
        record_hash: "sha-256:x6hCcU8B4DwLTO6Se_DKMoNUjlMvrpv7E5nVqXPCsI4".to_owned(),
        request: text(&"q".repeat(3_000)),
        fields: vec!["/child/birthDate".to_owned()],
        created_at: now(),
        expires_at: now(),
    };
    let event = Event {
        consent: consent_id,
        at: now(),
        kind: EventKind::Given,
    };
    let statement = StoredStatement {
        statement_id,
        consent_id,
        event_seq: 0,
        chain_seq: 1,
        jws: jws.clone(),
        hash: "sha-256:EbmGL0yrYNHkZcmAbuGuE4OAkIaLipIYPUluwbN6Gww".to_owned(),
        is_superseded: false,
        signed_at: now(),
    };
    let message = NewMessage {
        message_id: statement_id.as_uuid(),
        operator_id: operator_id(),
        consent_id,
        kind: MessageKind::Statement,
        is_withdrawal: false,
        body: jws,
        queued_at: now(),
    };
    (consent, event, statement, message)
}

fn operator_id() -> OperatorId {
    OperatorId::parse("https://operator.example.fi").unwrap()
}

fn snapshot_id() -> SnapshotId {
    SnapshotId::from_uuid(Uuid::from_u128(3))
}

fn now() -> Timestamp {
    Timestamp::from_second(1_795_342_500).unwrap()
}

fn text(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}
