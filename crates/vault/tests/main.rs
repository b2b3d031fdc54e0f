//! What the vault promises about its file, and what each of its tables promises.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test")]

mod canary;
mod crash;
mod damage;
mod envelope;
mod history;
mod opening;
mod store;
mod support;
mod upgrades;
