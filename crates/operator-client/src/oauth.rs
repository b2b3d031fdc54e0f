//! OAuth 2.0 at the operator's sign-in server: a public client with PKCE (RFC 7636).
//!
//! The `oauth2` crate knows the grammar; every byte goes through our own bounded fetch.

use std::pin::Pin;
use std::time::Duration;

use consent::PersonId;
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
    BasicTokenType,
};
use oauth2::{
    AsyncHttpClient, AuthUrl, AuthorizationCode, ClientId, EndpointNotSet, EndpointSet,
    ExtraTokenFields, HttpRequest, HttpResponse, PkceCodeVerifier, RedirectUrl, RefreshToken,
    RequestTokenError, StandardRevocableToken, StandardTokenResponse, TokenResponse, TokenUrl,
};
use operator_protocol::discovery::AuthorizationServerMetadata;
use operator_protocol::limits;
use operator_sync::{Failure, Refusal, Tokens};
use pii::Secret;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::http::{Ask, Http, Response};

/// The name under which every copy of this app is known to operators.
const CLIENT_ID: &str = "lokero";
const FORM: &str = "application/x-www-form-urlencoded";

/// What this profile adds to a token answer.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Extra {
    acr: Option<String>,
    sub: Option<PersonId>,
}

impl ExtraTokenFields for Extra {}

type Granted = StandardTokenResponse<Extra, BasicTokenType>;

pub(crate) type Client = oauth2::Client<
    BasicErrorResponse,
    Granted,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

pub(crate) fn client(server: &AuthorizationServerMetadata) -> Client {
    oauth2::Client::new(ClientId::new(CLIENT_ID.to_owned()))
        .set_auth_uri(AuthUrl::from_url(server.authorization_endpoint.clone()))
        .set_token_uri(TokenUrl::from_url(server.token_endpoint.clone()))
}

/// Exchanges the code that the browser brought.
pub(crate) async fn exchange(
    http: &Http,
    server: &AuthorizationServerMetadata,
    code: AuthorizationCode,
    verifier: PkceCodeVerifier,
    redirect: Url,
) -> Result<Tokens, Failure> {
    client(server)
        .set_redirect_uri(RedirectUrl::from_url(redirect))
        .exchange_code(code)
        .set_pkce_verifier(verifier)
        .request_async(&Carrier::new(http, server))
        .await
        .map(|granted| tokens(&granted, None))
        .map_err(failure)
}

/// Buys new tokens. The refresh token is spent, unless the server gives none in its place.
pub(crate) async fn refresh(
    http: &Http,
    server: &AuthorizationServerMetadata,
    refresh: &Secret<String>,
) -> Result<Tokens, Failure> {
    client(server)
        .exchange_refresh_token(&RefreshToken::new(refresh.reveal().clone()))
        .request_async(&Carrier::new(http, server))
        .await
        .map(|granted| tokens(&granted, Some(refresh)))
        .map_err(failure)
}

/// Carries the `oauth2` crate's requests through our own fetch. It owns what it needs, so that the
/// futures above can move between threads.
struct Carrier {
    http: Http,
    home: Url,
}

impl Carrier {
    fn new(http: &Http, server: &AuthorizationServerMetadata) -> Self {
        Self {
            http: http.clone(),
            home: server.token_endpoint.clone(),
        }
    }
}

impl<'c> AsyncHttpClient<'c> for Carrier {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Failure>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(carry(&self.http, &self.home, request))
    }
}

async fn carry(http: &Http, home: &Url, request: HttpRequest) -> Result<HttpResponse, Failure> {
    let (parts, body) = request.into_parts();
    let url = parts
        .uri
        .to_string()
        .parse()
        .map_err(|_| Failure::ForeignAddress)?;
    let ask = Ask::send(parts.method, url, home, FORM, body).with_headers(parts.headers);
    let response = http.ask(&ask).await?;
    if response.status.is_server_error() || response.status.is_redirection() {
        response.any_success()?;
        return Err(Failure::NotUnderstood { what: "tokens" });
    }
    limits::parse_value(&response.body, limits::MAX_DOCUMENT_BYTES)
        .map_err(|_| Failure::NotUnderstood { what: "tokens" })?;
    into_oauth(response)
}

fn into_oauth(response: Response) -> Result<HttpResponse, Failure> {
    oauth2::http::Response::builder()
        .status(response.status)
        .header(oauth2::http::header::CONTENT_TYPE, response.content_type)
        .body(response.body)
        .map_err(|_| Failure::NotUnderstood { what: "tokens" })
}

fn tokens(granted: &Granted, spent: Option<&Secret<String>>) -> Tokens {
    let secret = |text: &String| Secret::new(text.clone());
    let extra = granted.extra_fields();
    Tokens {
        access: secret(granted.access_token().secret()),
        refresh: granted
            .refresh_token()
            .map(|token| secret(token.secret()))
            .or_else(|| spent.cloned()),
        expires_in: granted
            .expires_in()
            .map(|time| time.min(Duration::from_secs(24 * 60 * 60))),
        scope: granted.scopes().map(|scopes| {
            let scopes: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
            scopes.join(" ")
        }),
        acr: extra.acr.clone(),
        subject: extra.sub.clone(),
    }
}

fn failure(error: RequestTokenError<Failure, BasicErrorResponse>) -> Failure {
    match error {
        RequestTokenError::Request(failure) => failure,
        RequestTokenError::ServerResponse(_) => Failure::Refused(Refusal {
            status: 400,
            problem: None,
        }),
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            Failure::NotUnderstood { what: "tokens" }
        }
    }
}
