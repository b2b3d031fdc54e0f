//! Finding, typing, pressing, looking: on a page that is known to the last word.

use std::{fs, path::PathBuf};

use serde_json::json;

use crate::window::{Key, Role, Stage, Window};

const PAGE: &str = r#"<!doctype html><html lang="fi"><meta charset="utf-8"><title>Koe</title>
<body style="background: #fff"><h1>Holvi</h1>
<label for="passphrase">Salalause</label> <input id="passphrase" type="password" value="vanha">
<button id="open">Avaa <b>holvi</b></button>
<button style="display: none">Avaa piilotettu</button>
<article aria-label="Kouluruoka"><p>Allergiat</p><button>Peru</button></article>
<article aria-label="Kirjasto"><p>Osoite</p><button>Peru</button></article>
<label style="position: relative; display: inline-block; padding: 1em">
  <input type="checkbox" id="agree" style="position: absolute; pointer-events: none">Suostun</label>
<p role="status" id="status"></p>
<script>
  const say = (text) => { document.getElementById("status").textContent = text; };
  const passphrase = document.getElementById("passphrase");
  let inputs = 0;
  passphrase.addEventListener("input", () => { inputs += 1; });
  document.getElementById("open").addEventListener("click",
    () => setTimeout(() => say(`auki: ${passphrase.value}, ${inputs > 0}`), 300));
  document.getElementById("agree").addEventListener("change", (event) => say(`${event.target.checked}`));
  for (const button of document.querySelectorAll("article button"))
    button.addEventListener("click", () => say(`peruttu: ${button.closest("article").ariaLabel}`));
</script></body></html>"#;

#[tokio::test]
async fn a_field_is_found_by_its_label_and_keeps_what_is_written() {
    let stage = Stage::set();
    let window = open(&stage).await;

    window.fill("Salalause", "kolme sanaa & ääkkösiä").await;
    window.click(Role::Button, "Avaa holvi").await;

    window.see("auki: kolme sanaa & ääkkösiä, true").await;
    window.close().await;
}

#[tokio::test]
async fn a_thing_is_found_inside_another_and_hidden_things_are_not_found() {
    let stage = Stage::set();
    let window = open(&stage).await;

    let library = window.within(Role::Article, "Kirjasto").await;
    library.click(Role::Button, "Peru").await;

    window.see("peruttu: Kirjasto").await;
    assert_eq!(library.text().await, "Osoite\n\nPeru");
    assert_eq!(
        window.names(Role::Button).await,
        ["Avaa holvi", "Peru", "Peru"]
    );
    window.close().await;
}

#[tokio::test]
async fn a_box_under_its_label_is_ticked_by_the_label() {
    let stage = Stage::set();
    let window = open(&stage).await;

    window.click(Role::Checkbox, "Suostun").await;

    window.see("true").await;
    window.close().await;
}

#[tokio::test]
async fn keys_move_the_focus_and_press() {
    let stage = Stage::set();
    let window = open(&stage).await;

    window.fill("Salalause", "uusi").await;
    window.press(Key::Tab).await;

    let focus = ("button".to_owned(), "Avaa holvi".to_owned());
    assert_eq!(window.focus().await, focus);
    window.press(Key::Enter).await;
    window.see("auki: uusi").await;
    window.see_no_more("vanha").await;
    window.close().await;
}

#[tokio::test]
async fn a_picture_shows_the_window_as_large_as_it_was_made() {
    let stage = Stage::set();
    let window = open(&stage).await;
    window.resize(900, 700).await;

    let picture = window.screenshot("small-page").await;

    assert_eq!(format!("{picture:?}"), "900 × 700 pixels");
    assert!(!picture.is_blank());
    window.close().await;
}

#[tokio::test]
async fn what_is_killed_leaves_nothing_running() {
    let stage = Stage::set();
    let window = open(&stage).await;
    let running = stage.running().join(" ");
    assert!(running.contains("MiniBrowser"), "{running}");
    assert!(running.contains("WebKitWebProces"), "{running}");

    window.kill().await;

    assert_eq!(stage.running(), [""; 0]);
}

/// Opens the page in the browser that WebKit brings for such tests.
async fn open(stage: &Stage) -> Window<'_> {
    let page = stage.home().join("page.html");
    fs::write(&page, PAGE).unwrap();
    let window = stage.open_with(&browser(), &["--automation"]).await;
    let address = json!({ "url": format!("file://{}", page.display()) });
    window.driver.post("url", &address).await.unwrap();
    window
}

fn browser() -> PathBuf {
    fs::read_dir("/usr/lib")
        .unwrap()
        .flatten()
        .map(|folder| folder.path().join("webkit2gtk-4.1/MiniBrowser"))
        .find(|browser| browser.exists())
        .expect("libwebkit2gtk-4.1-0 brings MiniBrowser")
}
