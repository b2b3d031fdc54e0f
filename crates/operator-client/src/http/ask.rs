//! What is asked: a request before it has been sent.

use std::time::Duration;

use operator_protocol::api::IDEMPOTENCY_KEY;
use pii::Secret;
use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, IF_NONE_MATCH,
};
use reqwest::{Client, Method, Request, RequestBuilder};
use url::Url;

/// What shows the operator that we may ask: today a bearer token in the header (RFC 6750 §2.1).
///
/// Every request in the person's name passes through [`Authorization::decorate`]. A scheme that
/// proves more than possession needs no other place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Authorization<'a>(&'a Secret<String>);

impl<'a> Authorization<'a> {
    /// Authorises with an access token.
    pub(crate) const fn bearer(token: &'a Secret<String>) -> Self {
        Self(token)
    }

    /// Adds what the operator wants to see to a request.
    fn decorate(self, request: RequestBuilder) -> RequestBuilder {
        match HeaderValue::from_str(&format!("Bearer {}", self.0.reveal())) {
            Ok(mut value) => {
                // Keeps the token out of what HTTP libraries log at their lowest levels.
                value.set_sensitive(true);
                request.header(AUTHORIZATION, value)
            }
            Err(_) => request,
        }
    }
}

/// One request, and whose answer it takes.
#[derive(Clone, Debug)]
pub(crate) struct Ask<'a> {
    pub(super) method: Method,
    pub(super) url: Url,
    /// Only an address of this server is asked, and only there does a redirect lead.
    pub(super) home: &'a Url,
    pub(super) follows_redirects: bool,
    /// How much longer than usual the operator may hold its answer back.
    pub(super) patience: Duration,
    authorization: Option<Authorization<'a>>,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl<'a> Ask<'a> {
    /// Asks for what is at `url`, a server of `home`.
    pub(crate) fn get(url: Url, home: &'a Url) -> Self {
        Self {
            method: Method::GET,
            url,
            home,
            follows_redirects: true,
            patience: Duration::ZERO,
            authorization: None,
            headers: HeaderMap::new(),
            body: Vec::new(),
        }
    }

    /// Sends `body` to `url`. Such a request is never redirected.
    pub(crate) fn send(
        method: Method,
        url: Url,
        home: &'a Url,
        content_type: &'static str,
        body: Vec<u8>,
    ) -> Self {
        let mut ask = Self::get(url, home);
        ask.method = method;
        ask.body = body;
        ask.with(CONTENT_TYPE, HeaderValue::from_static(content_type))
    }

    pub(crate) fn authorized(mut self, authorization: Option<Authorization<'a>>) -> Self {
        self.authorization = authorization;
        self
    }

    /// Makes a repeated write count once.
    pub(crate) fn once(self, key: &str) -> Self {
        let name = HeaderName::from_bytes(IDEMPOTENCY_KEY.as_bytes());
        match (name, HeaderValue::from_str(key)) {
            (Ok(name), Ok(key)) => self.with(name, key),
            (Ok(_) | Err(_), _) => self,
        }
    }

    pub(crate) fn unless(self, etag: Option<&str>) -> Self {
        match etag.and_then(|etag| HeaderValue::from_str(etag).ok()) {
            Some(etag) => self.with(IF_NONE_MATCH, etag),
            None => self,
        }
    }

    pub(crate) fn accept(self, media_type: &'static str) -> Self {
        self.with(ACCEPT, HeaderValue::from_static(media_type))
    }

    pub(crate) fn patient(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    pub(crate) fn without_redirects(mut self) -> Self {
        self.follows_redirects = false;
        self
    }

    pub(crate) fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.headers.extend(headers);
        self
    }

    fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    pub(super) fn build(&self, client: &Client, url: Url) -> reqwest::Result<Request> {
        let mut request = client
            .request(self.method.clone(), url)
            .headers(self.headers.clone());
        if self.method != Method::GET {
            request = request.body(self.body.clone());
        }
        if let Some(authorization) = self.authorization {
            request = authorization.decorate(request);
        }
        request.build()
    }
}
