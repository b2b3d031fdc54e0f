//! The W3C WebDriver protocol, as far as the tests speak it, and WebKit's driver for it.
//!
//! Spoken directly: a client library would switch on features of crates that the app uses too
//! (`serde_json/preserve_order`), and the tests would run another app than the one that is built.

use std::{
    net::{Ipv4Addr, TcpListener},
    path::Path,
    process::Command,
    sync::Mutex,
    time::Duration,
};

use rustix::process::Signal;
use serde_json::{Value, json};

use super::{
    process::{Group, tied},
    wait::{PATIENCE, until},
};

/// Long enough for the first start on a busy machine. A driver whose app cannot start never
/// answers at all.
const LONGEST_ANSWER: Duration = Duration::from_secs(60);

/// The driver and its one session.
#[derive(Debug)]
pub(super) struct Driver {
    http: reqwest::Client,
    base: String,
    process: Mutex<Option<Group>>,
}

/// What the driver would not do, in its own words.
#[derive(Debug)]
pub(super) struct Refused {
    /// The error code of the protocol, such as `stale element reference`.
    pub(super) error: String,
    message: String,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.error, self.message)
    }
}

impl Driver {
    /// Starts a driver in the environment of `command`, and with it the app.
    pub(super) async fn start(mut command: Command, app: &Path, arguments: &[String]) -> Self {
        let port = free_port();
        let process = Group::start(command.arg(format!("--port={port}")), Signal::KILL);
        let mut driver = Self {
            http: http_client(),
            base: format!("http://127.0.0.1:{port}"),
            process: Mutex::new(Some(process)),
        };
        until("WebKitWebDriver to answer", PATIENCE, async || {
            driver.get("status").await.ok()
        })
        .await;

        let app = app.display().to_string();
        let tied = tied(&app);
        let tied = tied
            .get_args()
            .map(|word| word.to_string_lossy().into_owned());
        let arguments: Vec<String> = tied.chain(arguments.iter().cloned()).collect();
        let options = json!({ "binary": "setpriv", "args": arguments });
        let capabilities = json!({ "alwaysMatch": { "webkitgtk:browserOptions": options } });
        let session = driver
            .post("session", &json!({ "capabilities": capabilities }))
            .await
            .unwrap_or_else(|refused| panic!("{app} did not start: {refused}"));
        let id = session.get("sessionId").and_then(Value::as_str);
        driver.base = format!("{}/session/{}", driver.base, id.expect("a session"));
        driver
    }

    /// Asks for `path` below the session.
    pub(super) async fn get(&self, path: &str) -> Result<Value, Refused> {
        answer(self.http.get(format!("{}/{path}", self.base))).await
    }

    /// Tells the session to do something.
    pub(super) async fn post(&self, path: &str, body: &Value) -> Result<Value, Refused> {
        answer(self.http.post(format!("{}/{path}", self.base)).json(body)).await
    }

    /// Runs `script` in the page as the body of a function and returns what it returns.
    pub(super) async fn script(&self, script: &str, arguments: &Value) -> Result<Value, Refused> {
        self.post(
            "execute/sync",
            &json!({ "script": script, "args": arguments }),
        )
        .await
    }

    /// Ends the session, as closing the window would.
    pub(super) async fn quit(&self) {
        // The app may be gone already; then so is the session.
        let _ = answer(self.http.delete(&self.base)).await;
    }

    /// Kills the driver, the app, and all that they started.
    pub(super) fn kill(&self) {
        self.process.lock().unwrap().take();
    }
}

async fn answer(request: reqwest::RequestBuilder) -> Result<Value, Refused> {
    let unreachable = |error: reqwest::Error| Refused {
        error: "no answer".to_owned(),
        message: error.to_string(),
    };
    let response = request.send().await.map_err(unreachable)?;
    let is_success = response.status().is_success();
    let mut body: Value = response.json().await.map_err(unreachable)?;
    let value = body.get_mut("value").map(Value::take).unwrap_or_default();
    if is_success {
        return Ok(value);
    }
    let text = |member| {
        value
            .get(member)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    Err(Refused {
        error: text("error").to_owned(),
        message: text("message").to_owned(),
    })
}

/// Returns an HTTP client for this machine only: no proxy, and redirects are followed by hand.
pub(super) fn http_client() -> reqwest::Client {
    // Another test of this process may have installed it before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(LONGEST_ANSWER)
        .build()
        .unwrap()
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}
