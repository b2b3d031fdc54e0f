//! The exchanges with operators: one driver each, for as long as the vault is open.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use app::{
    attention,
    exchange::{Exchange, SharedVault, Steering},
    view::TopicView,
};
use consent::OperatorId;
use operator_client::{Driver, Http, WakeHandle};
use operator_sync::Want;
use tauri::{AppHandle, async_runtime::JoinHandle};

use crate::{
    events::{AppEvent, tell},
    notifier::Notifier,
    preferences::Preferences,
    shell::{Shell, draw, now},
};

/// The exchanges that run.
#[derive(Default)]
pub(crate) struct Exchanges {
    running: Mutex<BTreeMap<OperatorId, Running>>,
}

struct Running {
    task: JoinHandle<()>,
    wake: WakeHandle,
    steering: Steering,
}

impl Exchanges {
    /// Starts the exchange with `operator`, or has a running one read the vault anew.
    pub(crate) fn start(&self, shell: &Shell, operator: OperatorId) {
        let mut running = self.running();
        if let Some(running) = running.get(&operator) {
            running.steering.start_over();
            running.wake.wake();
            return;
        }
        let news = News {
            app: shell.app.clone(),
            vault: Arc::clone(&shell.vault),
            notifier: Arc::clone(&shell.notifier),
            preferences: Preferences::at(shell.preferences.file().to_owned()),
        };
        running.insert(
            operator.clone(),
            drive(Arc::clone(&shell.vault), operator, shell.http.clone(), news),
        );
    }

    /// Has every exchange look at the vault again.
    pub(crate) fn wake_all(&self) {
        for running in self.running().values() {
            running.wake.wake();
        }
    }

    /// Fetches these from every operator at the next chance.
    pub(crate) fn insist(&self, wants: &[Want]) {
        for running in self.running().values() {
            running.steering.insist(wants.iter().cloned());
            running.steering.poll_now();
            running.wake.wake();
        }
    }

    /// Ends every exchange. What was under way is taken up again at the next start.
    pub(crate) fn stop_all(&self) {
        for (_, running) in std::mem::take(&mut *self.running()) {
            running.task.abort();
        }
    }

    fn running(&self) -> MutexGuard<'_, BTreeMap<OperatorId, Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn drive(vault: SharedVault, operator: OperatorId, http: Http, news: News) -> Running {
    let exchange = Exchange::new(
        vault,
        operator,
        Box::new(draw),
        Box::new(move |topics| news.tell(topics)),
    );
    let steering = exchange.steering();
    let (driver, wake) = Driver::new(exchange, http, now);
    Running {
        task: tauri::async_runtime::spawn(driver.run()),
        wake,
        steering,
    }
}

/// Passes on what an exchange has stored: to the window, and to the operating system.
struct News {
    app: AppHandle,
    vault: SharedVault,
    notifier: Arc<Notifier>,
    preferences: Preferences,
}

impl News {
    fn tell(&self, topics: &[TopicView]) {
        tell(&self.app, AppEvent::changed(topics));
        let due = {
            let mut vault = self.vault.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(vault) = vault.as_mut() else {
                return;
            };
            attention::next_notification(vault, now())
        };
        match due {
            Ok(Some(notification)) => {
                let (language, _) = self.preferences.language();
                self.notifier.show(&self.app, notification, language);
            }
            Ok(None) => {}
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "Nothing was notified"
                );
            }
        }
    }
}
