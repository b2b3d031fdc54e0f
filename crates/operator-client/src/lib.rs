//! HTTP that drives operator-sync: the one client crate with a network.
//!
//! [`driver`] carries out what a ledger orders; [`discovery`], [`sign_in`] and [`mod@enrol`] are the
//! three steps of connecting to an operator. All bytes come in through [`http`].
//!
//! **Invariant:** an answer costs at most the [`Limits`], comes from the operator's own address,
//! and is of the kind asked for, or it is a failure. No address with a query, no token and no
//! body is ever logged.

pub mod discovery;
pub mod driver;
pub mod enrol;
mod errand;
pub mod http;
mod oauth;
pub mod sign_in;
#[cfg(test)]
mod testing;

pub use discovery::{DiscoveryError, discover};
pub use driver::{Driver, WakeHandle, run_until_idle};
pub use enrol::{EnrolError, Enrolled, enrol};
pub use errand::carry_out;
pub use http::{Http, HttpError, Limits};
pub use sign_in::{Canceller, SignIn, SignInError};
