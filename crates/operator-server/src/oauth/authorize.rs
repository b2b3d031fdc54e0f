//! The authorisation endpoint: a page on which somebody picks a sample resident.

use std::sync::Arc;

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use consent::{Language, PersonId};
use jiff::Timestamp;
use pii::Secret;
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};

use super::{
    CLIENT_ID, CODE_LIFE, PAGE_LIFE, SCOPES,
    answer::set_cookie,
    page::{self, Fault},
    redirect::RedirectUri,
};
use crate::{
    draw,
    operator::{Operator, work},
    refusal::Refusal,
    store::{
        grants::{self, Code, Grant},
        sign_ins::{self, SignIn},
    },
};

/// The longest `state` that is carried along.
const MAX_STATE: usize = 1024;

/// What a client asks the endpoint (RFC 6749 §4.1.1, RFC 7636 §4.3, OpenID Connect §3.1.2.1).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct AuthorizeQuery {
    #[serde(default)]
    response_type: String,
    #[serde(default)]
    client_id: String,
    #[serde(default)]
    redirect_uri: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(default)]
    code_challenge: String,
    #[serde(default)]
    code_challenge_method: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    prompt: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    login_hint: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) ui_locales: Option<String>,
}

/// Shows the page, or answers at once in a sandbox.
pub(crate) async fn show(
    State(operator): State<Arc<Operator>>,
    headers: HeaderMap,
    query: Result<Query<AuthorizeQuery>, QueryRejection>,
) -> Response {
    let Ok(Query(query)) = query else {
        return page::fault(page::language(None, &headers), Fault::BadRequest);
    };
    let language = page::language(query.ui_locales.as_deref(), &headers);
    // Before these two hold, nothing may be redirected anywhere (RFC 6749 §4.1.2.1).
    let Some(redirect) = RedirectUri::parse(&query.redirect_uri) else {
        return page::fault(language, Fault::BadRedirect);
    };
    if query.client_id != CLIENT_ID {
        return page::fault(language, Fault::UnknownClient);
    }
    let outcome = match query.check() {
        Err(error) => Outcome::Back(error),
        Ok(scope) => {
            let open = query.clone();
            let redirect = redirect.clone();
            match work(&operator, move |operator, now| {
                open.begin(operator, &redirect, scope, now)
            })
            .await
            {
                Ok(outcome) => outcome,
                Err(refusal) => return refusal.into_response(),
            }
        }
    };
    let issuer = operator.issuer.as_str();
    let state = query.state.as_deref();
    match outcome {
        Outcome::Back(error) => redirect.respond(&[("error", error)], state, issuer),
        Outcome::SignedIn(code) => redirect.respond(&[("code", code.reveal())], state, issuer),
        Outcome::Ask { token, cookie } => Ok(page::sign_in(
            &operator,
            language,
            &query,
            &redirect,
            token.reveal(),
            &set_cookie(cookie.reveal(), PAGE_LIFE.as_secs()),
        )),
    }
    .unwrap_or_else(IntoResponse::into_response)
}

/// What becomes of a request that may be answered.
enum Outcome {
    /// Back to the client with an error of RFC 6749 §4.1.2.1 or OpenID Connect §3.1.2.6.
    Back(&'static str),
    /// Back to the client with a code.
    SignedIn(Secret<String>),
    /// A page is shown.
    Ask {
        token: Secret<String>,
        cookie: Secret<String>,
    },
}

impl AuthorizeQuery {
    /// Returns the scope that would be granted, or the error for the client.
    fn check(&self) -> Result<String, &'static str> {
        if self.response_type != "code" {
            return Err("unsupported_response_type");
        }
        let is_challenge = self.code_challenge.len() == 43
            && self
                .code_challenge
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        let is_short = self
            .state
            .as_ref()
            .is_none_or(|state| state.len() <= MAX_STATE);
        if self.code_challenge_method != "S256" || !is_challenge || !is_short {
            return Err("invalid_request");
        }
        let Some(wanted) = &self.scope else {
            return Ok(SCOPES.join(" "));
        };
        let granted: Vec<&str> = SCOPES
            .into_iter()
            .filter(|scope| wanted.split(' ').any(|wanted| wanted == *scope))
            .collect();
        if granted.is_empty() {
            return Err("invalid_scope");
        }
        Ok(granted.join(" "))
    }

