//! Decides what to send to the operator, what to fetch, and when. Sends nothing itself.
//!
//! [`ledger`] is the port: what drives the exchange asks for the next [`Task`] and reports its
//! [`Outcome`]. [`plan`] is the decision behind it, made of [`delivery`], [`feed`] and [`wants`].
//!
//! **Invariant:** no socket, clock, store, logger or random number; time and jitter are
//! arguments. What a plan knows can be rebuilt from what the vault has stored.

pub mod answer;
pub mod backoff;
pub mod contact;
pub mod delivery;
pub mod failure;
pub mod feed;
pub mod ledger;
pub mod plan;
pub mod task;
pub mod wants;

pub use answer::{Answer, Listed};
pub use backoff::{Backoff, Jitter, RetryAfter};
pub use contact::{Access, Discovered, Renewal, Tokens};
pub use delivery::Delivery;
pub use failure::{Failure, Refusal};
pub use feed::Feed;
pub use ledger::{Ledger, Next, Order, OrderId, Outcome, Unavailable};
pub use plan::Plan;
pub use task::Task;
pub use wants::{Want, Wants};
