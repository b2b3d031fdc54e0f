//! Starting and stopping an operator.

use std::sync::{Arc, atomic::Ordering};

use operator_protocol::key::SigningKey;
use sample_city::{City, CityError};
use tokio::{sync::watch, task::JoinHandle};

use crate::{
    Clock, Pilot, Settings, TestHandle,
    address::{self, Remembered},
    draw::{self, NoRandomness},
    operator::{Beginnings, Operator},
    refusal::Refusal,
    router, serve,
    store::{Store, StoreError, devices, identity, offers},
    upkeep,
};

/// Why an operator did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Its store could not be opened.
    #[error("the operator's store could not be opened")]
    Store(#[from] StoreError),
    /// Its address is taken, or may not be used.
    #[error("the operator could not listen at its address")]
    Bind(#[source] std::io::Error),
    /// Another program has the port by which devices know this operator. Trying again later may
    /// help.
    #[error("another program uses port {port}, by which devices know this operator")]
    PortTaken {
        /// The port.
        port: u16,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// It would serve plain HTTP to other machines.
    #[error("plain HTTP is for loopback only: give an https public URL")]
    Exposed,
    /// The public address is not an https address without a path.
    #[error("the public URL must be https://host[:port], or http on loopback")]
    PublicUrl,
    /// The city that it serves is broken.
    #[error("the sample city could not be read")]
    City(#[from] CityError),
    /// The system gave no random numbers.
    #[error("no key could be drawn")]
    Randomness,
    /// Its offers could not be published.
    #[error("the city's offers could not be published")]
    Offers,
}

impl From<NoRandomness> for StartError {
    fn from(_: NoRandomness) -> Self {
        Self::Randomness
    }
}

/// An operator that serves.
#[derive(Debug)]
pub struct RunningOperator {
    operator: Arc<Operator>,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Operator {
    /// Starts an operator: opens its store, takes its address, and serves.
    ///
    /// The time is `clock`'s alone. Must be called within a tokio runtime with time and I/O.
    ///
    /// # Errors
    ///
    /// Fails as [`StartError`] says; nothing is left running then.
    pub async fn start(
        settings: Settings,
        clock: Arc<dyn Clock>,
    ) -> Result<RunningOperator, StartError> {
        let now = clock.now();
        let store = Store::open(settings.data_folder.as_deref())?;
        let known = match store.read(identity::find)? {
            Some(known) => known,
            None => {
                let seed = draw::seed()?;
                store.write(|tx| identity::insert(tx, &seed, now))?;
                identity::Identity { seed, port: None }
            }
        };
        let remembered = Remembered {
            port: known.port,
            is_known: store.read(devices::is_any_enrolled)?,
        };
        let listener = address::bind(&settings, remembered).await?;
        let local = listener.local_addr().map_err(StartError::Bind)?;
        let issuer = address::issuer(&settings, local)?;
        let was_called = store.read(identity::list_issuers)?;
        store.write(|tx| identity::set_address(tx, local.port(), issuer.as_str(), now))?;
        let beginnings = Beginnings {
            city: City::at(issuer.as_str())?,
            key: SigningKey::from_seed(known.seed),
            issuers: store.read(identity::list_issuers)?,
            hosts: address::hosts(&issuer, local),
            store,
            issuer,
        };
        let is_renamed = was_called
            .first()
            .is_some_and(|name| name != beginnings.issuer.as_str());
        let operator = Arc::new(Self::new(beginnings, &settings, clock));
        operator
            .open_catalogue(is_renamed, now)
            .map_err(|_| StartError::Offers)?;

        let (stop, stopped) = watch::channel(false);
        let app = router::router(Arc::clone(&operator));
        let tasks = vec![
            tokio::spawn(serve::serve(listener, app, Arc::clone(&operator), stopped)),
            tokio::spawn(upkeep::keep_up(Arc::clone(&operator))),
        ];
        tracing::info!("The operator serves");
        Ok(RunningOperator {
            operator,
            stop,
            tasks,
        })
    }

    /// Publishes the city's offers that were never published; under a new name, those that stand
    /// anew, because they carry addresses.
    fn open_catalogue(&self, is_renamed: bool, now: jiff::Timestamp) -> Result<(), Refusal> {
        self.store.write(|tx| {
            for template in &self.city.offers {
                let id = template.id().ok_or(Refusal::Internal("name an offer"))?;
                let stands = offers::find(tx, id.as_str())?.is_some();
                if is_renamed && stands {
                    offers::withdraw(tx, id.as_str(), now)?;
                    self.publish(tx, template, now)?;
                } else if !offers::was_published(tx, id.as_str())? {
                    self.publish(tx, template, now)?;
                }
            }
            Ok(())
        })
    }
}

impl RunningOperator {
    /// Returns the operator's address, which is also its name: without a slash at its end.
    pub fn base_url(&self) -> &str {
        self.operator.issuer.as_str()
    }

    /// Returns a handle for playing the city's services by hand.
    pub fn pilot(&self) -> Pilot {
        Pilot::new(Arc::clone(&self.operator))
    }

    /// Returns a handle that makes the operator misbehave, for tests.
    pub fn test_handle(&self) -> TestHandle {
        TestHandle::new(Arc::clone(&self.operator))
    }

    /// Stops: takes no more calls, answers those under way, and settles the store.
    pub async fn shutdown(mut self) {
        self.operator.is_stopping.store(true, Ordering::SeqCst);
        self.operator.bell.notify_waiters();
        self.operator.plans_changed.notify_one();
        // Fails only if the server has ended by itself.
        let _ = self.stop.send(true);
        for task in std::mem::take(&mut self.tasks) {
            if let Err(error) = task.await {
                tracing::error!(%error, "A task of the operator ended badly");
            }
        }
        if let Err(error) = self.operator.store.settle() {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, "The store was left unsettled");
        }
        tracing::info!("The operator has stopped");
    }
}

impl Drop for RunningOperator {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}
