//! The answer to the sign-in page: a resident was picked, or the person cancelled.
//!
//! The page's token and the browser's cookie belong together, so that a page cannot be answered
//! from another browser or from another site's form.

use std::sync::Arc;

use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use pii::Secret;
use rusqlite::Transaction;
use serde::Deserialize;

use super::{
    authorize::grant_code,
    page::{self, Fault},
    redirect::RedirectUri,
};
use crate::{
    draw,
    operator::{Operator, work},
    refusal::Refusal,
    store::sign_ins,
};

/// The cookie that ties a sign-in page to the browser that opened it.
const COOKIE: &str = "lokero_sign_in";

/// What the page's form sends.
#[derive(Debug, Deserialize)]
pub(crate) struct SignInForm {
    sign_in: Secret<String>,
    #[serde(default)]
    resident: String,
    #[serde(default)]
    action: String,
    #[serde(default)]
    lang: String,
}

/// Takes the form: signs the resident in, or goes back without.
pub(crate) async fn take(
    State(operator): State<Arc<Operator>>,
    headers: HeaderMap,
    form: Result<Form<SignInForm>, FormRejection>,
) -> Response {
    let Ok(Form(form)) = form else {
        return page::fault(page::language(None, &headers), Fault::BadRequest);
    };
    let language = page::language(Some(&form.lang), &headers);
    if is_cross_site(&headers) {
        return page::fault(language, Fault::Expired);
    }
    let Some(cookie) = read_cookie(&headers) else {
        return page::fault(language, Fault::Expired);
    };
    let done = work(&operator, move |operator, now| {
        operator
            .store
            .write(|tx| form.finish(operator, tx, &cookie, now))
    });
    match done.await {
        Err(refusal) => refusal.into_response(),
        Ok(None) => page::fault(language, Fault::Expired),
        Ok(Some(done)) => {
            let issuer = operator.issuer.as_str();
            let pair = match &done.code {
                Some(code) => ("code", code.reveal().as_str()),
                None => ("error", "access_denied"),
            };
            let mut response = done
                .redirect
                .respond(&[pair], done.state.as_deref(), issuer)
                .unwrap_or_else(IntoResponse::into_response);
            if let Ok(gone) = set_cookie("", 0).parse() {
                response.headers_mut().insert(header::SET_COOKIE, gone);
            }
            response
        }
    }
}

/// A sign-in that is over.
struct Done {
    redirect: RedirectUri,
    state: Option<String>,
    code: Option<Secret<String>>,
}

impl SignInForm {
    fn finish(
        &self,
        operator: &Operator,
        tx: &Transaction<'_>,
        cookie: &Secret<String>,
        now: Timestamp,
    ) -> Result<Option<Done>, Refusal> {
        let Some(sign_in) = sign_ins::take(tx, &draw::hash(self.sign_in.reveal()))? else {
            return Ok(None);
        };
        let is_same_browser = sign_in.cookie_hash == draw::hash(cookie.reveal());
        let Some(redirect) = RedirectUri::parse(&sign_in.redirect_uri) else {
            return Ok(None);
        };
        if !is_same_browser || now >= sign_in.expires_at {
            return Ok(None);
        }
        let resident = operator.find_resident(&self.resident);
        let code = match resident {
            Some(person) if self.action == "continue" => {
                Some(grant_code(tx, &sign_in, person, now)?)
            }
            Some(_) | None => None,
        };
        Ok(Some(Done {
            redirect,
            state: sign_in.state,
            code,
        }))
    }
}

/// Returns the cookie for a page that stays good for `seconds`.
pub(super) fn set_cookie(value: &str, seconds: i64) -> String {
    format!("{COOKIE}={value}; HttpOnly; SameSite=Strict; Path=/authorize; Max-Age={seconds}")
}

fn read_cookie(headers: &HeaderMap) -> Option<Secret<String>> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, value)| Secret::new(value.to_owned()))
}

/// Returns whether a browser says that another site sent the form (Fetch Metadata).
fn is_cross_site(headers: &HeaderMap) -> bool {
    headers
        .get("sec-fetch-site")
        .is_some_and(|site| site != "same-origin")
}
