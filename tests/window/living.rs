//! The window in other languages, narrow, and large.

use testkit::window::{Role, Stage, desktop_binary};

#[tokio::test]
async fn the_window_speaks_the_systems_language() {
    for (locale, heading, name) in [
        ("sv_FI.UTF-8", "Välkommen till Lokero", "30-welcome-sv"),
        ("en_GB.UTF-8", "Welcome to Lokero", "31-welcome-en"),
    ] {
        let stage = Stage::set().with_variable("LANG", locale);
        let window = stage.open(&desktop_binary()).await;

        window.find(Role::Heading, heading).await;
        window.screenshot(name).await;
        window.close().await;
    }
}
