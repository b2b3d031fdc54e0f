//! Statements that count, and the receipts for them.

use consent::{ConsentId, PersonId};
use jiff::Timestamp;
use operator_protocol::statement::StatementHead;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

use super::StoreError;

/// A link of a chain.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub(crate) id: String,
    pub(crate) consent: ConsentId,
    pub(crate) kid: String,
    pub(crate) seq: u64,
    pub(crate) hash: String,
    pub(crate) jws: String,
    /// As the wire spells it.
    pub(crate) status: String,
    pub(crate) decided_by: PersonId,
    pub(crate) accepted_at: Timestamp,
    pub(crate) tell_service_at: Timestamp,
}

/// Appends a statement.
pub(crate) fn append(tx: &Transaction<'_>, statement: &Statement) -> Result<(), StoreError> {
    let told = (statement.tell_service_at <= statement.accepted_at)
        .then(|| statement.accepted_at.as_millisecond());
    tx.execute(
        "INSERT INTO statement (statement_id, statement_seq, consent_id, kid, chain_seq, hash,
                                jws, status, decided_by, accepted_at, tell_service_at,
                                told_service_at)
         VALUES (:id, (SELECT coalesce(max(statement_seq), 0) + 1 FROM statement), :consent, :kid,
                 :seq, :hash, :jws, :status, :by, :accepted, :tell, :told)",
        named_params! {
            ":id": statement.id,
            ":consent": statement.consent.to_string(),
            ":kid": statement.kid,
            ":seq": i64::try_from(statement.seq).unwrap_or(i64::MAX),
            ":hash": statement.hash,
            ":jws": statement.jws,
            ":status": statement.status,
            ":by": statement.decided_by.as_str(),
            ":accepted": statement.accepted_at.as_millisecond(),
            ":tell": statement.tell_service_at.as_millisecond(),
            ":told": told,
        },
    )
    .map_err(StoreError::during("append a statement"))?;
    Ok(())
}

/// Returns the statement with this identifier.
pub(crate) fn find(conn: &Connection, id: &str) -> Result<Option<Statement>, StoreError> {
    conn.query_row(
        "SELECT * FROM statement WHERE statement_id = :id",
        named_params! { ":id": id },
        read,
    )
    .optional()
    .map_err(StoreError::during("find a statement"))
}

/// Returns the newest statement of one device about one record.
pub(crate) fn find_head(
    conn: &Connection,
    consent: ConsentId,
    kid: &str,
) -> Result<Option<Statement>, StoreError> {
    conn.query_row(
        "SELECT * FROM statement WHERE consent_id = :consent AND kid = :kid
          ORDER BY chain_seq DESC LIMIT 1",
        named_params! { ":consent": consent.to_string(), ":kid": kid },
        read,
    )
    .optional()
    .map_err(StoreError::during("find a chain's head"))
}

/// Returns all statements about a record, in the order in which they counted.
pub(crate) fn list(conn: &Connection, consent: ConsentId) -> Result<Vec<Statement>, StoreError> {
    conn.prepare_cached(
        "SELECT * FROM statement WHERE consent_id = :consent ORDER BY statement_seq",
    )
    .and_then(|mut statement| {
        statement
            .query_map(named_params! { ":consent": consent.to_string() }, read)?
            .collect()
    })
    .map_err(StoreError::during("list statements"))
}

/// Marks as told every statement that the service may know by now; returns how many.
pub(crate) fn tell_services(tx: &Transaction<'_>, now: Timestamp) -> Result<usize, StoreError> {
    tx.execute(
        "UPDATE statement SET told_service_at = :now
          WHERE told_service_at IS NULL AND tell_service_at <= :now",
        named_params! { ":now": now.as_millisecond() },
    )
    .map_err(StoreError::during("tell services"))
}

/// Adds a receipt for a statement.
pub(crate) fn insert_receipt(
    tx: &Transaction<'_>,
    id: &str,
    statement: &str,
    jws: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO receipt (receipt_id, statement_id, jws, made_at)
         VALUES (:id, :statement, :jws, :now)",
        named_params! {
            ":id": id,
            ":statement": statement,
            ":jws": jws,
            ":now": now.as_millisecond(),
        },
    )
    .map_err(StoreError::during("add a receipt"))?;
    Ok(())
}

/// Returns the receipts of a statement, the oldest first.
pub(crate) fn list_receipts(conn: &Connection, statement: &str) -> Result<Vec<String>, StoreError> {
    conn.prepare_cached(
        "SELECT jws FROM receipt WHERE statement_id = :statement ORDER BY made_at, receipt_id",
    )
    .and_then(|mut query| {
        query
            .query_map(named_params! { ":statement": statement }, |row| row.get(0))?
            .collect()
    })
    .map_err(StoreError::during("list receipts"))
}

/// Returns a receipt and the record that its statement is about.
pub(crate) fn find_receipt(
    conn: &Connection,
    id: &str,
) -> Result<Option<(String, ConsentId)>, StoreError> {
    conn.query_row(
        "SELECT receipt.jws, statement.consent_id
           FROM receipt JOIN statement USING (statement_id) WHERE receipt_id = :id",
        named_params! { ":id": id },
        |row| Ok((row.get(0)?, super::consent(&row.get::<_, String>(1)?)?)),
    )
    .optional()
    .map_err(StoreError::during("find a receipt"))
}

impl Statement {
    /// Returns the statement as the head of its chain.
    pub(crate) fn as_head(&self) -> StatementHead {
        StatementHead {
            seq: self.seq,
            hash: self.hash.clone(),
        }
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Statement> {
    Ok(Statement {
        id: row.get("statement_id")?,
        consent: super::consent(&row.get::<_, String>("consent_id")?)?,
        kid: row.get("kid")?,
        seq: super::count(row, "chain_seq")?,
        hash: row.get("hash")?,
        jws: row.get("jws")?,
        status: row.get("status")?,
        decided_by: super::person(row.get("decided_by")?)?,
        accepted_at: super::timestamp(row.get("accepted_at")?)?,
        tell_service_at: super::timestamp(row.get("tell_service_at")?)?,
    })
}
