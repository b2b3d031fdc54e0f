//! The reference operator: for trying out, for pilots, and to read.
//!
//! It serves a sample city over the protocol of `docs/protocol.md`, keeps what it was told in a
//! store of its own, and verifies every signature and every link before anything counts. The app
//! runs it inside itself as a sandbox; `lokero-operator` runs it alone.
//!
//! ```no_run
//! # async fn run() -> Result<(), operator_server::StartError> {
//! use std::sync::Arc;
//! use operator_server::{Operator, Settings, SystemClock};
//!
//! let operator = Operator::start(Settings::embedded(None), Arc::new(SystemClock)).await?;
//! assert!(operator.base_url().starts_with("http://127.0.0.1:"));
//! operator.shutdown().await;
//! # Ok(())
//! # }
//! ```
//!
//! **Invariant:** it cannot open a vault and knows no crate that could. What it may see is in
//! `docs/adr/0004-what-the-reference-operator-may-see.md`.
//!
//! **Invariant:** the time is an argument; only [`SystemClock`] reads it from the system.
//!
//! **Invariant:** no personal data is logged: identifiers of things, codes and counts only.

mod address;
mod announce;
mod api;
mod city_life;
mod clock;
mod draw;
mod oauth;
mod operator;
mod pilot;
mod refusal;
mod router;
mod running;
mod serve;
mod settings;
mod standing;
mod store;
mod upkeep;

pub use clock::{Clock, StandingClock, SystemClock};
pub use operator::Operator;
pub use pilot::{Pilot, PilotError, TestHandle};
pub use running::{RunningOperator, StartError};
pub use settings::{Pace, Settings};
pub use store::StoreError;
