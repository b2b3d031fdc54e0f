//! Whether a record says what its request asked for.

use consent::request::Necessity;
use jiff::{Timestamp, tz::TimeZone};
use operator_protocol::{
    record::{RecordField, RecordTerms},
    request::{AuthorizationDetail, RequestPayload},
};

use crate::refusal::Refusal;

/// Returns whether the record can be an answer to the request at all: same use, same notice.
pub(crate) fn is_answer(terms: &RecordTerms, request: &RequestPayload) -> bool {
    let is_same_process = detail(request).is_some_and(|detail| {
        terms
            .processes
            .first()
            .is_some_and(|process| *process == detail.identifier)
    });
    terms.service.as_ref() == Some(&request.service)
        && terms.subject == request.sub
        && terms.notice == request.notice.uri
        && is_same_process
}

/// Checks that the record says what the request asked for, and nothing more.
///
/// # Errors
///
/// Fails with [`Refusal::TermsDiffer`], naming the first term that differs.
pub(crate) fn check(terms: &RecordTerms, request: &RequestPayload) -> Result<(), Refusal> {
    let asked = detail(request).ok_or(Refusal::TermsDiffer("purpose"))?;
    let in_language = request.notice.hash.in_language(terms.language);
    let checks = [
        ("controller", terms.controller == request.iss),
        ("purpose", terms.purpose == asked.purpose),
        ("legal basis", terms.legal_basis == asked.legal_basis),
        (
            "source",
            terms
                .source
                .as_ref()
                .is_some_and(|source| asked.locations.contains(source)),
        ),
        ("recipients", terms.recipients == asked.recipients),
        ("fields", has_same_fields(&terms.fields, asked)),
        (
            "notice",
            terms.notice_version == request.notice.version
                && in_language == Some(terms.notice_hash.as_str()),
        ),
        ("period", is_within(terms, asked)),
        ("processes", terms.processes.len() == 1),
    ];
    match checks.into_iter().find(|(_, holds)| !holds) {
        Some((term, _)) => Err(Refusal::TermsDiffer(term)),
        None => Ok(()),
    }
}

/// Returns when a permission by the record ends by itself.
pub(crate) fn ends_at(terms: &RecordTerms, request: &RequestPayload) -> Timestamp {
    terms
        .valid_through
        .or_else(|| latest_end(detail(request)?))
        .unwrap_or(Timestamp::MAX)
}

/// Returns what the request asks for. This operator relays requests for one thing at a time.
pub(crate) fn detail(request: &RequestPayload) -> Option<&AuthorizationDetail> {
    match request.authorization_details.as_slice() {
        [only] => Some(only),
        [] | [_, ..] => None,
    }
}

/// All required fields, no field that was not asked for, none twice.
fn has_same_fields(fields: &[RecordField], asked: &AuthorizationDetail) -> bool {
    let is_asked = |field: &RecordField| {
        asked
            .fields
            .iter()
            .any(|wanted| wanted.path == field.path && wanted.necessity == field.necessity)
            && asked.datatypes.contains(&field.category)
            && fields
                .iter()
                .filter(|other| other.path == field.path)
                .count()
                == 1
    };
    let is_included = |path: &String| fields.iter().any(|field| field.path == *path);
    fields.iter().all(is_asked)
        && asked
            .fields
            .iter()
            .filter(|wanted| wanted.necessity == Necessity::Required)
            .all(|wanted| is_included(&wanted.path))
}

fn is_within(terms: &RecordTerms, asked: &AuthorizationDetail) -> bool {
    match (terms.valid_through, latest_end(asked)) {
        (_, None) => true,
        (Some(end), Some(latest)) => end <= latest,
        (None, Some(_)) => false,
    }
}

/// The end of the last day, in UTC.
fn latest_end(asked: &AuthorizationDetail) -> Option<Timestamp> {
    let after = asked.valid_until?.tomorrow().ok()?;
    Some(after.to_zoned(TimeZone::UTC).ok()?.timestamp())
}
