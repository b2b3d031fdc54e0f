//! The token endpoint: a code or a refresh token against new tokens (RFC 6749 §4.1.3 and §6).

use std::sync::Arc;

use axum::{
    Form, Json,
    extract::{State, rejection::FormRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use operator_protocol::api::TokenResponse;
use pii::Secret;
use rusqlite::Transaction;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{ACCESS_LIFE, CLIENT_ID, REFRESH_LIFE};
use crate::{
    draw,
    operator::{Operator, work},
    refusal::Refusal,
    store::grants::{self, Grant, TokenKind},
};

/// What a client sends to the token endpoint.
#[derive(Debug, Deserialize)]
pub(crate) struct TokenForm {
    #[serde(default)]
    grant_type: String,
    #[serde(default)]
    client_id: String,
    code: Option<Secret<String>>,
    #[serde(default)]
    redirect_uri: String,
    code_verifier: Option<Secret<String>>,
    refresh_token: Option<Secret<String>>,
}

/// What a client sends to give tokens back (RFC 7009 §2.1).
#[derive(Debug, Deserialize)]
pub(crate) struct RevocationForm {
    token: Secret<String>,
}

/// An error of RFC 6749 §5.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct TokenError(&'static str);

const INVALID_GRANT: TokenError = TokenError("invalid_grant");

/// Exchanges a code or a refresh token.
pub(crate) async fn exchange(
    State(operator): State<Arc<Operator>>,
    form: Result<Form<TokenForm>, FormRejection>,
) -> Response {
    let Ok(Form(form)) = form else {
        return TokenError("invalid_request").into_response();
    };
    let done = work(&operator, move |operator, now| {
        // Nested, so that ending a grant is committed together with refusing it.
        operator.store.write(|tx| form.exchange(operator, tx, now))
    });
    match done.await {
        Ok(Ok(tokens)) => {
            let no_store = [(header::CACHE_CONTROL, "no-store")];
            (no_store, Json(tokens)).into_response()
        }
        Ok(Err(error)) => error.into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

/// Ends the grant that a token belongs to. The answer never says whether there was one.
pub(crate) async fn revoke(
    State(operator): State<Arc<Operator>>,
    form: Result<Form<RevocationForm>, FormRejection>,
) -> Response {
    let Ok(Form(form)) = form else {
        return TokenError("invalid_request").into_response();
    };
    let done = work(&operator, move |operator, now| {
        operator.store.write(|tx| {
            let hash = draw::hash(form.token.reveal());
            for kind in [TokenKind::Refresh, TokenKind::Access] {
                if let Some(token) = grants::find_token(tx, &hash, kind)? {
                    grants::revoke(tx, &token.grant_id, now)?;
                }
            }
            Ok(())
        })
    });
    done.await.map_or_else(IntoResponse::into_response, |()| {
        StatusCode::OK.into_response()
    })
}

impl TokenForm {
    fn exchange(
        &self,
        operator: &Operator,
        tx: &Transaction<'_>,
        now: Timestamp,
    ) -> Result<Result<TokenResponse, TokenError>, Refusal> {
        if self.client_id != CLIENT_ID {
            return Ok(Err(TokenError("invalid_client")));
        }
        let grant = match self.grant_type.as_str() {
            "authorization_code" => self.redeem_code(tx, now)?,
            "refresh_token" => self.redeem_refresh_token(tx, now)?,
            _ => Err(TokenError("unsupported_grant_type")),
        };
        match grant {
            Ok(grant) => issue(operator, tx, &grant, now).map(Ok),
            Err(error) => Ok(Err(error)),
        }
    }

    fn redeem_code(
        &self,
        tx: &Transaction<'_>,
        now: Timestamp,
    ) -> Result<Result<Grant, TokenError>, Refusal> {
        let (Some(code), Some(verifier)) = (&self.code, &self.code_verifier) else {
            return Ok(Err(TokenError("invalid_request")));
        };
        let Some(code) = grants::use_code(tx, &draw::hash(code.reveal()), now)? else {
            return Ok(Err(INVALID_GRANT));
        };
        // RFC 6749 §4.1.2: a code used twice takes back what its first use gave.
        if code.is_used {
            tracing::warn!("A code came twice; its grant is ended");
            grants::revoke(tx, &code.grant_id, now)?;
            return Ok(Err(INVALID_GRANT));
        }
        let is_good = now < code.expires_at
            && code.redirect_uri == self.redirect_uri
            && is_challenge_of(&code.code_challenge, verifier.reveal());
        let grant = grants::find(tx, &code.grant_id)?;
        Ok(grant
            .filter(|grant| is_good && !grant.is_revoked)
            .ok_or(INVALID_GRANT))
    }

    fn redeem_refresh_token(
        &self,
        tx: &Transaction<'_>,
        now: Timestamp,
    ) -> Result<Result<Grant, TokenError>, Refusal> {
        let Some(token) = &self.refresh_token else {
            return Ok(Err(TokenError("invalid_request")));
        };
        let hash = draw::hash(token.reveal());
        let Some(token) = grants::find_token(tx, &hash, TokenKind::Refresh)? else {
            return Ok(Err(INVALID_GRANT));
        };
        // RFC 9700 §4.14.2: one of the two who have it is a thief, and nobody knows which.
        if token.is_used {
            tracing::warn!("A refresh token came twice; its grant is ended");
            grants::revoke(tx, &token.grant_id, now)?;
            return Ok(Err(INVALID_GRANT));
        }
        let grant = grants::find(tx, &token.grant_id)?
            .filter(|grant| now < token.expires_at && !grant.is_revoked);
        if grant.is_some() {
            grants::use_token(tx, &hash, now)?;
        }
        Ok(grant.ok_or(INVALID_GRANT))
    }
}

fn issue(
    operator: &Operator,
    tx: &Transaction<'_>,
    grant: &Grant,
    now: Timestamp,
) -> Result<TokenResponse, Refusal> {
    let (access, refresh) = (draw::token()?, draw::token()?);
    for (token, kind, life) in [
        (&access, TokenKind::Access, ACCESS_LIFE),
        (&refresh, TokenKind::Refresh, REFRESH_LIFE),
    ] {
        let expires_at = now.saturating_add(life).unwrap_or(now);
        grants::insert_token(tx, &draw::hash(token.reveal()), &grant.id, kind, expires_at)?;
    }
    Ok(TokenResponse {
        access_token: access,
        token_type: "Bearer".to_owned(),
        expires_in: u32::try_from(ACCESS_LIFE.as_secs()).unwrap_or(u32::MAX),
        refresh_token: Some(refresh),
        scope: grant.scope.clone(),
        acr: Some(operator.acr_of(&grant.person)),
        sub: Some(grant.person.clone()),
    })
}

/// RFC 7636 §4.6, with the bounds of §4.1.
fn is_challenge_of(challenge: &str, verifier: &str) -> bool {
    (43..=128).contains(&verifier.len())
        && URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == challenge
}

impl IntoResponse for TokenError {
    fn into_response(self) -> Response {
        let no_store = [(header::CACHE_CONTROL, "no-store")];
        let body = Json(json!({ "error": self.0 }));
        (StatusCode::BAD_REQUEST, no_store, body).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_7636_appendix_b_matches() {
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

        assert!(is_challenge_of(
            challenge,
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        ));
        assert!(!is_challenge_of(
            challenge,
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK"
        ));
    }
}
