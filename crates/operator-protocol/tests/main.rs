//! What the protocol promises to those who implement it.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

mod bundles;
mod chain_damage;
mod chains;
mod conformance;
mod key_sets;
mod messages;
mod proof;
mod records;
mod requests;
mod sources;
mod statuses;
mod vectors;
mod wire;
