//! Notifications of the operating system. Clicking one brings the window to what it is about.

use std::{collections::BTreeMap, sync::Mutex, sync::PoisonError, thread};

use consent::Language;
use notifications::{Notification, Urgency};
use notify_rust::Hint;
use tauri::AppHandle;

use crate::{
    events::{AppEvent, tell},
    window,
};

/// Shows notifications, a newer one in the place of an older one on the same topic.
#[derive(Debug, Default)]
pub(crate) struct Notifier {
    shown: Mutex<BTreeMap<&'static str, u32>>,
}

impl Notifier {
    /// Returns whether anything on this system shows notifications.
    pub(crate) fn is_available() -> bool {
        notify_rust::get_server_information().is_ok()
    }

    /// Shows `notification`. A system without notifications loses nothing: all of it is in the app.
    pub(crate) fn show(&self, app: &AppHandle, notification: &Notification, language: Language) {
        let mut popup = notify_rust::Notification::new();
        popup
            .appname("Lokero")
            .summary(notification.title.pick(language).unwrap_or("Lokero"))
            .body(notification.body.pick(language).unwrap_or_default())
            .icon("fi.lokero.desktop")
            .hint(Hint::DesktopEntry("fi.lokero.desktop".to_owned()))
            .urgency(match notification.urgency {
                Urgency::Low => notify_rust::Urgency::Low,
                Urgency::Normal => notify_rust::Urgency::Normal,
                Urgency::Critical => notify_rust::Urgency::Critical,
            })
            .action("default", open_label(language));
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(earlier) = shown.get(notification.key) {
            popup.id(*earlier);
        }
        match popup.show() {
            Ok(handle) => {
                shown.insert(notification.key, handle.id());
                let app = app.clone();
                let target = notification.opens.clone();
                // Waits until the popup is clicked or goes away.
                thread::spawn(move || {
                    handle.wait_for_action(|action| {
                        if action == "default" {
                            window::bring_up(&app);
                            tell(&app, AppEvent::open(&target));
                        }
                    });
                });
            }
            Err(error) => tracing::info!(%error, "No notification was shown"),
        }
    }
}

const fn open_label(language: Language) -> &'static str {
    match language {
        Language::Fi => "Avaa",
        Language::Sv => "Öppna",
        Language::En => "Open",
    }
}
