//! What a person can do, one function each.
//!
//! Every function takes the vault, does one thing, and answers with what a screen shows. What
//! changes and the message that announces it are written in one transaction. Time and identifiers
//! are arguments.
//!
//! **Invariant:** no network and no user interface: [`exchange`] decides, in
//! `operator_sync`'s terms, what is to be asked of an operator, and others ask it.

pub mod attention;
mod copy;
mod decision;
mod error;
pub mod exchange;
mod offers;
mod opening;
mod operators;
mod organisations;
mod passphrase;
mod permissions;
mod proof;
mod requests;
mod settings;
mod text;
mod uses;
mod value;
pub mod view;

pub use copy::{import_file, list_nodes, list_sources, raw_source, remove_file, reveal_node};
pub use decision::DrawId;
pub use error::AppError;
pub use offers::{accept_offer, dismiss_offer, list_offers, restore_offer};
pub use opening::{create_vault, find_vault, open_vault};
pub use operators::{SignedIn, connect_operator, device_seed, list_operators};
pub use passphrase::{LEAST_CHARACTERS, is_long_enough, strength};
pub use permissions::{find_permission, list_permissions, withdraw_permission};
pub use proof::export_proof;
pub use requests::{Answer, answer_request, find_request, list_requests};
pub use settings::set_language;
pub use uses::list_uses;
pub use vault::{OpenError, Vault, VaultError};
