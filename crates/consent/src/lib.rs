//! Who may use what, for which purpose, until when.
//!
//! **Invariant:** pure. No clock, file, socket, random number or logger; time and identifiers
//! are arguments. A decision is a function from a state and a command to an event.

mod id;
pub mod permission;
pub mod record;
pub mod request;
pub mod rule;
pub mod terms;
mod text;

pub use id::{
    ConsentId, DataSourceId, DataUsingServiceId, MAX_ID_BYTES, NotAnId, OfferId, OperatorId,
    OrganisationId, PersonId, RequestId, SnapshotId, StatementId,
};
pub use text::{Language, LocalText};
