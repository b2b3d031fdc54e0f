//! What the reference operator promises, over real sockets on loopback.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

mod catalogue;
mod city_life;
mod device;
mod discovering;
mod discretion;
mod enrolling;
mod events;
mod refusals;
mod restarting;
mod signing_in;
mod statements;
mod town;
