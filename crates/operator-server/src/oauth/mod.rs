//! Signing in: OAuth 2.0 with a code, PKCE and a redirect to loopback (RFC 6749, 7636, 8252).
//!
//! One public client, no client secret, no implicit anything. A code and a refresh token serve
//! once; a second use ends the grant, because one of the two users has stolen it.

pub(crate) mod answer;
pub(crate) mod authorize;
mod page;
pub(crate) mod redirect;
pub(crate) mod token;
mod words;

use jiff::SignedDuration;

/// The one client.
pub(crate) const CLIENT_ID: &str = "lokero";
/// What can be asked for.
pub(crate) const SCOPES: [&str; 4] = ["openid", CONSENTS, DATA, EVENTS];
/// Opens requests, records, statements, receipts and the log of uses.
pub(crate) const CONSENTS: &str = "vault:consents";
/// Opens what sources hold.
pub(crate) const DATA: &str = "vault:data";
/// Opens the event stream.
pub(crate) const EVENTS: &str = "vault:events";
/// The stylesheet of the sign-in page.
pub(crate) const STYLE: &str = include_str!("sign_in.css");

/// How long a sign-in page stays good.
const PAGE_LIFE: SignedDuration = SignedDuration::from_mins(15);
/// How long a code is good (RFC 6749 §4.1.2 recommends at most ten minutes).
const CODE_LIFE: SignedDuration = SignedDuration::from_secs(60);
/// How long an access token is good.
const ACCESS_LIFE: SignedDuration = SignedDuration::from_hours(1);
/// How long a refresh token is good.
const REFRESH_LIFE: SignedDuration = SignedDuration::from_hours(24 * 90);
