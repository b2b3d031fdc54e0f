//! Devices, people and an operator for tests, in the words of the field.
//!
//! Aino (38) decides for herself and for Eero and Helmi; Johan (67) reads Swedish. They live in the
//! sample city, whose operator runs in this process on a loopback port, by a clock that tests move.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what goes wrong here fails the test"
)]

mod device;
mod town;
pub mod window;

pub use device::Device;
pub use town::{AINO, EERO, HELMI, JOHAN, Town};
