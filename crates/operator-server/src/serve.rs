//! The sockets: who may connect how often, how long a header may take, and a soft end.

use std::{convert::Infallible, io, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use hyper::{
    body::Incoming,
    server::conn::http1,
    service::{Service, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
    service::TowerToHyperService,
};
use operator_protocol::problem::{MEDIA_TYPE, Problem};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
};

use crate::{operator::Operator, refusal::Refusal};

/// The most bytes of a body (announced in discovery).
pub(crate) const MAX_BODY_BYTES: usize = 1024 * 1024;
/// The most connections at a time.
const MAX_CONNECTIONS: usize = 256;
/// The most headers of a call, and the most bytes of them.
const MAX_HEADERS: usize = 64;
const MAX_HEADER_BYTES: usize = 32 * 1024;
/// How long a call's header may take.
const HEADER_PATIENCE: Duration = Duration::from_secs(10);
/// How long a call may take, a poll that waits included.
const CALL_PATIENCE: Duration = Duration::from_secs(65);
/// How long calls under way are waited for when stopping.
const FAREWELL: Duration = Duration::from_secs(5);

/// Serves until `stop` changes, then lets the calls under way end.
pub(crate) async fn serve(
    listener: TcpListener,
    app: Router,
    operator: Arc<Operator>,
    mut stop: watch::Receiver<bool>,
) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            _ = stop.changed() => break,
        };
        match accepted {
            Ok((stream, place)) => {
                let watcher = graceful.watcher();
                let (app, operator) = (app.clone(), Arc::clone(&operator));
                tokio::spawn(async move {
                    let _place = place;
                    converse(stream, app, operator, watcher).await;
                });
            }
            Err(error) => {
                tracing::warn!(%error, "A connection could not be taken");
                // As when there are no file descriptors left: give them time to come back.
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(FAREWELL, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("Some calls were cut off");
    }
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> io::Result<(TcpStream, OwnedSemaphorePermit)> {
    let place = Arc::clone(places)
        .acquire_owned()
        .await
        .map_err(io::Error::other)?;
    let (stream, _) = listener.accept().await?;
    Ok((stream, place))
}

async fn converse(stream: TcpStream, app: Router, operator: Arc<Operator>, watcher: Watcher) {
    let service = service_fn(move |call: hyper::Request<Incoming>| {
        let (app, operator) = (app.clone(), Arc::clone(&operator));
        async move {
            // A test's way to an operator that cannot be reached.
            if operator.staging.is_offline() {
                return Err(io::Error::from(io::ErrorKind::ConnectionAborted));
            }
            let answer = TowerToHyperService::new(app).call(call.map(Body::new));
            answer.await.map_err(|never: Infallible| match never {})
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_PATIENCE)
        .max_headers(MAX_HEADERS)
        .max_buf_size(MAX_HEADER_BYTES)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "A connection ended early");
    }
}

/// Looks at every call before its handler does, and at every answer after.
pub(crate) async fn guard(
    State(operator): State<Arc<Operator>>,
    call: Request,
    next: Next,
) -> Response {
    // A page elsewhere that had its own name point to this machine would come with that name.
    let is_for_us = call
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .is_some_and(|host| operator.hosts.iter().any(|ours| ours == host));
    let answer = if !is_for_us {
        Refusal::Misdirected.into_response()
    } else if let Some(status) = operator.staging.next_failure() {
        Refusal::Staged(status).into_response()
    } else {
        tokio::time::timeout(CALL_PATIENCE, next.run(call))
            .await
            .unwrap_or_else(|_| Refusal::TimedOut.into_response())
    };
    finish(answer)
}

/// Makes a problem of every bare error, and adds the headers that every answer has.
fn finish(answer: Response) -> Response {
    let status = answer.status();
    let is_bare = (status.is_client_error() || status.is_server_error())
        && answer
            .headers()
            .get(header::CONTENT_TYPE)
            .is_none_or(|media| media.as_bytes().starts_with(b"text/plain"));
    let mut answer = if is_bare { problem(status) } else { answer };
    let headers = answer.headers_mut();
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    answer
}

fn problem(status: StatusCode) -> Response {
    let problem = Problem {
        kind: "about:blank".to_owned(),
        title: status.canonical_reason().unwrap_or_default().to_owned(),
        status: Some(status.as_u16()),
        detail: None,
        head: None,
    };
    let body = serde_json::to_string(&problem).unwrap_or_default();
    (status, [(header::CONTENT_TYPE, MEDIA_TYPE)], body).into_response()
}
