//! Where the browser is sent after signing in: a listener of the app, on loopback only.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use url::Url;

use crate::refusal::Refusal;

/// A redirect address that was checked: `http://127.0.0.1:<port>/cb` (RFC 8252 §7.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RedirectUri(String);

impl RedirectUri {
    /// Reads an address, accepting exactly one spelling of it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let port: u16 = text
            .strip_prefix("http://127.0.0.1:")?
            .strip_suffix("/cb")?
            .parse()
            .ok()?;
        let only_spelling = format!("http://127.0.0.1:{port}/cb");
        (port != 0 && text == only_spelling).then_some(Self(only_spelling))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the origin, for the page's content security policy.
    pub(crate) fn origin(&self) -> &str {
        self.0.strip_suffix("/cb").unwrap_or(&self.0)
    }

    /// Sends the browser back with `answer`, the client's state and our name (RFC 9207).
    pub(crate) fn respond(
        &self,
        answer: &[(&str, &str)],
        state: Option<&str>,
        issuer: &str,
    ) -> Result<Response, Refusal> {
        let unsent = Refusal::Internal("make a redirect");
        let mut url = Url::parse(&self.0).map_err(|_| Refusal::Internal("make a redirect"))?;
        let state = state.map(|state| ("state", state));
        url.query_pairs_mut()
            .extend_pairs(answer)
            .extend_pairs(state)
            .append_pair("iss", issuer);
        let location = HeaderValue::from_str(url.as_str()).map_err(|_| unsent)?;
        let headers = [
            (header::LOCATION, location),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            (
                header::REFERRER_POLICY,
                HeaderValue::from_static("no-referrer"),
            ),
        ];
        Ok((StatusCode::SEE_OTHER, headers).into_response())
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::any_port("http://127.0.0.1:49152/cb", true)]
    #[case::a_name("http://localhost:49152/cb", false)]
    #[case::elsewhere("http://198.51.100.7:49152/cb", false)]
    #[case::another_scheme("https://127.0.0.1:49152/cb", false)]
    #[case::no_port("http://127.0.0.1/cb", false)]
    #[case::port_zero("http://127.0.0.1:0/cb", false)]
    #[case::another_spelling_of_the_port("http://127.0.0.1:080/cb", false)]
    #[case::a_signed_port("http://127.0.0.1:+80/cb", false)]
    #[case::another_path("http://127.0.0.1:49152/cb/x", false)]
    #[case::a_query("http://127.0.0.1:49152/cb?x=/cb", false)]
    #[case::a_fragment("http://127.0.0.1:49152/cb#/cb", false)]
    #[case::user_info("http://127.0.0.1:1@example.fi:80/cb", false)]
    fn only_a_loopback_listener_is_redirected_to(#[case] text: &str, #[case] is_good: bool) {
        assert_eq!(RedirectUri::parse(text).is_some(), is_good);
    }
}
