//! The listener that the browser comes back to: loopback only, one answer, then gone.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use consent::{Language, OperatorId};
use oauth2::{AuthorizationCode, CsrfToken};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use url::Url;

use super::SignInError;
use super::page::{Page, render};

/// The one path that is answered.
const PATH: &str = "/cb";
/// The most bytes of a request that are read.
const MOST_BYTES: usize = 16 * 1024;
/// How long one connection may take. Browsers open some that they never use.
const PATIENCE: Duration = Duration::from_secs(5);
/// The most connections at a time.
const MOST_CONNECTIONS: usize = 16;

/// What an answer must show to count.
#[derive(Debug)]
pub(super) struct Expected {
    pub(super) state: CsrfToken,
    pub(super) issuer: OperatorId,
    pub(super) language: Language,
}

/// What came of a request to the listener.
enum Verdict {
    /// It is not the browser's answer; the real one may still come.
    NotOurs,
    /// It is the answer.
    Final(Result<AuthorizationCode, SignInError>),
}

#[derive(Debug)]
pub(super) struct Loopback {
    listener: TcpListener,
    redirect: Url,
}

impl Loopback {
    pub(super) async fn bind() -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let redirect = format!("http://{address}{PATH}")
            .parse()
            .map_err(std::io::Error::other)?;
        Ok(Self { listener, redirect })
    }

    /// Returns where the browser is to be sent back to.
    pub(super) fn redirect(&self) -> &Url {
        &self.redirect
    }

    /// Waits for the answer. The listener is closed when this returns or is dropped.
    pub(super) async fn answer(self, expected: Expected) -> Result<AuthorizationCode, SignInError> {
        let expected = Arc::new(expected);
        let host = self.redirect.authority().to_owned();
        let (found, mut answers) = mpsc::channel(1);
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                Some(answer) = answers.recv() => return answer,
                Some(_) = connections.join_next() => {}
                accepted = self.listener.accept(), if connections.len() < MOST_CONNECTIONS => {
                    let Ok((stream, _)) = accepted else { continue };
                    let (expected, host, found) = (Arc::clone(&expected), host.clone(), found.clone());
                    connections.spawn(async move {
                        let exchange = converse(stream, &host, &expected);
                        if let Ok(Some(answer)) = tokio::time::timeout(PATIENCE, exchange).await {
                            // Only the first answer is waited for.
                            let _ = found.try_send(answer);
                        }
                    });
                }
            }
        }
    }
}

/// Reads one request, answers it with a page, and returns the answer if it was one.
async fn converse(
    mut stream: TcpStream,
    host: &str,
    expected: &Expected,
) -> Option<Result<AuthorizationCode, SignInError>> {
    let head = read_head(&mut stream).await?;
    let parameters = parameters_of(&head, host);
    let verdict = parameters.map_or(Verdict::NotOurs, |parameters| judge(&parameters, expected));
    let page = match &verdict {
        Verdict::NotOurs => Page::NotOurs,
        Verdict::Final(Ok(_)) => Page::Welcome,
        Verdict::Final(Err(_)) => Page::Ended,
    };
    // The answer counts even if the browser has gone and does not see the page.
    let _ = stream
        .write_all(render(page, expected.language).as_bytes())
        .await;
    let _ = stream.shutdown().await;
    match verdict {
        Verdict::NotOurs => None,
        Verdict::Final(answer) => Some(answer),
    }
}

async fn read_head(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 1024];
    while !bytes.windows(4).any(|window| window == b"\r\n\r\n") {
        let read = stream.read(&mut chunk).await.ok()?;
        if read == 0 || bytes.len() > MOST_BYTES {
            return None;
        }
        bytes.extend_from_slice(chunk.get(..read)?);
    }
    String::from_utf8(bytes).ok()
}

/// Returns the parameters of a request to the one path under our own address. A page elsewhere
/// that has its name point here (DNS rebinding) sends its own name as the host.
fn parameters_of(head: &str, host: &str) -> Option<BTreeMap<String, String>> {
    let mut lines = head.split("\r\n");
    let mut request = lines.next()?.split(' ');
    let (Some("GET"), Some(target), Some(version)) =
        (request.next(), request.next(), request.next())
    else {
        return None;
    };
    let is_for_us = lines
        .filter_map(|line| line.split_once(':'))
        .any(|(name, value)| name.eq_ignore_ascii_case("host") && value.trim() == host);
    if !version.starts_with("HTTP/1.") || !is_for_us || !target.starts_with('/') {
        return None;
    }
    let url: Url = format!("http://{host}{target}").parse().ok()?;
    if url.path() != PATH {
        return None;
    }
    let mut parameters = BTreeMap::new();
    for (name, value) in url.query_pairs() {
        // RFC 6749 §3.1: a parameter given twice makes the whole answer unsound.
        if parameters.insert(name.into(), value.into()).is_some() {
            return None;
        }
    }
    Some(parameters)
}

fn judge(parameters: &BTreeMap<String, String>, expected: &Expected) -> Verdict {
    let parameter = |name: &str| parameters.get(name).map(String::as_str);
    if parameter("state") != Some(expected.state.secret().as_str()) {
        return Verdict::NotOurs;
    }
    // RFC 9207 §2.4: compared as text.
    Verdict::Final(if parameter("iss") != Some(expected.issuer.as_str()) {
        Err(SignInError::WrongIssuer)
    } else if parameter("error").is_some() {
        Err(SignInError::Denied)
    } else {
        parameter("code")
            .filter(|code| !code.is_empty())
            .map(|code| AuthorizationCode::new(code.to_owned()))
            .ok_or(SignInError::Denied)
    })
}
