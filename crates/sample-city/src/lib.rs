//! A small believable Helsinki: residents, sources, services, requests and offers.
//!
//! Everything in it is invented. The personal identity codes are well-formed test codes
//! (individual numbers 900–999, which are never given to a person), the e-mail addresses end in
//! `example.fi`, and the telephone numbers reach nobody.
//!
//! **The keys are public.** Every organisation signs with an Ed25519 key whose seed is written in
//! `data/organisations.json`. They prove nothing about who signed, and must never be used outside
//! a sandbox.
//!
//! ```
//! let city = sample_city::City::at("http://127.0.0.1:8080")?;
//!
//! let preschool = city.find_template("esiopetus-ehdotus").unwrap();
//! let aino = &city.residents[0];
//! let request = city.request(
//!     preschool,
//!     &"req-1".parse()?,
//!     &aino.children[1].id,
//!     "2026-09-01T08:00:00Z".parse()?,
//! )?;
//! assert_eq!(request.iss.as_str(), "https://hel.fi/org/kasko");
//! assert_eq!(request.participants.len(), 3, "the child and two guardians");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **Invariant:** pure. The data is compiled in; time, identifiers and the operator's address are
//! arguments. Nothing is signed here.

mod city;
mod error;
mod files;
mod notice;
mod offer;
mod organisation;
mod person;
mod placeholder;
mod request;
mod schedule;
mod service;
mod source;

pub use city::City;
pub use error::CityError;
pub use notice::Notice;
pub use offer::OfferTemplate;
pub use organisation::Organisation;
pub use person::{Child, Delegation, Resident};
pub use request::{Audience, RequestTemplate};
pub use schedule::{Schedule, ScheduledAccess, ScheduledRequest};
pub use service::Service;
pub use source::Source;

/// The address that [`city()`] puts in the place of an operator's.
pub const EXAMPLE_BASE: &str = "https://operator.example.fi";

/// Reads the city as it is at the operator of the protocol's examples.
///
/// # Errors
///
/// As [`City::at`].
pub fn city() -> Result<City, CityError> {
    City::at(EXAMPLE_BASE)
}
