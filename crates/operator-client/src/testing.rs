//! Servers for the tests: raw TCP on loopback, so that they can misbehave in every way.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use operator_protocol::event_stream::TransmitterMetadata;
use operator_protocol::key::{JwkSet, SigningKey};
use operator_sync::Discovered;
use pii::Secret;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use url::Url;

use crate::Limits;

/// What a server does once it has read a request.
pub(crate) enum Act {
    /// Sends this and hangs up.
    Say(Vec<u8>),
    /// Sends this and then the same chunk for ever.
    Flood(Vec<u8>, Vec<u8>),
    /// Sends this and then nothing, without hanging up.
    Stall(Vec<u8>),
}

/// A server, and what it was asked.
pub(crate) struct Server {
    pub(crate) url: Url,
    asked: Arc<Mutex<Vec<String>>>,
    sent: Arc<Mutex<u64>>,
}

impl Server {
    /// Serves each request as `act` says, which sees its head and body as text.
    pub(crate) async fn start(act: impl Fn(&str) -> Act + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        Self::on(listener, act)
    }

    pub(crate) fn on(
        listener: TcpListener,
        act: impl Fn(&str) -> Act + Send + Sync + 'static,
    ) -> Self {
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let server = Self {
            url: url.parse().unwrap(),
            asked: Arc::default(),
            sent: Arc::default(),
        };
        let (asked, sent) = (Arc::clone(&server.asked), Arc::clone(&server.sent));
        let act = Arc::new(act);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (asked, sent, act) = (Arc::clone(&asked), Arc::clone(&sent), Arc::clone(&act));
                tokio::spawn(async move {
                    let request = read_request(&mut stream).await;
                    asked.lock().unwrap().push(request.clone());
                    match act(&request) {
                        Act::Say(bytes) => {
                            let _ = stream.write_all(&bytes).await;
                            let _ = stream.shutdown().await;
                        }
                        Act::Stall(bytes) => {
                            let _ = stream.write_all(&bytes).await;
                            std::future::pending::<()>().await;
                        }
                        Act::Flood(head, chunk) => {
                            let _ = stream.write_all(&head).await;
                            while stream.write_all(&chunk).await.is_ok() {
                                *sent.lock().unwrap() += chunk.len() as u64;
                            }
                        }
                    }
                });
            }
        });
        server
    }

    pub(crate) fn at(&self, path: &str) -> Url {
        self.url.join(path).unwrap()
    }

    /// Returns what was asked so far: heads and bodies.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    /// Returns how many bytes of a flood were taken from it.
    pub(crate) fn sent(&self) -> u64 {
        *self.sent.lock().unwrap()
    }
}

async fn read_request(stream: &mut (impl AsyncReadExt + Unpin)) -> String {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .map_or(0, |(_, value)| value.trim().parse().unwrap());
            if body.len() >= length {
                return text;
            }
        }
        match stream.read(&mut chunk).await {
            Ok(0) | Err(_) => return text,
            Ok(read) => bytes.extend_from_slice(&chunk[..read]),
        }
    }
}

pub(crate) fn answer(status: &str, content_type: &str, body: &str) -> Act {
    answer_with(status, content_type, "", body)
}

/// `headers` are whole lines, each with its end.
pub(crate) fn answer_with(status: &str, content_type: &str, headers: &str, body: &str) -> Act {
    Act::Say(
        format!(
            "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\
             {headers}Connection: close\r\n\r\n{body}",
            body.len()
        )
        .into_bytes(),
    )
}

pub(crate) fn json_answer(body: &Value) -> Act {
    answer("200 OK", "application/json", &body.to_string())
}

pub(crate) fn redirect(to: &str) -> Act {
    answer_with(
        "307 Temporary Redirect",
        "text/plain",
        &format!("Location: {to}\r\n"),
        "",
    )
}

/// Limits that a test can reach.
pub(crate) fn tight() -> Limits {
    Limits {
        head: Duration::from_millis(300),
        connect: Duration::from_millis(300),
        body: Duration::from_millis(600),
        grace: Duration::from_millis(300),
        most_bytes: 256 * 1024,
        ..Limits::default()
    }
}

pub(crate) fn http() -> crate::Http {
    crate::Http::new(Limits::default()).unwrap()
}

pub(crate) fn operator_key() -> SigningKey {
    SigningKey::from_seed(Secret::new([9; 32]))
}

pub(crate) fn keys() -> JwkSet {
    JwkSet::of([&operator_key().public()])
}

/// What an operator at `base` says of itself, by path.
pub(crate) fn documents(base: &Url) -> BTreeMap<String, Value> {
    let issuer = base.as_str().trim_end_matches('/');
    let v1 = format!("{issuer}/v1");
    let resource = json!({
        "resource": v1,
        "authorization_servers": [issuer],
        "jwks_uri": format!("{issuer}/jwks.json"),
        "scopes_supported": ["openid", "vault:consents"],
        "resource_name": "Example",
        "mydata_operator": {
            "api_versions": ["1.0"],
            "operator_id": issuer,
            "endpoints": {
                "devices": format!("{v1}/devices"),
                "delegations": format!("{v1}/delegations"),
                "services": format!("{v1}/services"),
                "sources": format!("{v1}/sources"),
                "requests": format!("{v1}/requests"),
                "consents": format!("{v1}/consents"),
                "status_changes": format!("{v1}/consent-status"),
                "offers": format!("{v1}/offers"),
                "access_log": format!("{v1}/access-log"),
            },
            "event_stream": {
                "spec": "ssf-1_0",
                "configuration": format!("{issuer}/.well-known/ssf-configuration"),
                "delivery_methods": ["urn:ietf:rfc:8936"],
                "long_poll_max_s": 55,
                "retention_days": 90,
            },
        },
    });
    let server = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256"],
    });
    let events = json!({
        "spec_version": "1_0",
        "issuer": issuer,
        "jwks_uri": format!("{issuer}/jwks.json"),
        "delivery_methods_supported": ["urn:ietf:rfc:8936"],
        "configuration_endpoint": format!("{issuer}/v1/stream"),
    });
    BTreeMap::from([
        ("/.well-known/oauth-protected-resource".to_owned(), resource),
        ("/.well-known/oauth-authorization-server".to_owned(), server),
        ("/.well-known/ssf-configuration".to_owned(), events),
        (
            "/jwks.json".to_owned(),
            serde_json::to_value(keys()).unwrap(),
        ),
    ])
}

/// What discovery finds at `base`, if nothing is wrong with it.
pub(crate) fn discovered(base: &Url) -> Discovered {
    let mut documents = documents(base);
    let mut take = |path: &str| documents.remove(path).unwrap();
    let resource: operator_protocol::discovery::ResourceMetadata =
        serde_json::from_value(take("/.well-known/oauth-protected-resource")).unwrap();
    let events: TransmitterMetadata =
        serde_json::from_value(take("/.well-known/ssf-configuration")).unwrap();
    Discovered {
        operator: resource.mydata_operator.operator_id.clone(),
        resource,
        server: serde_json::from_value(take("/.well-known/oauth-authorization-server")).unwrap(),
        keys: keys(),
        events: Some(events),
    }
}
