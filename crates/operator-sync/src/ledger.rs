//! The port between what drives the exchange with an operator and what knows the vault.
//!
//! The driver asks [`Ledger::next`], does the one thing that it is told, and reports back with
//! [`Ledger::on_outcome`]. It keeps nothing of its own: every answer is in the vault before the
//! next thing is asked, and so before anything is acknowledged to the operator.

use std::sync::Arc;

use jiff::Timestamp;
use pii::Secret;

use crate::{Answer, Discovered, Failure, Jitter, Task};

/// What a vault offers to the driver that speaks to one operator.
///
/// Calls are synchronous and may block on the store. An implementation that shares the vault
/// with the window holds a lock inside each call, never between two.
pub trait Ledger {
    /// Returns what to do at `now`. Calling it twice gives the same task under a new number.
    ///
    /// # Errors
    ///
    /// Fails if the vault is locked or cannot be read.
    fn next(&mut self, now: Timestamp) -> Result<Next, Unavailable>;

    /// Takes in what came of the order that [`Ledger::next`] gave.
    ///
    /// All that follows from it is stored in one transaction. If that fails nothing has
    /// happened, and the same task is given again.
    ///
    /// # Errors
    ///
    /// Fails if the vault is locked or cannot be written.
    fn on_outcome(
        &mut self,
        order: OrderId,
        outcome: Outcome,
        now: Timestamp,
        jitter: Jitter,
    ) -> Result<(), Unavailable>;
}

/// What the driver is to do.
#[derive(Clone, Debug)]
pub enum Next {
    /// Carry this out.
    Do(Order),
    /// Ask again at this time, or when woken.
    WaitUntil(Timestamp),
    /// There is nothing to do until woken.
    Idle,
}

/// A task, whom to ask, and what opens the door.
#[derive(Clone, Debug)]
pub struct Order {
    /// Comes back with the outcome.
    pub id: OrderId,
    /// What to ask.
    pub task: Task,
    /// Whom to ask: where it is reached, as pinned.
    pub operator: Arc<Discovered>,
    /// The access token, for tasks that need one.
    pub access: Option<Secret<String>>,
}

/// Numbers an order, so that an outcome is never taken for that of another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderId(pub u64);

impl OrderId {
    /// Returns the number after this one.
    #[must_use]
    pub const fn following(self) -> Self {
        Self(self.0.wrapping_add(1))
    }
}

/// What came of an order.
pub type Outcome = Result<Answer, Failure>;

/// The vault cannot be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unavailable {
    /// It is locked: the driver rests until it is woken.
    #[error("the vault is locked")]
    Locked,
    /// It could not be read or written: the driver tries again later.
    #[error("the vault cannot be read or written")]
    Failed,
}
