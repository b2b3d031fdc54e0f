//! Notifications of the operating system. Clicking one brings the window to what it is about.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    thread,
};

use consent::Language;
use notifications::{Notification, Target, Urgency};
use notify_rust::Hint;
use tauri::AppHandle;

use crate::{
    events::{AppEvent, tell},
    window,
};

/// Shows notifications, a newer one in the place of an older one on the same topic.
///
/// The desktop is asked on threads of their own: one that is slow to answer, or starts its
/// notifications only when asked, must not hold up the window.
#[derive(Debug, Default)]
pub(crate) struct Notifier {
    shown: Mutex<BTreeMap<&'static str, Shown>>,
    available: OnceLock<bool>,
}

/// The newest popup on a topic.
#[derive(Debug)]
struct Shown {
    id: u32,
    /// What it opens. An older popup under the same id still waits, and must open nothing.
    opens: Target,
}

impl Notifier {
    /// Makes a notifier, and asks whether anything on this system shows notifications.
    pub(crate) fn start() -> Arc<Self> {
        let notifier = Arc::new(Self::default());
        let asking = Arc::clone(&notifier);
        thread::spawn(move || {
            let is_available = notify_rust::get_server_information().is_ok();
            asking.available.get_or_init(|| is_available);
        });
        notifier
    }

    /// Returns whether anything on this system shows notifications, as far as is known yet.
    pub(crate) fn is_available(&self) -> bool {
        self.available.get().copied().unwrap_or(true)
    }

    /// Shows `notification`, soon. A system without notifications loses nothing: all of it is in
    /// the app.
    pub(crate) fn show(
        self: &Arc<Self>,
        app: &AppHandle,
        notification: Notification,
        language: Language,
    ) {
        let (notifier, app) = (Arc::clone(self), app.clone());
        thread::spawn(move || notifier.show_here(&app, &notification, language));
    }

    /// Shows `notification` and waits until it is clicked or goes away.
    fn show_here(&self, app: &AppHandle, notification: &Notification, language: Language) {
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
        if let Some(earlier) = self.shown().get(notification.key) {
            popup.id(earlier.id);
        }
        match popup.show() {
            Ok(handle) => {
                let newest = Shown {
                    id: handle.id(),
                    opens: notification.opens.clone(),
                };
                self.shown().insert(notification.key, newest);
                handle.wait_for_action(|action| {
                    let newest = self.shown();
                    let is_newest = newest
                        .get(notification.key)
                        .is_some_and(|newest| newest.opens == notification.opens);
                    drop(newest);
                    if action == "default" && is_newest {
                        window::bring_up(app);
                        tell(app, AppEvent::open(&notification.opens));
                    }
                });
            }
            Err(error) => tracing::info!(%error, "No notification was shown"),
        }
    }

    fn shown(&self) -> MutexGuard<'_, BTreeMap<&'static str, Shown>> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const fn open_label(language: Language) -> &'static str {
    match language {
        Language::Fi => "Avaa",
        Language::Sv => "Öppna",
        Language::En => "Open",
    }
}
