//! What is the same for everybody: services, sources, their schemas, notices.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use consent::Language;
use operator_protocol::{api::Page, service::ServiceDescription, source::SourceEntry};
use serde::Deserialize;

use super::{etag_of, tagged};
use crate::{operator::Operator, refusal::Refusal};

/// Which language of a notice is wanted.
#[derive(Debug, Deserialize)]
pub(crate) struct NoticeQuery {
    lang: Option<String>,
}

/// Answers with the registered services.
pub(crate) async fn services(
    State(operator): State<Arc<Operator>>,
) -> Json<Page<ServiceDescription>> {
    let services = operator.city.services.iter();
    Json(Page {
        items: services
            .map(|service| service.description.clone())
            .collect(),
        next: None,
    })
}

/// Answers with one service.
pub(crate) async fn service(
    State(operator): State<Arc<Operator>>,
    Path(slug): Path<String>,
) -> Result<Json<ServiceDescription>, Refusal> {
    let service = operator.city.find_service(&slug).ok_or(Refusal::NotFound)?;
    Ok(Json(service.description.clone()))
}

/// Answers with the sources.
pub(crate) async fn sources(State(operator): State<Arc<Operator>>) -> Json<Page<SourceEntry>> {
    let base = operator.issuer.as_str();
    let sources = operator.city.sources.iter();
    Json(Page {
        items: sources.map(|source| source.entry(base)).collect(),
        next: None,
    })
}

/// Answers with the schema of a source in one version. A version never changes.
pub(crate) async fn schema(
    State(operator): State<Arc<Operator>>,
    headers: HeaderMap,
    Path((slug, version)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let source = operator
        .city
        .find_source(&slug)
        .filter(|source| source.version == version)
        .ok_or(Refusal::NotFound)?;
    let body = source.schema.as_value().to_string();
    let etag = etag_of(body.as_bytes());
    Ok(tagged(&headers, body, etag, "max-age=86400"))
}

/// Answers with the text of a notice: exactly the bytes whose hash requests carry.
pub(crate) async fn notice(
    State(operator): State<Arc<Operator>>,
    Path((slug, version)): Path<(String, String)>,
    Query(query): Query<NoticeQuery>,
) -> Result<Response, Refusal> {
    let language = match query.lang.as_deref() {
        None => Language::default(),
        Some(code) => Language::ALL
            .into_iter()
            .find(|language| language.code() == code)
            .ok_or(Refusal::NotFound)?,
    };
    let text = operator
        .city
        .find_notice(&slug, &version)
        .and_then(|notice| notice.texts.in_language(language))
        .ok_or(Refusal::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CONTENT_LANGUAGE, language.code()),
        (header::CACHE_CONTROL, "max-age=86400"),
    ];
    Ok((headers, text.to_owned()).into_response())
}
