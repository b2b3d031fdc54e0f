//! Which address leads where.

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::from_fn_with_state,
    routing::{delete, get, post, put},
};
use operator_protocol::{
    discovery::{AUTHORIZATION_PATH, RESOURCE_PATH},
    event_stream::CONFIGURATION_PATH,
};

use crate::{
    api::{
        access_log, catalogue, consents, devices, discovery, events, offers, receipts, records,
        requests, snapshots, statements,
    },
    oauth::{answer, authorize, token},
    operator::Operator,
    serve,
};

/// Builds the operator's interface.
pub(crate) fn router(operator: Arc<Operator>) -> Router {
    Router::new()
        .merge(open())
        .merge(for_people())
        .layer(from_fn_with_state(Arc::clone(&operator), serve::guard))
        .layer(DefaultBodyLimit::max(serve::MAX_BODY_BYTES))
        .with_state(operator)
}

/// What anybody may ask for: the same for everybody, or signing in.
fn open() -> Router<Arc<Operator>> {
    Router::new()
        .route(RESOURCE_PATH, get(discovery::resource))
        .route(AUTHORIZATION_PATH, get(discovery::authorization_server))
        .route("/.well-known/jwks.json", get(discovery::keys))
        .route(CONFIGURATION_PATH, get(discovery::transmitter))
        .route("/authorize", get(authorize::show).post(answer::take))
        .route("/sign-in.css", get(authorize::style))
        .route("/token", post(token::exchange))
        .route("/revoke", post(token::revoke))
        .route("/v1/services", get(catalogue::services))
        .route("/v1/services/{slug}", get(catalogue::service))
        .route("/v1/sources", get(catalogue::sources))
        .route(
            "/v1/sources/{slug}/schema/{version}",
            get(catalogue::schema),
        )
        .route("/v1/notices/{slug}/{version}", get(catalogue::notice))
        .route("/v1/offers", get(offers::list))
}

/// What only a person may ask for, with an access token: each handler takes the caller.
fn for_people() -> Router<Arc<Operator>> {
    Router::new()
        .route("/v1/devices/challenge", post(devices::challenge))
        .route("/v1/devices", post(devices::enrol))
        .route("/v1/devices/{kid}", delete(devices::revoke))
        .route("/v1/delegations", get(devices::delegations))
        .route("/v1/sources/{slug}/snapshot", get(snapshots::snapshot))
        .route(
            "/v1/requests",
            get(requests::list).post(requests::accept_offer),
        )
        .route("/v1/requests/{id}", get(requests::find))
        .route("/v1/consents", get(consents::list))
        .route("/v1/consents/{id}", put(records::put))
        .route("/v1/consent-status", post(statements::take))
        .route("/v1/receipts/{id}", get(receipts::find))
        .route("/v1/access-log", get(access_log::list))
        .route("/v1/streams", post(events::create))
        .route("/v1/streams/{id}/poll", post(events::poll))
}
