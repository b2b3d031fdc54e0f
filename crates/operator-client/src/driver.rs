//! Drives the exchange with one operator: asks the ledger, does the one thing, reports back.
//!
//! It decides nothing and remembers nothing. Whatever goes wrong ends up in the ledger or in a
//! wait; it never gives up and never spins.

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use operator_sync::{Failure, Jitter, Ledger, Next, Order, Unavailable};
use tokio::sync::Notify;

use crate::errand::carry_out;
use crate::http::Http;

/// The longest sleep. The clock may be set, and the computer may sleep, while we do.
const LONGEST_REST: Duration = Duration::from_secs(60);
/// The shortest, however small a wait the ledger asks for.
const SHORTEST_REST: Duration = Duration::from_millis(50);
/// The wait after the vault could not be read or written.
const AFTER_TROUBLE: Duration = Duration::from_secs(60);
/// More orders in a row than a sound exchange has.
const MOST_ORDERS: usize = 10_000;

/// Runs one exchange to its end: until nothing is left to do now. Never waits for news.
///
/// Returns when to come again, if the ledger said so.
///
/// # Errors
///
/// Fails if the vault is locked, or could not be read or written; what had been taken in by then
/// is stored.
pub async fn run_until_idle(
    ledger: &mut impl Ledger,
    http: &Http,
    clock: impl Fn() -> Timestamp,
) -> Result<Option<Timestamp>, Unavailable> {
    for _ in 0..MOST_ORDERS {
        let order = match ledger.next(clock())? {
            Next::Do(order) => order,
            Next::WaitUntil(time) => return Ok(Some(time)),
            Next::Idle => return Ok(None),
        };
        if order.task.may_wait() {
            ledger.on_outcome(order.id, Err(Failure::Interrupted), clock(), jitter())?;
            return Ok(None);
        }
        let outcome = carry_out(http, &order).await;
        ledger.on_outcome(order.id, outcome, clock(), jitter())?;
    }
    Ok(None)
}

/// Drives the exchange with one operator for as long as the app runs.
pub struct Driver<L> {
    ledger: Arc<Mutex<L>>,
    http: Http,
    clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
    wake: Arc<Notify>,
}

/// Tells a [`Driver`] that something changed: a decision, an unlocked vault, an opened window.
#[derive(Clone, Debug)]
pub struct WakeHandle(Arc<Notify>);

impl WakeHandle {
    /// Has the driver ask its ledger again now. Breaks off a poll that is waiting for news.
    pub fn wake(&self) {
        self.0.notify_one();
    }
}

impl<L: Ledger + Send + 'static> Driver<L> {
    /// Makes a driver over `ledger`, and what wakes it. Nothing happens before [`Driver::run`].
    pub fn new(
        ledger: L,
        http: Http,
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
    ) -> (Self, WakeHandle) {
        let wake = Arc::new(Notify::new());
        let driver = Self {
            ledger: Arc::new(Mutex::new(ledger)),
            http,
            clock: Box::new(clock),
            wake: Arc::clone(&wake),
        };
        (driver, WakeHandle(wake))
    }

    /// Runs until it is dropped. An exchange that is broken off so is taken up again later.
    ///
    /// The ledger is called on threads that may block, one call at a time.
    pub async fn run(self) {
        loop {
            match self.next().await {
                Ok(Next::Do(order)) => {
                    let outcome = self.carry_out(&order).await;
                    let jitter = jitter();
                    let now = (self.clock)();
                    let stored = self
                        .call(move |ledger| ledger.on_outcome(order.id, outcome, now, jitter))
                        .await;
                    if let Err(unavailable) = stored {
                        self.rest_after(unavailable).await;
                    }
                }
                Ok(Next::WaitUntil(time)) => self.rest_until(time).await,
                Ok(Next::Idle) => self.wake.notified().await,
                Err(unavailable) => self.rest_after(unavailable).await,
            }
        }
    }

    async fn next(&self) -> Result<Next, Unavailable> {
        let now = (self.clock)();
        self.call(move |ledger| ledger.next(now)).await
    }

    async fn carry_out(&self, order: &Order) -> operator_sync::Outcome {
        if !order.task.may_wait() {
            return carry_out(&self.http, order).await;
        }
        tokio::select! {
            outcome = carry_out(&self.http, order) => outcome,
            () = self.wake.notified() => Err(Failure::Interrupted),
        }
    }

    async fn call<T: Send + 'static>(
        &self,
        call: impl FnOnce(&mut L) -> Result<T, Unavailable> + Send + 'static,
    ) -> Result<T, Unavailable> {
        let ledger = Arc::clone(&self.ledger);
        tokio::task::spawn_blocking(move || {
            call(&mut ledger.lock().unwrap_or_else(PoisonError::into_inner))
        })
        .await
        .unwrap_or(Err(Unavailable::Failed))
    }

    async fn rest_after(&self, unavailable: Unavailable) {
        match unavailable {
            Unavailable::Locked => self.wake.notified().await,
            Unavailable::Failed => {
                tracing::warn!(%unavailable, "The exchange rests");
                self.rest(AFTER_TROUBLE).await;
            }
        }
    }

    async fn rest_until(&self, time: Timestamp) {
        let wait = Duration::try_from(time.duration_since((self.clock)())).unwrap_or_default();
        self.rest(wait.clamp(SHORTEST_REST, LONGEST_REST)).await;
    }

    async fn rest(&self, wait: Duration) {
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = self.wake.notified() => {}
        }
    }
}

/// Without randomness there is no spreading, which does no harm.
fn jitter() -> Jitter {
    let mut bytes = [0; 2];
    match getrandom::fill(&mut bytes) {
        Ok(()) => Jitter(u16::from_ne_bytes(bytes)),
        Err(_) => Jitter::default(),
    }
}
