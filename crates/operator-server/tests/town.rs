//! A sample city whose operator runs on a clock that stands still, and a browser without cookies
//! of its own.

use std::{path::Path, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use operator_protocol::{key::JwkSet, problem::Problem};
use operator_server::{Operator, Pace, Pilot, RunningOperator, Settings, StandingClock};
use reqwest::{Client, Method, RequestBuilder, Response, redirect::Policy};
use serde_json::Value;

pub(crate) const AINO: &str = "urn:mdc:surrogate:aino";
pub(crate) const EERO: &str = "urn:mdc:surrogate:eero";
pub(crate) const JOHAN: &str = "urn:mdc:surrogate:johan";
pub(crate) const START: &str = "2026-11-22T08:00:00Z";

pub(crate) struct Town {
    pub(crate) operator: RunningOperator,
    pub(crate) clock: Arc<StandingClock>,
    pub(crate) http: Client,
}

impl Town {
    pub(crate) async fn open() -> Self {
        Self::with(settings(None)).await
    }

    pub(crate) async fn open_in(folder: &Path) -> Self {
        Self::with(settings(Some(folder))).await
    }

    pub(crate) async fn with(settings: Settings) -> Self {
        let clock = Arc::new(StandingClock::at(START.parse().unwrap()));
        let operator = Operator::start(settings, clock.clone()).await.unwrap();
        Self {
            operator,
            clock,
            http: browser(),
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.operator.base_url())
    }

    pub(crate) fn pilot(&self) -> Pilot {
        self.operator.pilot()
    }

    pub(crate) fn now(&self) -> Timestamp {
        operator_server::Clock::now(self.clock.as_ref())
    }

    /// Lets time pass, and the city do what is due by then.
    pub(crate) fn pass(&self, time: SignedDuration) {
        self.clock.advance(time);
        self.pilot().tick().unwrap();
    }

    pub(crate) fn call(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, self.url(path))
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.call(Method::GET, path).send().await.unwrap()
    }

    pub(crate) async fn json(&self, path: &str) -> Value {
        let response = self.get(path).await;
        assert_eq!(response.status(), 200, "{path}");
        response.json().await.unwrap()
    }

    pub(crate) async fn keys(&self) -> JwkSet {
        serde_json::from_value(self.json("/.well-known/jwks.json").await).unwrap()
    }
}

pub(crate) fn settings(folder: Option<&Path>) -> Settings {
    Settings {
        pace: Pace::ByHand,
        long_poll: Duration::from_secs(20),
        ..Settings::embedded(folder.map(Path::to_owned))
    }
}

pub(crate) fn browser() -> Client {
    // Fails only if another test of this process has done it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .build()
        .unwrap()
}

/// Returns the status of a refusal and the last part of the name of its kind.
pub(crate) async fn refusal(response: Response) -> (u16, String) {
    let status = response.status().as_u16();
    let media_type = response.headers()["content-type"].to_str().unwrap();
    assert_eq!(media_type, "application/problem+json");
    let problem: Problem = response.json().await.unwrap();
    assert_eq!(problem.status, Some(status));
    let kind = problem.kind.rsplit('/').next().unwrap().to_owned();
    (status, kind)
}

/// Returns the parameters of the address that a response redirects to.
pub(crate) fn redirected(response: &Response) -> std::collections::BTreeMap<String, String> {
    assert_eq!(response.status(), 303);
    let location = response.headers()["location"].to_str().unwrap();
    let url: url::Url = location.parse().unwrap();
    url.query_pairs().into_owned().collect()
}
