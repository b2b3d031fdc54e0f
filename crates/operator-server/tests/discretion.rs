//! Whatever happens, the operator's log says nothing about anybody.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use operator_protocol::status::ConsentStatus;
use serde_json::json;

use crate::{
    device::{Device, refresh},
    town::{AINO, EERO, Town},
};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_flow_logs_a_person_a_token_or_a_value() {
    let log = Log::default();
    let writer = log.clone();
    // For the whole process, because the store works on threads of its own: nextest gives each
    // test a process.
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .init();

    let town = Town::open().await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let path = device.stream().await;
    let mut consent = device.given("esiopetus-ehdotus", EERO).await;
    device.json("/v1/sources/all/snapshot").await;
    town.pilot().report_access(consent.id).unwrap();
    device
        .state(&mut consent, ConsentStatus::ConsentWithdrawn)
        .await;
    let again = device.sign(&consent, ConsentStatus::ConsentWithdrawn);
    assert_eq!(device.send(&again.compact).await.status(), 422);
    device
        .poll(&path, json!({ "returnImmediately": true }))
        .await;
    assert_eq!(refresh(&town, &device.refresh).await.status(), 200);
    assert_eq!(refresh(&town, &device.refresh).await.status(), 400);
    town.pilot().tick().unwrap();

    let log = log.text();
    assert!(
        log.contains("Statement counts"),
        "the flow was logged at all: {log}"
    );
    for canary in [
        "Aino",
        "Eero",
        "Koti-PC",
        "Mannerheimintie",
        "surrogate",
        &device.access,
        &device.refresh,
        &again.compact,
    ] {
        assert!(!log.contains(canary), "{canary}");
    }
}

#[test]
fn it_knows_no_crate_that_could_open_a_vault() {
    let manifest = include_str!("../Cargo.toml");
    let allowed = ["consent", "operator-protocol", "pii", "sample-city"];
    let ours = include_str!("../../../Cargo.toml")
        .lines()
        .filter_map(|line| line.split_once(" = { path = "))
        .map(|(name, _)| name);

    let (mut known, mut named) = (0, Vec::new());
    for name in ours {
        known += 1;
        if manifest
            .lines()
            .any(|line| line == format!("{name}.workspace = true"))
        {
            named.push(name);
        }
    }

    assert!(known > allowed.len(), "the workspace lists its crates");
    assert_eq!(named, allowed);
}
