//! Which addresses may be asked at all.

use url::{Host, Url};

/// Says whether `url` may be asked: HTTPS, or HTTP to a loopback address that no name stands for.
pub(crate) fn is_permitted(url: &Url) -> bool {
    let has_no_login = url.username().is_empty() && url.password().is_none();
    let is_safe = match (url.scheme(), url.host()) {
        ("https", Some(_)) => true,
        ("http", Some(Host::Ipv4(address))) => address.is_loopback(),
        ("http", Some(Host::Ipv6(address))) => address.is_loopback(),
        _ => false,
    };
    has_no_login && is_safe
}

/// Says whether two addresses are of one server: scheme, host and port (RFC 6454).
pub(crate) fn is_same_origin(one: &Url, other: &Url) -> bool {
    one.origin() == other.origin() && one.origin().is_tuple()
}

/// Returns `base` with further segments at the end of its path, each in its escaped spelling.
pub(crate) fn below(base: &Url, segments: &[&str]) -> Url {
    let mut url = base.clone();
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(segments);
    }
    url
}

/// Returns `base` with one more parameter in its query.
pub(crate) fn with_query(base: &Url, name: &str, value: &str) -> Url {
    let mut url = base.clone();
    url.query_pairs_mut().append_pair(name, value);
    url
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("https://operator.example.fi/v1", true)]
    #[case("http://127.0.0.1:8080/v1", true)]
    #[case("http://127.8.8.8/v1", true)]
    #[case("http://[::1]:8080/v1", true)]
    #[case("http://localhost:8080/v1", false)]
    #[case("http://operator.example.fi/v1", false)]
    #[case("http://127.0.0.1.example.fi/v1", false)]
    #[case("http://0.0.0.0/v1", false)]
    #[case("http://192.168.1.1/v1", false)]
    #[case("http://[::ffff:127.0.0.1]/v1", false)]
    #[case("https://person@operator.example.fi/v1", false)]
    #[case("https://person:word@operator.example.fi/v1", false)]
    #[case("ftp://operator.example.fi/v1", false)]
    #[case("file:///etc/passwd", false)]
    #[case("data:text/html,x", false)]
    fn only_https_or_loopback_may_be_asked(#[case] url: &str, #[case] permitted: bool) {
        assert_eq!(is_permitted(&url.parse().unwrap()), permitted);
    }

    #[rstest]
    #[case("https://a.fi/x", "https://a.fi:443/y", true)]
    #[case("https://a.fi/x", "https://a.fi:444/x", false)]
    #[case("https://a.fi/x", "http://a.fi/x", false)]
    #[case("https://a.fi/x", "https://b.a.fi/x", false)]
    #[case("data:x", "data:x", false)]
    fn one_server_is_one_scheme_host_and_port(
        #[case] one: &str,
        #[case] other: &str,
        #[case] same: bool,
    ) {
        assert_eq!(
            is_same_origin(&one.parse().unwrap(), &other.parse().unwrap()),
            same
        );
    }

    #[test]
    fn what_is_put_into_a_path_cannot_leave_it() {
        let base = "https://a.fi/v1/consents".parse().unwrap();

        let url = below(&base, &["../x?y#z"]);

        assert_eq!(url.as_str(), "https://a.fi/v1/consents/..%2Fx%3Fy%23z");
    }
}
