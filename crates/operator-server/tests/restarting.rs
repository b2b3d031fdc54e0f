//! Whoever knows the operator finds it again after a restart.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use jiff::SignedDuration;
use operator_protocol::status::ConsentStatus;
use operator_server::{Operator, Settings, StandingClock, StartError};
use serde_json::json;

use crate::{
    device::{Device, refresh},
    town::{AINO, START, Town, settings},
};

#[tokio::test]
async fn a_restart_keeps_everything() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::open_in(folder.path()).await;
    let base = town.operator.base_url().to_owned();
    let device = Device::enrolled(&town, AINO, 1).await;
    let path = device.stream().await;
    let mut consent = device.given("kirjaston-suosittelut", AINO).await;
    let offers = town.get("/v1/offers").await.bytes().await.unwrap();
    let before = device.json("/v1/consents").await;
    let (keys, access, refresh_token) = (
        device.keys.clone(),
        device.access.clone(),
        device.refresh.clone(),
    );
    town.operator.shutdown().await;

    let town = Town::open_in(folder.path()).await;

    assert_eq!(town.operator.base_url(), base);
    assert_eq!(town.keys().await, keys);
    let device = Device {
        town: &town,
        person: AINO.parse().unwrap(),
        key: operator_protocol::key::SigningKey::from_seed(pii::Secret::new([1; 32])),
        access,
        refresh: refresh_token,
        binding: String::new(),
        keys,
    };
    assert_eq!(device.json("/v1/consents").await, before);
    assert_eq!(town.get("/v1/offers").await.bytes().await.unwrap(), offers);
    let waiting = device
        .poll(&path, json!({ "returnImmediately": true }))
        .await;
    assert_eq!(waiting["sets"].as_object().unwrap().len(), 3);
    device
        .state(&mut consent, ConsentStatus::ConsentWithdrawn)
        .await;
    assert_eq!(refresh(&town, &device.refresh).await.status(), 200);
}

#[tokio::test]
async fn what_was_planned_before_a_restart_happens_after_it_and_once() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::open_in(folder.path()).await;
    Device::enrolled(&town, AINO, 1).await;
    town.pass(SignedDuration::from_secs(4));
    town.operator.shutdown().await;

    let town = Town::open_in(folder.path()).await;
    town.pass(SignedDuration::from_secs(45));
    let device = Device::signed_in(&town, AINO, 1).await;

    let listed = device.json("/v1/requests").await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn it_does_not_come_up_under_another_name_than_devices_know() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::open_in(folder.path()).await;
    let port = port_of(town.operator.base_url());
    Device::enrolled(&town, AINO, 1).await;
    town.operator.shutdown().await;
    let intruder = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).unwrap();

    let error = start(settings(Some(folder.path()))).await.unwrap_err();
    drop(intruder);
    let town = Town::open_in(folder.path()).await;

    assert!(matches!(error, StartError::PortTaken { port: taken, .. } if taken == port));
    assert_eq!(port_of(town.operator.base_url()), port);
}

#[tokio::test]
async fn while_nobody_knows_it_any_port_will_do() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::open_in(folder.path()).await;
    let port = port_of(town.operator.base_url());
    town.operator.shutdown().await;
    let _intruder = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).unwrap();

    let town = Town::open_in(folder.path()).await;

    assert_ne!(port_of(town.operator.base_url()), port);
}

#[tokio::test]
async fn a_statement_to_an_earlier_name_still_counts() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::open_in(folder.path()).await;
    let device = Device::enrolled(&town, AINO, 1).await;
    let consent = device.given("kirjaston-suosittelut", AINO).await;
    let withdrawal = device.sign(&consent, ConsentStatus::ConsentWithdrawn);
    let access = device.access.clone();
    town.operator.shutdown().await;

    let moved = Town::with(Settings {
        public_url: Some("https://operator.example.fi".parse().unwrap()),
        ..settings(Some(folder.path()))
    })
    .await;
    assert_eq!(moved.operator.base_url(), "https://operator.example.fi");
    let port = store_port(folder.path());
    let response = moved
        .http
        .post(format!("http://127.0.0.1:{port}/v1/consent-status"))
        .bearer_auth(access)
        .body(withdrawal.compact)
        .send()
        .await
        .unwrap();

    assert_eq!(response.status(), 201);
}

#[tokio::test]
async fn plain_http_is_not_served_to_other_machines() {
    let open = Settings {
        bind: SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)),
        ..settings(None)
    };
    let misnamed = Settings {
        public_url: Some("http://operator.example.fi".parse().unwrap()),
        ..settings(None)
    };

    assert!(matches!(
        start(open).await.unwrap_err(),
        StartError::Exposed
    ));
    assert!(matches!(
        start(misnamed).await.unwrap_err(),
        StartError::PublicUrl
    ));
}

#[cfg(unix)]
#[tokio::test]
async fn its_files_are_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;

    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("operator");
    let town = Town::open_in(&folder).await;
    Device::enrolled(&town, AINO, 1).await;

    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for file in std::fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

async fn start(settings: Settings) -> Result<operator_server::RunningOperator, StartError> {
    let clock = StandingClock::at(START.parse().unwrap());
    Operator::start(settings, std::sync::Arc::new(clock)).await
}

fn port_of(base: &str) -> u16 {
    base.rsplit(':').next().unwrap().parse().unwrap()
}

fn store_port(folder: &std::path::Path) -> u16 {
    let store = rusqlite::Connection::open(folder.join("operator.sqlite")).unwrap();
    store
        .query_row("SELECT port FROM identity", (), |row| row.get(0))
        .unwrap()
}
