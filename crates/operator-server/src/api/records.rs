//! Consent records: taken as the bytes that were hashed, and never changed.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
};
use consent::ConsentId;
use jiff::Timestamp;
use operator_protocol::{
    ProtocolError, canonical, limits,
    record::{self, RecordTerms},
};

use crate::{
    operator::{Caller, Operator, work},
    refusal::Refusal,
    store::consents::{self, Record},
};

/// Takes a record. The same bytes again change nothing; other bytes are refused.
pub(crate) async fn put(
    State(operator): State<Arc<Operator>>,
    caller: Caller,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let id: ConsentId = id.parse().map_err(|_| Refusal::NotFound)?;
    work(&operator, move |operator, now| {
        operator.take_record(&caller, id, &body, now)
    })
    .await
}

impl Operator {
    fn take_record(
        &self,
        caller: &Caller,
        id: ConsentId,
        body: &[u8],
        now: Timestamp,
    ) -> Result<StatusCode, Refusal> {
        let hash = canonical::sha256_tag(body);
        let known = self.store.read(|conn| consents::find(conn, id))?;
        if let Some(known) = known {
            // Who cannot see the record learns only that the name is taken.
            return if known.hash == hash && known.sent_by == *caller.person() {
                Ok(StatusCode::OK)
            } else {
                Err(Refusal::RecordDiffers)
            };
        }
        let terms = read(id, body)?;
        if !self.may_decide(caller.person(), &terms.subject) {
            return Err(Refusal::NotAuthorised(
                "The person may not decide for this subject.",
            ));
        }
        let record = Record {
            id,
            hash,
            body: body.to_vec(),
            subject: terms.subject,
            sent_by: caller.person().clone(),
            request: None,
            ends_at: None,
            received_at: now,
        };
        self.store.write(|tx| {
            // Between the look and this turn, another copy may have come.
            match consents::find(tx, id)? {
                None => consents::insert(tx, &record)?,
                Some(known) if known.hash == record.hash => {}
                Some(_) => return Err(Refusal::RecordDiffers),
            }
            tracing::info!(consent = %id, "Record taken");
            Ok(StatusCode::CREATED)
        })
    }
}

/// Reads a record, refusing what is not in canonical form or not a record called `id`.
///
/// Terms that are in no list are let through here: a record is only a text until a statement
/// says what becomes of it, and that is where its terms count.
fn read(id: ConsentId, body: &[u8]) -> Result<RecordTerms, Refusal> {
    let invalid = |_| Refusal::RecordInvalid;
    let record = limits::parse_value(body, limits::MAX_DOCUMENT_BYTES).map_err(invalid)?;
    match record::validate(&record) {
        Ok(()) | Err(ProtocolError::Unsupported(_)) => {}
        Err(_) => return Err(Refusal::RecordInvalid),
    }
    let is_canonical = canonical::to_jcs(&record).is_ok_and(|bytes| bytes == body);
    let terms = RecordTerms::read(&record).map_err(invalid)?;
    if !is_canonical || terms.id != id {
        return Err(Refusal::RecordInvalid);
    }
    Ok(terms)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const VECTOR: &str = include_str!("../../../operator-protocol/tests/vectors/record.json");
    const ID: &str = "0198f3a2-6c1e-7b55-9d0e-3f5c2f8a1b01";

    fn vector() -> Value {
        serde_json::from_str(VECTOR).unwrap()
    }

    fn read_value(record: &Value) -> Result<RecordTerms, Refusal> {
        read(ID.parse().unwrap(), &canonical::to_jcs(record).unwrap())
    }

    #[test]
    fn the_record_of_the_protocols_vectors_is_taken() {
        let terms = read_value(&vector()).unwrap();

        assert_eq!(terms.subject.as_str(), "urn:mdc:surrogate:Child1");
        assert_eq!(
            canonical::sha256_tag(&canonical::to_jcs(&vector()).unwrap()),
            "sha-256:x6hCcU8B4DwLTO6Se_DKMoNUjlMvrpv7E5nVqXPCsI4"
        );
    }

    #[test]
    fn a_record_by_another_name_is_refused() {
        let mut record = vector();
        record["dct:identifier"] = json!("0198f3a2-6c1e-7b55-9d0e-3f5c2f8a1b02");

        assert!(matches!(read_value(&record), Err(Refusal::RecordInvalid)));
    }

    #[test]
    fn a_record_without_a_notice_is_refused() {
        let mut record = vector();
        record.as_object_mut().unwrap().remove("dpv:hasNotice");

        assert!(matches!(read_value(&record), Err(Refusal::RecordInvalid)));
    }

    #[test]
    fn another_spelling_of_the_same_record_is_refused() {
        let outcome = read(ID.parse().unwrap(), VECTOR.trim().as_bytes());

        assert!(matches!(outcome, Err(Refusal::RecordInvalid)));
    }
}
