//! The messages between a vault and an operator, and their signatures.
//!
//! The wire form is described in `docs/protocol.md`. Each module is one noun of that document:
//! its JSON shape, and what can be said about it without asking anybody.
//!
//! **Invariant:** pure. No clock, file, socket, random number or logger; time, identifiers,
//! nonces and seeds are arguments.
//!
//! **Invariant:** what comes from outside is bounded ([`limits`]) before it is decoded, and no
//! error carries any of it.
//!
//! ```
//! use operator_protocol::{jws, key::{JwkSet, SigningKey}};
//! use pii::Secret;
//!
//! let key = SigningKey::from_seed(Secret::new([9; 32]));
//! let compact = jws::sign(&key, "mdc-csr+jwt", &serde_json::json!({ "seq": 1 }))?;
//!
//! let keys = JwkSet::of([&key.public()]);
//! let verified = jws::verify::<serde_json::Value>(&compact, "mdc-csr+jwt", &keys)?;
//! assert_eq!(verified.payload["seq"], 1);
//! assert_eq!(verified.hash, jws::hash_of(&compact));
//! # Ok::<(), operator_protocol::ProtocolError>(())
//! ```

pub mod access_log;
pub mod algorithm;
pub mod api;
pub mod binding;
pub mod bundle;
pub mod canonical;
pub mod chain;
pub mod delegation;
pub mod device_proof;
pub mod discovery;
mod error;
pub mod event;
pub mod event_stream;
pub mod jws;
pub mod kantara;
pub mod key;
pub mod key_set;
pub mod limits;
pub mod offer;
pub mod problem;
pub mod receipt;
pub mod receipt_form;
pub mod record;
pub mod request;
mod seconds;
pub mod service;
pub mod source;
pub mod statement;
pub mod status;

pub use error::ProtocolError;
