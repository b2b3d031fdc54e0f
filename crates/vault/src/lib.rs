//! The encrypted store: one SQLite file for one person, encrypted with SQLCipher 4.
//!
//! Reading takes a `&Connection`, writing a `&Transaction`. Messages between the vault and its
//! operators are stored as text.
//!
//! **Invariants:** nothing of the vault is written in the clear, to any file. What was decided
//! is only appended to. A damaged file is moved aside, never deleted. No error names a value.

pub mod accesses;
mod cipher;
pub mod consents;
pub mod delegations;
mod entropy;
mod envelope;
mod error;
pub mod events;
mod folder;
pub mod forgetting;
pub mod journal;
mod key_derivation;
pub mod migrations;
pub mod notices;
pub mod offers;
mod open_error;
pub mod operators;
pub mod outbox;
pub mod receipts;
pub mod requests;
mod rows;
pub mod services;
pub mod settings;
pub mod snapshots;
pub mod sources;
pub mod statements;
mod vault;

pub use entropy::Entropy;
pub use envelope::VaultKey;
pub use error::VaultError;
pub use key_derivation::KeyDerivation;
pub use open_error::OpenError;
pub use rusqlite::{Connection, Transaction};
pub use vault::{Presence, Vault};
