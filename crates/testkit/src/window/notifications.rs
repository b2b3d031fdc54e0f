//! A desktop that shows notifications, and the person who presses or dismisses them.
//!
//! Implements the Desktop Notifications Specification 1.2 as far as an app can tell.

use std::collections::HashMap;

use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use zbus::{
    Connection, connection, interface, message::Header, object_server::SignalEmitter,
    zvariant::OwnedValue,
};

use super::wait::{PATIENCE, until};

const PATH: &str = "/org/freedesktop/Notifications";

/// A notification as the desktop was asked to show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The number by which desktop and app speak of it.
    pub id: u32,
    /// The app that asks.
    pub app: String,
    /// The title.
    pub summary: String,
    /// The text below it.
    pub body: String,
    /// The keys of what can be pressed; `default` is the notification itself.
    pub actions: Vec<String>,
    /// The app's name on the bus.
    sender: String,
}

/// The desktop's part in showing notifications: it records them and plays the person.
#[derive(Debug)]
pub struct NotificationListener {
    connection: Connection,
    shown: Mutex<UnboundedReceiver<Shown>>,
}

/// Why a notification went away, as the specification numbers it.
#[derive(Clone, Copy)]
enum Reason {
    DismissedByPerson = 2,
    ClosedByApp = 3,
}

impl NotificationListener {
    pub(super) async fn start(address: &str) -> Self {
        let (sender, shown) = unbounded_channel();
        let server = Server { last: 0, sender };
        let connection = connection::Builder::address(address)
            .and_then(|builder| builder.serve_at(PATH, server))
            .and_then(|builder| builder.name("org.freedesktop.Notifications"))
            .unwrap()
            .build()
            .await
            .expect("nobody else shows notifications on this bus");
        Self {
            connection,
            shown: Mutex::new(shown),
        }
    }

    /// Waits for the next notification.
    ///
    /// # Panics
    ///
    /// If none comes.
    pub async fn next(&self) -> Shown {
        let mut shown = self.shown.lock().await;
        let next = tokio::time::timeout(PATIENCE, shown.recv()).await;
        next.ok().flatten().expect("a notification")
    }

    /// Returns the notifications that came and were not asked for yet.
    pub async fn waiting(&self) -> Vec<Shown> {
        let mut shown = self.shown.lock().await;
        std::iter::from_fn(|| shown.try_recv().ok()).collect()
    }

    /// Presses `action` of a notification, after which the desktop closes it.
    ///
    /// # Panics
    ///
    /// If the app does not wait for that.
    pub async fn press(&self, shown: &Shown, action: &str) {
        self.until_app_waits(shown).await;
        Server::action_invoked(&self.emitter(), shown.id, action)
            .await
            .unwrap();
        self.close(shown.id, Reason::DismissedByPerson).await;
    }

    /// Waves a notification away.
    ///
    /// # Panics
    ///
    /// If the app does not wait for that.
    pub async fn dismiss(&self, shown: &Shown) {
        self.until_app_waits(shown).await;
        self.close(shown.id, Reason::DismissedByPerson).await;
    }

    /// A person is slower than an app that shows a notification and then begins to wait for what
    /// becomes of it; a test is not. The bus knows who waits for what.
    async fn until_app_waits(&self, shown: &Shown) {
        let mut looks = 0;
        until(
            "the app to wait for its notification",
            PATIENCE,
            async || {
                let rules = self.rules_of(&shown.sender).await?;
                let waits_for = |signal| rules.iter().any(|rule| rule.contains(signal));
                let waits = waits_for("ActionInvoked") && waits_for("NotificationClosed");
                looks = if waits { looks + 1 } else { 0 };
                // The bus knows before the app has heard that it knows: hence the second look.
                (looks > 1).then_some(())
            },
        )
        .await;
    }

    async fn rules_of(&self, name: &str) -> Option<Vec<String>> {
        let reply = self
            .connection
            .call_method(
                Some("org.freedesktop.DBus"),
                "/org/freedesktop/DBus",
                Some("org.freedesktop.DBus.Debug.Stats"),
                "GetAllMatchRules",
                &(),
            )
            .await
            .expect("the bus tells who waits for what");
        let rules: HashMap<String, Vec<String>> = reply.body().deserialize().unwrap();
        rules.get(name).cloned()
    }

    async fn close(&self, id: u32, reason: Reason) {
        Server::notification_closed(&self.emitter(), id, reason as u32)
            .await
            .unwrap();
    }

    fn emitter(&self) -> SignalEmitter<'_> {
        SignalEmitter::new(&self.connection, PATH).unwrap()
    }
}

struct Server {
    last: u32,
    sender: UnboundedSender<Shown>,
}

#[interface(name = "org.freedesktop.Notifications")]
impl Server {
    #[expect(clippy::too_many_arguments, reason = "the specification has them")]
    fn notify(
        &mut self,
        app_name: String,
        replaces_id: u32,
        _app_icon: String,
        summary: String,
        body: String,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expire_timeout: i32,
        #[zbus(header)] header: Header<'_>,
    ) -> u32 {
        let id = if replaces_id == 0 {
            self.last += 1;
            self.last
        } else {
            replaces_id
        };
        // Keys and their words take turns.
        let actions = actions.into_iter().step_by(2).collect();
        // Nobody listens any more once the test is over.
        let _ = self.sender.send(Shown {
            id,
            app: app_name,
            summary,
            body,
            actions,
            sender: header.sender().map(ToString::to_string).unwrap_or_default(),
        });
        id
    }

    async fn close_notification(
        &self,
        id: u32,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) -> zbus::fdo::Result<()> {
        Self::notification_closed(&emitter, id, Reason::ClosedByApp as u32).await?;
        Ok(())
    }

    fn get_capabilities(&self) -> Vec<String> {
        ["actions", "body", "persistence"].map(str::to_owned).into()
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        let words = ["lokero testkit", "lokero", "1", "1.2"].map(str::to_owned);
        words.into()
    }

    #[zbus(signal)]
    async fn action_invoked(
        emitter: &SignalEmitter<'_>,
        id: u32,
        action_key: &str,
    ) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn notification_closed(
        emitter: &SignalEmitter<'_>,
        id: u32,
        reason: u32,
    ) -> zbus::Result<()>;
}