    fn begin(
        &self,
        operator: &Operator,
        redirect: &RedirectUri,
        scope: String,
        now: Timestamp,
    ) -> Result<Outcome, Refusal> {
        let sign_in = SignIn {
            cookie_hash: Vec::new(),
            redirect_uri: redirect.as_str().to_owned(),
            state: self.state.clone(),
            code_challenge: self.code_challenge.clone(),
            scope,
            expires_at: now.saturating_add(PAGE_LIFE).unwrap_or(now),
        };
        if self.prompt.as_deref() == Some("none") {
            let resident = self
                .login_hint
                .as_deref()
                .filter(|_| operator.is_sandbox)
                .and_then(|hint| operator.find_resident(hint));
            return match resident {
                None => Ok(Outcome::Back("login_required")),
                Some(person) => operator
                    .store
                    .write(|tx| grant_code(tx, &sign_in, person, now))
                    .map(Outcome::SignedIn),
            };
        }
        let (token, cookie) = (draw::token()?, draw::token()?);
        let sign_in = SignIn {
            cookie_hash: draw::hash(cookie.reveal()),
            ..sign_in
        };
        operator
            .store
            .write(|tx| sign_ins::insert(tx, &draw::hash(token.reveal()), &sign_in))?;
        Ok(Outcome::Ask { token, cookie })
    }
}

/// Draws the code that leads to a grant for `person`.
pub(super) fn grant_code(
    tx: &Transaction<'_>,
    sign_in: &SignIn,
    person: PersonId,
    now: Timestamp,
) -> Result<Secret<String>, Refusal> {
    let grant = Grant {
        id: draw::id(now)?.to_string(),
        person,
        scope: sign_in.scope.clone(),
        signed_in_at: now,
        device_kid: None,
        is_revoked: false,
    };
    grants::insert(tx, &grant)?;
    let code = draw::token()?;
    grants::insert_code(
        tx,
        &draw::hash(code.reveal()),
        &Code {
            grant_id: grant.id,
            redirect_uri: sign_in.redirect_uri.clone(),
            code_challenge: sign_in.code_challenge.clone(),
            expires_at: now.saturating_add(CODE_LIFE).unwrap_or(now),
            is_used: false,
        },
    )?;
    tracing::info!("Somebody signed in");
    Ok(code)
}

impl Operator {
    /// Returns the sample resident with this surrogate who can sign in.
    pub(crate) fn find_resident(&self, surrogate: &str) -> Option<PersonId> {
        let mut people = self.city.residents.iter().map(|resident| &resident.id);
        people.find(|person| person.as_str() == surrogate).cloned()
    }
}

/// Serves the page's stylesheet.
pub(crate) async fn style() -> Response {
    (
        StatusCode::OK,
        [
            (header::CONTENT_TYPE, "text/css; charset=utf-8"),
            (header::CACHE_CONTROL, "max-age=3600"),
        ],
        super::STYLE,
    )
        .into_response()
}

/// Returns the address of the same page in another language.
pub(super) fn in_language(query: &AuthorizeQuery, language: Language) -> String {
    let query = AuthorizeQuery {
        ui_locales: Some(language.code().to_owned()),
        ..query.clone()
    };
    // What is left out would be sent as empty, which means the same.
    let pairs = [
        ("response_type", Some(query.response_type.as_str())),
        ("client_id", Some(query.client_id.as_str())),
        ("redirect_uri", Some(query.redirect_uri.as_str())),
        ("state", query.state.as_deref()),
        ("scope", query.scope.as_deref()),
        ("code_challenge", Some(query.code_challenge.as_str())),
        (
            "code_challenge_method",
            Some(query.code_challenge_method.as_str()),
        ),
        ("ui_locales", query.ui_locales.as_deref()),
    ];
    let pairs = pairs
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    format!("/authorize?{query}")
}
