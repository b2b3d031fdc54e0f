//! One bounded fetch: the only place where bytes from the network come in.
//!
//! Whatever is at the other end, an answer costs at most [`Limits`] in time and memory, comes
//! from the address that was asked, and is of the kind that was asked for. TLS is 1.2 at least,
//! there is no switch for bad certificates, and plain HTTP goes to loopback addresses only.

pub(crate) mod address;
mod ask;
mod read;
mod response;
#[cfg(test)]
mod tests;

use std::error::Error;
use std::time::Duration;

use operator_sync::Failure;
use reqwest::{Client, ClientBuilder, Method, redirect, tls};
use rustls::crypto::ring;

pub(crate) use ask::{Ask, Authorization};
pub(crate) use response::{Kind, Response};

/// How much an operator may cost us. The defaults are the product's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long connecting may take.
    pub connect: Duration,
    /// How long the head of an answer may take, once connected.
    pub head: Duration,
    /// How long the body may take, once the head is here.
    pub body: Duration,
    /// How long a body may fall short of the least rate.
    pub grace: Duration,
    /// How many bytes of a body must come in each second.
    pub least_rate: u32,
    /// How many bytes a body may have, decompressed.
    pub most_bytes: usize,
    /// How many redirects are followed.
    pub redirects: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            head: Duration::from_secs(10),
            body: Duration::from_secs(60),
            grace: Duration::from_secs(10),
            least_rate: 1024,
            most_bytes: operator_protocol::limits::MAX_PAGE_BYTES,
            redirects: 3,
        }
    }
}

/// Fetches from operators, within limits. Cloning shares the connections.
#[derive(Clone, Debug)]
pub struct Http {
    client: Client,
    limits: Limits,
}

/// The network cannot be used at all, as when the system's TLS set-up is broken.
#[derive(Debug, thiserror::Error)]
#[error("cannot set up the network client")]
pub struct HttpError(#[source] reqwest::Error);

impl Http {
    /// Sets up a client that trusts what the system trusts.
    ///
    /// On a system without any trusted certificates only loopback addresses can be reached.
    ///
    /// # Errors
    ///
    /// Fails if TLS cannot be set up.
    pub fn new(limits: Limits) -> Result<Self, HttpError> {
        let client = builder(limits)
            .build()
            .or_else(|_| builder(limits).tls_certs_only([]).build())
            .map_err(HttpError)?;
        Ok(Self { client, limits })
    }

    #[cfg(test)]
    pub(crate) fn trusting(limits: Limits, root: reqwest::Certificate) -> Self {
        let client = builder(limits).tls_certs_only([root]).build().unwrap();
        Self { client, limits }
    }

    /// Asks once, and again where a redirect leads, and returns whatever status comes.
    pub(crate) async fn ask(&self, ask: &Ask<'_>) -> Result<Response, Failure> {
        let mut url = ask.url.clone();
        for _ in 0..=self.limits.redirects {
            if !address::is_permitted(&url) || !address::is_same_origin(&url, ask.home) {
                return Err(Failure::ForeignAddress);
            }
            let answer = self.send(ask, url.clone()).await?;
            let Some(location) = response::redirect_of(&answer) else {
                return read::response(answer, &self.limits).await;
            };
            if ask.method != Method::GET || !ask.follows_redirects {
                return Ok(Response::redirect(answer.status(), location));
            }
            url = url.join(&location).map_err(|_| Failure::NotUnderstood {
                what: "the address of a redirect",
            })?;
        }
        Err(Failure::NotUnderstood {
            what: "redirects without an end",
        })
    }

    async fn send(&self, ask: &Ask<'_>, url: url::Url) -> Result<reqwest::Response, Failure> {
        let request = ask.build(&self.client, url).map_err(|_| not_made())?;
        let patience = self
            .limits
            .connect
            .saturating_add(self.limits.head)
            .saturating_add(ask.patience);
        match tokio::time::timeout(patience, self.client.execute(request)).await {
            Err(_) => Err(Failure::TimedOut),
            Ok(Err(error)) => Err(failure_of(&error)),
            Ok(Ok(answer)) => Ok(answer),
        }
    }
}

fn builder(limits: Limits) -> ClientBuilder {
    // It fails only if a provider is installed already, by another client of this process.
    let _ = ring::default_provider().install_default();
    Client::builder()
        .user_agent(concat!("lokero/", env!("CARGO_PKG_VERSION")))
        .min_tls_version(tls::Version::TLS_1_2)
        .redirect(redirect::Policy::none())
        .connect_timeout(limits.connect)
        .referer(false)
        .no_proxy()
}

fn not_made() -> Failure {
    Failure::NotUnderstood {
        what: "what was to be asked",
    }
}

/// Turns reqwest's error into ours. Its text names the URL, so none of it is kept.
fn failure_of(error: &reqwest::Error) -> Failure {
    if error.is_timeout() {
        return Failure::TimedOut;
    }
    if is_about_trust(error) {
        return Failure::Untrusted;
    }
    if error.is_connect() || error.is_request() {
        return Failure::Offline;
    }
    Failure::NotUnderstood {
        what: "a body cut short or garbled",
    }
}

fn is_about_trust(error: &(dyn Error + 'static)) -> bool {
    if error.is::<rustls::Error>() {
        return true;
    }
    // An `io::Error` hides what it wraps from `source`.
    if let Some(wrapped) = error
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref)
        && is_about_trust(wrapped)
    {
        return true;
    }
    error.source().is_some_and(is_about_trust)
}
