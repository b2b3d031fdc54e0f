//! Bad input gets words, and nothing is lost.

use std::{fs, path::PathBuf};

use testkit::window::{Role, Stage, desktop_binary};

use super::steps::{PASSPHRASE, choose_file, create_vault};

#[tokio::test]
async fn a_damaged_vault_is_said_and_kept() {
    let stage = Stage::set();
    let window = stage.open(&desktop_binary()).await;
    create_vault(&window).await;
    window.close().await;
    let file = vault_folder(&stage).join("vault.db");
    let whole = fs::read(&file).unwrap_or_else(|error| panic!("the vault's file: {error}"));
    let half = whole.get(..whole.len() / 2).unwrap_or_default();
    fs::write(&file, half).unwrap_or_else(|error| panic!("cutting the file: {error}"));

    let window = stage.open(&desktop_binary()).await;
    window.fill("Salalause", PASSPHRASE).await;
    window.click(Role::Button, "Avaa").await;

    window.see("vioittunut").await;
    window.screenshot("20-damaged").await;
    let kept = fs::read_dir(vault_folder(&stage))
        .into_iter()
        .flatten()
        .any(|entry| {
            entry.is_ok_and(|entry| {
                entry.file_name().to_string_lossy().contains("damaged")
                    && fs::read(entry.path()).is_ok_and(|bytes| bytes == half)
            })
        });
    assert!(kept, "the damaged file is moved aside as it was");
    window.close().await;
}

#[tokio::test]
async fn a_file_that_is_no_export_is_refused_in_words() {
    let stage = Stage::set();
    let window = stage.open(&desktop_binary()).await;
    create_vault(&window).await;

    choose_file(&window, "kirje.json", "Hei kaupunki!").await;

    window.see("Tiedostoa ei voi lukea").await;
    window.close().await;
}

#[tokio::test]
async fn a_second_start_brings_up_the_first_window() {
    let stage = Stage::set();
    let window = stage.open(&desktop_binary()).await;
    window.find(Role::Heading, "Tervetuloa Lokeroon").await;

    let second = stage.command(desktop_binary()).status();

    assert!(
        second.is_ok_and(|status| status.success()),
        "it ends by itself"
    );
    window.find(Role::Button, "Aloita").await;
    window.close().await;
}

fn vault_folder(stage: &Stage) -> PathBuf {
    stage.home().join(".local/share/fi.lokero.desktop/vault")
}
