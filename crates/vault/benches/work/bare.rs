//! The same SQL with nothing around it.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use rusqlite::{Connection, TransactionBehavior, params};
use vault::snapshots::StoredNode;

use super::{Engine, Store, decision, now, operator, operator_id, snapshot, snapshot_id};

const SCHEMA: &str = include_str!("../../../../migrations/vault/0001_vault.sql");
const KEY: &str = "PRAGMA key = \"x'\
    000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\
    202122232425262728292a2b2c2d2e2f'\"";

/// A connection.
pub(crate) struct Bare(Connection);

impl Bare {
    pub(super) fn make(engine: Engine, folder: &Path) -> Self {
        let bare = Self::open(engine, folder);
        bare.0.execute_batch(SCHEMA).unwrap();
        bare
    }

    pub(super) fn open(engine: Engine, folder: &Path) -> Self {
        let conn = Connection::open(folder.join("bare.db")).unwrap();
        if engine == Engine::SqlcipherWiping {
            conn.execute_batch("PRAGMA cipher_memory_security = ON")
                .unwrap();
        }
        if engine != Engine::Sqlite {
            conn.execute_batch(KEY).unwrap();
        }
        conn.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
            .unwrap();
        Self(conn)
    }
}

impl Store for Bare {
    fn connect(&mut self) {
        let it = operator();
        self.0
            .execute(
                "INSERT INTO operator (operator_id, base_url, name, is_sample, discovered,
                        pinned_keys, connected_at)
                 VALUES (?1, ?2, '{}', 0, '{}', '{}', 0)",
                params![it.operator_id.as_str(), it.base_url],
            )
            .unwrap();
    }

    fn import(&mut self, raw: &[u8], nodes: Vec<StoredNode>) {
        let tx = self
            .0
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .unwrap();
        let it = snapshot();
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(raw).unwrap();
        tx.execute(
            "INSERT INTO snapshot (snapshot_id, operator_id, source_id, outcome, media_type, raw,
                    raw_bytes, value_count, fetched_at)
             VALUES (?1, ?2, ?3, 'ok', ?4, ?5, ?6, ?7, ?8)",
            params![
                it.snapshot_id.to_string(),
                operator_id().as_str(),
                it.source_id.as_str(),
                it.media_type,
                encoder.finish().unwrap(),
                raw.len(),
                it.value_count,
                now().as_millisecond(),
            ],
        )
        .unwrap();
        let snapshot_seq = tx.last_insert_rowid();
        {
            let mut statement = tx
                .prepare(
                    "INSERT INTO node (snapshot_seq, seq, parent_seq, depth, key, kind, value,
                            is_masked, child_count)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                )
                .unwrap();
            for it in nodes {
                statement
                    .execute(params![
                        snapshot_seq,
                        it.seq,
                        it.parent_seq,
                        it.depth,
                        it.key.reveal(),
                        it.kind,
                        it.value.as_ref().map(pii::Personal::reveal),
                        it.is_masked,
                        it.child_count,
                    ])
                    .unwrap();
            }
        }
        tx.commit().unwrap();
    }

    fn first_screen(&self) -> usize {
        let latest: Vec<[Option<String>; 9]> = self
            .0
            .prepare_cached(
                "SELECT snapshot_id, operator_id, source_id, outcome, problem, etag, file_name,
                        media_type, sha256, raw_bytes, value_count, fetched_at
                   FROM snapshot AS it
                  WHERE operator_id IS NOT NULL
                    AND snapshot_seq = (SELECT other.snapshot_seq FROM snapshot AS other
                                         WHERE other.operator_id = it.operator_id
                                           AND other.source_id = it.source_id
                                         ORDER BY other.fetched_at DESC, other.snapshot_seq DESC
                                         LIMIT 1)
                  ORDER BY operator_id, source_id",
            )
            .unwrap()
            .query_map((), |row| {
                let mut texts = [const { None }; 9];
                for (at, text) in texts.iter_mut().enumerate() {
                    *text = row.get(at)?;
                }
                Ok(texts)
            })
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        let nodes: Vec<(i64, String, String, Option<String>)> = self
            .0
            .prepare_cached(
                "SELECT * FROM node
                  WHERE snapshot_seq =
                        (SELECT snapshot_seq FROM snapshot WHERE snapshot_id = ?1)
                    AND parent_seq IS ?2
                  ORDER BY seq LIMIT ?3 OFFSET ?4",
            )
            .unwrap()
            .query_map(params![snapshot_id().to_string(), 1, 50, 0], |row| {
                Ok((row.get(1)?, row.get(4)?, row.get(5)?, row.get(6)?))
            })
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        latest.len() + nodes.len()
    }

    fn decide(&mut self, number: u128) {
        let (consent, _, statement, message) = decision(number);
        let tx = self
            .0
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .unwrap();
        let run = |sql: &str, params: &[&dyn rusqlite::ToSql]| {
            tx.prepare_cached(sql).unwrap().execute(params).unwrap();
        };
        let consent_id = consent.consent_id.to_string();
        run(
            "INSERT INTO consent_record (consent_id, operator_id, request_id, subject_id,
                    service_id, record, record_hash, request, fields, created_at, expires_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, '[]', 0, 0)",
            params![
                consent_id,
                consent.operator_id.as_str(),
                consent.request_id.as_str(),
                consent.subject_id.as_str(),
                consent.service_id.as_str(),
                consent.record.reveal(),
                consent.record_hash,
                consent.request.reveal(),
            ],
        );
        run(
            "INSERT INTO consent_event (consent_id, happened_at, kind) VALUES (?1, 0, 'given')",
            params![consent_id],
        );
        run(
            "INSERT INTO statement (statement_id, consent_id, event_seq, chain_seq, jws, hash,
                    signed_at)
             VALUES (?1, ?2, ?3, 1, ?4, ?5, 0)",
            params![
                statement.statement_id.to_string(),
                consent_id,
                tx.last_insert_rowid(),
                statement.jws.reveal(),
                statement.hash,
            ],
        );
        run(
            "INSERT INTO outbox (message_id, position, operator_id, consent_id, kind,
                    is_withdrawal, body, state, queued_at)
             VALUES (?1, (SELECT COALESCE(MAX(position), 0) + 1 FROM outbox), ?2, ?3, 'statement',
                    0, ?4, 'queued', 0)",
            params![
                message.message_id.to_string(),
                message.operator_id.as_str(),
                consent_id,
                message.body.reveal(),
            ],
        );
        tx.commit().unwrap();
    }
}
