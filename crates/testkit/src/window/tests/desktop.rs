//! The pretend desktop, tried with the library by which the app sends its notifications.

use std::{env, process::Stdio};

use crate::window::{Stage, until};

/// Set where this test plays the app: a process of its own, since the bus is found through the
/// environment.
const SENDER: &str = "LOKERO_TEST_SENDS";

#[tokio::test]
async fn a_notification_arrives_and_what_is_pressed_reaches_its_sender() {
    if env::var_os(SENDER).is_some() {
        return tokio::task::spawn_blocking(send).await.unwrap();
    }
    let stage = Stage::set();
    let desktop = stage.notifications().await;
    let mut sender = stage
        .command(env::current_exe().unwrap())
        .env(SENDER, "1")
        .args(["--exact", "--nocapture", "--test-threads=1"])
        .arg(std::thread::current().name().unwrap())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();

    let shown = desktop.next().await;
    desktop.press(&shown, "default").await;

    assert_eq!(shown.summary, "Uusi pyyntö");
    assert_eq!(shown.body, "Avaa Lokero, niin näet kuka kysyy.");
    assert_eq!(shown.actions, ["default", "later"]);
    until(
        "the sender to end",
        super::super::wait::PATIENCE,
        async || sender.try_wait().unwrap(),
    )
    .await;
    let printed = sender.wait_with_output().unwrap().stdout;
    let printed = String::from_utf8_lossy(&printed);
    assert!(printed.contains("pressed: default"), "{printed}");
    assert_eq!(desktop.waiting().await, []);
}

#[tokio::test]
async fn without_a_desktop_there_is_nobody_to_notify() {
    if env::var_os(SENDER).is_some() {
        return tokio::task::spawn_blocking(|| {
            println!("sent: {}", notify_rust::Notification::new().show().is_ok());
        })
        .await
        .unwrap();
    }
    let stage = Stage::set();

    let sender = stage
        .command(env::current_exe().unwrap())
        .env(SENDER, "1")
        .args(["--exact", "--nocapture", "--test-threads=1"])
        .arg(std::thread::current().name().unwrap())
        .output()
        .unwrap();

    let printed = String::from_utf8_lossy(&sender.stdout);
    assert!(printed.contains("sent: false"), "{printed}");
}

fn send() {
    let notification = notify_rust::Notification::new()
        .appname("Lokero")
        .summary("Uusi pyyntö")
        .body("Avaa Lokero, niin näet kuka kysyy.")
        .action("default", "Avaa")
        .action("later", "Myöhemmin")
        .show()
        .unwrap();
    notification.wait_for_action(|action| println!("pressed: {action}"));
}
