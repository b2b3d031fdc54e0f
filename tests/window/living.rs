//! The window in other languages, narrow, and dark: the same story with the words of each.

use serde_json::Value;
use testkit::window::{Role, Stage, Window, desktop_binary};

use super::steps::{PASSPHRASE, press_named};

/// The languages besides Finnish, which the main story speaks.
const LANGUAGES: [(&str, &str, &str); 2] = [
    (
        "sv",
        "sv_FI.UTF-8",
        include_str!("../../ui/src/i18n/sv.json"),
    ),
    (
        "en",
        "en_GB.UTF-8",
        include_str!("../../ui/src/i18n/en.json"),
    ),
];

#[tokio::test]
async fn the_window_speaks_the_systems_language_wide_and_narrow() {
    for (language, locale, words) in LANGUAGES {
        let words = Words::read(words);
        let stage = Stage::set().with_variable("LANG", locale);
        let window = stage.open(&desktop_binary()).await;
        window
            .find(Role::Heading, &words.of("welcome.heading"))
            .await;
        window.screenshot(&format!("30-welcome-{language}")).await;

        come_to_the_request(&window, &words).await;

        window.screenshot(&format!("31-request-{language}")).await;
        window.resize(400, 820).await;
        window
            .screenshot(&format!("32-request-narrow-{language}"))
            .await;
        let overflow = "return document.documentElement.scrollWidth > window.innerWidth;";
        let is_cut = window.evaluate(overflow, &serde_json::json!([])).await;
        assert_eq!(is_cut, false, "nothing is wider than a narrow window");
        window.close().await;
    }
}

#[tokio::test]
async fn the_window_follows_a_dark_desktop() {
    let words = Words::read(include_str!("../../ui/src/i18n/fi.json"));
    let stage = Stage::set().with_variable("GTK_THEME", "Adwaita:dark");
    let window = stage.open(&desktop_binary()).await;

    come_to_the_request(&window, &words).await;

    let dark = "return matchMedia('(prefers-color-scheme: dark)').matches;";
    let is_dark = window.evaluate(dark, &serde_json::json!([])).await;
    assert_eq!(is_dark, true);
    window.screenshot("33-request-dark").await;
    window.close().await;
}

async fn come_to_the_request(window: &Window<'_>, words: &Words) {
    window.click(Role::Button, &words.of("welcome.start")).await;
    window
        .fill(&words.of("create.passphrase"), PASSPHRASE)
        .await;
    window.fill(&words.of("create.again"), PASSPHRASE).await;
    window.click(Role::Button, &words.of("create.submit")).await;
    let sample = words.of("firstSteps.sample.action");
    window.click(Role::Button, &sample).await;
    window.find(Role::Heading, &words.of("home.heading")).await;
    // The first request comes four seconds after signing in.
    window.see(&words.of("home.requests.title")).await;
    press_named(window, Role::Link, &words.of("navigation.requests")).await;
    window
        .find(Role::Heading, &words.of("requests.heading"))
        .await;
    window.see("Eero Virtanen").await;
    window.screenshot("34-requests").await;
    let script = "document.querySelector('main a[href*=\"request\"]').click();";
    window.evaluate(script, &serde_json::json!([])).await;
    window
        .find(Role::Heading, &words.of("request.fields.title"))
        .await;
    window
        .find(Role::Button, &words.of("request.answer.give"))
        .await;
}

/// The window's words in one language.
struct Words(Value);

impl Words {
    fn read(json: &str) -> Self {
        Self(serde_json::from_str(json).unwrap_or_else(|error| panic!("words: {error}")))
    }

    fn of(&self, key: &str) -> String {
        let words = self.0.pointer(&format!("/{}", key.replace('.', "/")));
        let words = words.and_then(Value::as_str);
        words
            .unwrap_or_else(|| panic!("no words for {key}"))
            .to_owned()
    }
}
