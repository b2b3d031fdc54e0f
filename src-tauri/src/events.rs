//! What the window is told without asking.

use app::view::TopicView;
use notifications::Target;
use serde::Serialize;
use tauri::{AppHandle, Emitter};

/// The name under which the window listens.
const NAME: &str = "app-event";

/// Something that the window is told; `AppEvent` in `ui/src/backend/backend.ts`.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub(crate) enum AppEvent {
    /// These have changed: ask again.
    Changed { topics: Vec<TopicView> },
    /// A notification was clicked: show this.
    Open {
        target: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<String>,
    },
}

impl AppEvent {
    /// Says that `topics` have changed.
    pub(crate) fn changed(topics: &[TopicView]) -> Self {
        Self::Changed {
            topics: topics.to_vec(),
        }
    }

    /// Says to show what a notification is about.
    pub(crate) fn open(target: &Target) -> Self {
        let (target, id) = match target {
            Target::Home | Target::SignIn(_) => ("home", None),
            Target::Requests => ("requests", None),
            Target::Request(id) => ("requests", Some(id.to_string())),
            Target::Offers => ("offers", None),
            Target::Offer(id) => ("offers", Some(id.to_string())),
            Target::Permissions => ("permissions", None),
            Target::Permission(id) => ("permissions", Some(id.to_string())),
        };
        Self::Open { target, id }
    }
}

/// Tells the window.
pub(crate) fn tell(app: &AppHandle, event: AppEvent) {
    if let Err(error) = app.emit(NAME, event) {
        tracing::warn!(%error, "The window was not told");
    }
}
