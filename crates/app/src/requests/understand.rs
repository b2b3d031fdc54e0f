//! Reads a request as it came against what the vault knows: its service, its schema, its notice.

use consent::{Language, request::Obstacle};
use jiff::Timestamp;
use operator_protocol::{
    jws,
    request::{self, Register, RequestPayload},
    source::SourceSchema,
};
use pii::Personal;
use vault::{
    Connection, Transaction, notices,
    operators::StoredOperator,
    requests::{self, RequestState},
    sources,
};

use crate::{AppError, copy::source_title, organisations::descriptions};

/// Reads a signed request; nothing if there is nothing in it to show, as when it is for another
/// operator.
pub(crate) fn understand(
    conn: &Connection,
    operator: &StoredOperator,
    jws: &Personal<String>,
    now: Timestamp,
) -> Result<Option<Personal<String>>, AppError> {
    let Ok(claimed) = jws::decode_unverified::<RequestPayload>(jws.reveal()) else {
        return Ok(None);
    };
    let services = descriptions(conn, &operator.operator_id)?;
    let service = services
        .iter()
        .find(|service| service.mydata_service.id == claimed.payload.service);
    let schemas: Vec<SourceSchema> = sources::list(conn, &operator.operator_id)?
        .into_iter()
        .filter_map(|source| SourceSchema::parse(source.schema?.as_bytes()).ok())
        .collect();

    let register = Register {
        operator: &operator.operator_id,
        service,
        schemas: &schemas,
        now,
    };
    let Ok(mut request) = request::read(jws.reveal(), register) else {
        return Ok(None);
    };
    let has_notice = Language::ALL.into_iter().any(|language| {
        request
            .notice
            .hashes
            .in_language(language)
            .is_some_and(|hash| {
                let notice = &request.notice;
                let kept = notices::find(conn, &notice.uri, &notice.version, language, hash);
                kept.is_ok_and(|kept| kept.is_some())
            })
    });
    if !has_notice && !request.obstacles.contains(&Obstacle::NoticeDiffers) {
        request.obstacles.push(Obstacle::NoticeDiffers);
    }
    if request.source_title.pick(Language::Fi).is_none() {
        request.source_title = source_title(conn, &operator.operator_id, &request.source)?;
    }
    let json = serde_json::to_string(&request).map_err(|_| AppError::Stored("request"))?;
    Ok(Some(Personal::new(json)))
}

/// Reads every request that waits for an answer anew. Returns whether any reads differently.
pub(crate) fn understand_anew(
    tx: &Transaction<'_>,
    operator: &StoredOperator,
    now: Timestamp,
) -> Result<bool, AppError> {
    let mut changed = false;
    for state in [RequestState::Requested, RequestState::Deferred] {
        for stored in requests::list(tx, state)? {
            if stored.operator_id != operator.operator_id {
                continue;
            }
            let anew = understand(tx, operator, &stored.jws, now)?;
            if let Some(anew) = anew.filter(|anew| stored.request.as_ref() != Some(anew)) {
                requests::set_understood(tx, &stored.request_id, &anew)?;
                changed = true;
            }
        }
    }
    Ok(changed)
}
