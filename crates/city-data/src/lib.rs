//! Reads a city's export of personal data: lenient, bounded, nothing lost.
//!
//! A city gives a resident one JSON file: a tree of nodes (`key`, `value`, `children`, `error`) in
//! the shape of the Helsinki GDPR API 1.1.0, which every service fills in its own way. [`read()`]
//! turns any such file into one [`Node`] tree; [`flatten()`] turns the tree into rows for a store;
//! [`label()`] and [`value_label`] give the rows their words; [`is_masked`] says what to cover until
//! the person asks; [`select()`] finds the nodes that a data-source schema speaks of.
//!
//! ```
//! let file = br#"{"key":"YOUTHPROFILE","children":[{"key":"SCHOOL_CLASS","value":"1A"}]}"#;
//!
//! let export = city_data::read(file)?;
//!
//! let rows: Vec<_> = city_data::flatten(&export.root).collect();
//! assert_eq!(rows[1].path, "YOUTHPROFILE/SCHOOL_CLASS");
//! assert_eq!(city_data::label(&rows[1].path).sv.as_deref(), Some("Skolklass"));
//! # Ok::<(), city_data::ReadError>(())
//! ```
//!
//! **Invariant:** pure, and no leaf is lost. No clock, file, socket or logger; every text, number,
//! date and error of the file is in the tree, in the file's order, or the file is refused. No error
//! and no `Debug` output holds anything that the file said.

mod date;
mod flatten;
mod json;
mod label;
mod mask;
mod node;
mod path;
mod read;
mod select;
mod stored;
mod tree;
mod value;

pub use consent::{Language, LocalText};
pub use flatten::{FlatNode, Flatten, flatten};
pub use label::{label, service_label, value_label};
pub use mask::{holds_identity_code, is_masked, is_masked_key};
pub use node::Node;
pub use path::MISSING_KEY;
pub use read::{Export, ReadError, Warning, WarningKind, read};
pub use read::{MAX_BYTES, MAX_DEPTH, MAX_KEY_BYTES, MAX_PATHS_BYTES, MAX_TEXT_BYTES, MAX_VALUES};
pub use select::{MAX_SELECTOR_BYTES, SelectError, select};
pub use stored::{Kind, StoredError};
pub use tree::DOWNLOAD_ROOT;
pub use value::{Reason, Value};
