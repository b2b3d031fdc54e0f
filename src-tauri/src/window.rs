//! The one window.

use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder};

/// The window's name, which its capability is granted to.
const NAME: &str = "main";

/// Opens the window. It keeps nothing on disk and goes nowhere but to its own pages.
pub(crate) fn open(app: &AppHandle) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, NAME, WebviewUrl::default())
        .title("Lokero")
        .inner_size(1200.0, 820.0)
        .min_inner_size(360.0, 480.0)
        .incognito(!is_driven())
        // The pages take dropped files themselves.
        .disable_drag_drop_handler()
        .devtools(cfg!(debug_assertions))
        .on_navigation(|url| url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost"))
        .build()?;
    Ok(())
}

/// Returns whether a driver operates the window, as in tests. WebKit then needs a context that
/// lasts; the window itself still stores nothing in it.
#[expect(
    clippy::disallowed_methods,
    reason = "the web view reads the same variable"
)]
fn is_driven() -> bool {
    std::env::var("TAURI_WEBVIEW_AUTOMATION").is_ok_and(|driven| driven == "true")
}

/// Shows the window before the others.
pub(crate) fn bring_up(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(NAME) {
        for shown in [window.unminimize(), window.show(), window.set_focus()] {
            if let Err(error) = shown {
                tracing::warn!(%error, "The window did not come up");
            }
        }
    }
}
