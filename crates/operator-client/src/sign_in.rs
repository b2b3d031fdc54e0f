//! Signing in at an operator, in the person's own browser (RFC 8252).
//!
//! The browser comes back to a listener on a loopback address (§7.3) that is there for one sign-in,
//! takes one answer, and is gone. An answer counts only with the state that we drew, and from the
//! server that we asked (RFC 9207). No password and no page of the operator passes through here.

mod loopback;
mod page;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use consent::Language;
use oauth2::{
    AuthorizationCode, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
};
use operator_protocol::discovery::AuthorizationServerMetadata;
use operator_sync::{Discovered, Failure, Tokens};
use tokio::sync::Notify;
use url::Url;

use crate::http::{Ask, Http, address};
use crate::oauth;
use loopback::{Expected, Loopback};

/// How long the person has in the browser.
const PATIENCE: Duration = Duration::from_secs(10 * 60);
/// What the app asks for, as far as the operator has it.
const SCOPES: [&str; 5] = [
    "openid",
    "vault:consents",
    "vault:data",
    "vault:events",
    "vault:rights",
];

/// Why a person was not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The person gave up, here in the app.
    #[error("the sign-in was cancelled")]
    Cancelled,
    /// The browser did not come back in time.
    #[error("the sign-in took too long")]
    TimedOut,
    /// The person, or the operator, said no in the browser.
    #[error("the sign-in was denied")]
    Denied,
    /// The answer is from another server than the one that was asked.
    #[error("another server answered the sign-in")]
    WrongIssuer,
    /// This computer gave us no address to come back to.
    #[error("no loopback address could be had")]
    NoListener(#[source] std::io::Error),
    /// The sign-in server could not be asked, or did not give tokens.
    #[error("the sign-in server gave no access")]
    NoAccess(#[source] Failure),
}

/// One sign-in under way.
#[derive(Debug)]
pub struct SignIn {
    loopback: Loopback,
    expected: Expected,
    verifier: PkceCodeVerifier,
    server: AuthorizationServerMetadata,
    patience: Duration,
    cancelled: Arc<Notify>,
}

/// Ends a sign-in from elsewhere.
#[derive(Clone, Debug)]
pub struct Canceller(Arc<Notify>);

impl Canceller {
    /// Ends the sign-in with [`SignInError::Cancelled`].
    pub fn cancel(&self) {
        self.0.notify_one();
    }
}

impl SignIn {
    /// Starts listening, and returns the address to open in the person's browser.
    ///
    /// `acr_values` says how surely the operator is to identify the person.
    ///
    /// # Errors
    ///
    /// Fails if this computer gives us no loopback address.
    pub async fn begin(
        discovered: &Discovered,
        language: Language,
        acr_values: Option<&str>,
    ) -> Result<(Self, Url), SignInError> {
        let loopback = Loopback::bind().await.map_err(SignInError::NoListener)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let supported = &discovered.resource.scopes_supported;
        let scopes = SCOPES
            .into_iter()
            .filter(|scope| supported.iter().any(|known| known == scope))
            .map(|scope| Scope::new(scope.to_owned()));
        let client = oauth::client(&discovered.server)
            .set_redirect_uri(RedirectUrl::from_url(loopback.redirect().clone()));
        let mut request = client
            .authorize_url(CsrfToken::new_random)
            .set_pkce_challenge(challenge)
            .add_scopes(scopes)
            .add_extra_param("ui_locales", language.code());
        if let Some(acr_values) = acr_values {
            request = request.add_extra_param("acr_values", acr_values.to_owned());
        }
        let (url, state) = request.url();
        let sign_in = Self {
            loopback,
            expected: Expected {
                state,
                issuer: discovered.server.issuer.clone(),
                language,
            },
            verifier,
            server: discovered.server.clone(),
            patience: PATIENCE,
            cancelled: Arc::default(),
        };
        Ok((sign_in, url))
    }

    /// Returns what ends this sign-in from elsewhere.
    pub fn canceller(&self) -> Canceller {
        Canceller(Arc::clone(&self.cancelled))
    }

    /// Waits for the browser to come back, and exchanges what it brings for tokens.
    ///
    /// Dropping the future closes the listener too.
    ///
    /// # Errors
    ///
    /// Fails if the person cancels, denies or takes too long, and if the answer is not from the
    /// server that was asked or buys no tokens.
    #[tracing::instrument(skip_all, err(level = "debug"))]
    pub async fn finish(self, http: &Http) -> Result<Tokens, SignInError> {
        self.finish_with(http, std::future::pending()).await
    }

    /// Signs in without a browser, where the operator lets anyone in by a name: at the embedded
    /// sample city. `url` is what [`SignIn::begin`] gave.
    ///
    /// # Errors
    ///
    /// As [`SignIn::finish`]; and if the operator wants to show a page after all.
    #[tracing::instrument(skip_all, err(level = "debug"))]
    pub async fn follow(
        self,
        http: &Http,
        url: &Url,
        login_hint: &str,
    ) -> Result<Tokens, SignInError> {
        let url = address::with_query(url, "prompt", "none");
        let url = address::with_query(&url, "login_hint", login_hint);
        let redirect = self.loopback.redirect().clone();
        let home = self.server.token_endpoint.clone();
        let knock = async {
            let ask = Ask::get(url, &home).without_redirects();
            let location = http.ask(&ask).await?.location;
            let back = location
                .and_then(|location| location.parse::<Url>().ok())
                .filter(|url| address::is_same_origin(url, &redirect))
                .ok_or(Failure::NotUnderstood {
                    what: "a sign-in without a page",
                })?;
            http.ask(&Ask::get(back, &redirect)).await?;
            Ok(())
        };
        self.finish_with(http, knock).await
    }

    /// Waits for the browser while `knock` does its part; `knock` ends it only by failing.
    async fn finish_with(
        self,
        http: &Http,
        knock: impl Future<Output = Result<(), Failure>>,
    ) -> Result<Tokens, SignInError> {
        let redirect = self.loopback.redirect().clone();
        let knocked = async {
            match knock.await {
                Ok(()) => std::future::pending().await,
                Err(failure) => failure,
            }
        };
        let code: AuthorizationCode = tokio::select! {
            // What came back counts even if the person cancels in the same moment.
            biased;
            answer = self.loopback.answer(self.expected) => answer?,
            failure = knocked => return Err(SignInError::NoAccess(failure)),
            () = self.cancelled.notified() => return Err(SignInError::Cancelled),
            () = tokio::time::sleep(self.patience) => return Err(SignInError::TimedOut),
        };
        oauth::exchange(http, &self.server, code, self.verifier, redirect)
            .await
            .map_err(SignInError::NoAccess)
    }
}
