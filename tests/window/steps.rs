//! What every story does.

use testkit::window::{Role, Window};

/// The passphrase of every story.
pub(crate) const PASSPHRASE: &str = "saunavasta kuutamo räntä polkupyörä";

/// From the first start to an open, empty vault.
pub(crate) async fn create_vault(window: &Window<'_>) {
    window.click(Role::Button, "Aloita").await;
    window.fill("Salalause", PASSPHRASE).await;
    window.fill("Salalause uudelleen", PASSPHRASE).await;
    window.click(Role::Button, "Luo oma lokero").await;
    window.find(Role::Heading, "Aloitetaan").await;
}

/// From an open, empty vault to one that is connected to the sample city.
pub(crate) async fn connect_sample_city(window: &Window<'_>) {
    window
        .click(Role::Button, "Kokeile esimerkkikaupunkia")
        .await;
    window.find(Role::Heading, "Etusivu").await;
}

/// Hands the page a file, as dropping it there would.
pub(crate) async fn choose_file(window: &Window<'_>, name: &str, text: &str) {
    let script = "
        const [name, text] = arguments;
        const input = document.querySelector('input[type=file]');
        const files = new DataTransfer();
        files.items.add(new File([text], name, { type: 'application/json' }));
        input.files = files.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));";
    window
        .evaluate(script, &serde_json::json!([name, text]))
        .await;
}

/// Opens a page by its link, whose name also says how many things wait there.
pub(crate) async fn go(window: &Window<'_>, page: &str) {
    press_named(window, Role::Link, page).await;
}

/// Presses the first thing whose name begins so.
pub(crate) async fn press_named(window: &Window<'_>, role: Role, beginning: &str) {
    let names = window.names(role).await;
    let name = names.iter().find(|name| name.starts_with(beginning));
    let name = name.unwrap_or_else(|| panic!("nothing begins with “{beginning}”: {names:?}"));
    window.click(role, name).await;
}

/// Opens a fold by its title. WebKit gives a fold's title no role of its own.
pub(crate) async fn unfold(window: &Window<'_>, title: &str) {
    let script = "
        const title = [...document.querySelectorAll('summary')]
            .find((summary) => summary.innerText.trim() === arguments[0]);
        title.click();
        return title.parentElement.open;";
    window.see(title).await;
    let open = window.evaluate(script, &serde_json::json!([title])).await;
    assert_eq!(open, true, "the fold “{title}” is open");
}
