//! Where a consent stands, from the statements that count.

use std::collections::BTreeMap;

use consent::{
    ConsentId, PersonId,
    record::{Status, strictest},
};
use jiff::Timestamp;
use operator_protocol::{
    request::RequestPayload,
    status::{ConsentStatus, derive},
};
use rusqlite::Connection;

use crate::{
    api::statements::read_status,
    refusal::Refusal,
    store::{
        consents::{self, Record},
        statements::{self, Statement},
    },
};

/// Returns where one record stands: the strictest of what its devices said last, or the end that
/// nobody stated. Nothing before the first statement.
pub(crate) fn of_record(
    conn: &Connection,
    consent: ConsentId,
) -> Result<Option<ConsentStatus>, Refusal> {
    let heads: Vec<ConsentStatus> = heads(conn, consent)?
        .iter()
        .map(|head| read_status(&head.status))
        .collect::<Result<_, _>>()?;
    let folded = strictest(heads.iter().map(|status| status.status()));
    if !folded.is_final()
        && let Some(end) = consents::find_end(conn, consent)?
    {
        return read_status(&end).map(Some);
    }
    Ok(heads.into_iter().find(|status| status.status() == folded))
}

/// Returns whether data may flow by `record` at `now`: given, not lapsed, and nobody who takes
/// part in the decision against it.
pub(crate) fn is_in_force(
    conn: &Connection,
    record: &Record,
    asked: &RequestPayload,
    now: Timestamp,
) -> Result<bool, Refusal> {
    let is_given =
        of_record(conn, record.id)?.is_some_and(|standing| standing.status() == Status::Given);
    let is_lapsed = record.ends_at.is_some_and(|end| now >= end);
    if !is_given || is_lapsed {
        return Ok(false);
    }
    // Of a person who answered anew, the newer answer counts.
    let mut answers: BTreeMap<PersonId, Vec<ConsentStatus>> = BTreeMap::new();
    let others = consents::list_answering(conn, asked.jti.as_str())?;
    for answer in others.iter().map(|other| other.id).chain([record.id]) {
        let mut given: BTreeMap<PersonId, Vec<ConsentStatus>> = BTreeMap::new();
        for head in heads(conn, answer)? {
            let status = read_status(&head.status)?;
            given.entry(head.decided_by).or_default().push(status);
        }
        answers.extend(given);
    }
    let newest: Vec<_> = answers
        .into_iter()
        .flat_map(|(person, said)| said.into_iter().map(move |status| (person.clone(), status)))
        .collect();
    Ok(derive(asked.activation_mode, &asked.participants, &newest) == Status::Given)
}

/// Returns the newest statement of each device about a record.
fn heads(conn: &Connection, consent: ConsentId) -> Result<Vec<Statement>, Refusal> {
    let mut heads: Vec<Statement> = Vec::new();
    for statement in statements::list(conn, consent)? {
        heads.retain(|head| head.kid != statement.kid);
        heads.push(statement);
    }
    Ok(heads)
}
