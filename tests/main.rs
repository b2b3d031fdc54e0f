//! Promises to a person, one file each: a device, its vault and the reference operator.
#![expect(clippy::unwrap_used, reason = "a test")]

mod answering;
mod bad_operators;
mod canary;
mod exports;
mod my_data;
mod offers;
mod uses;
mod withdrawing;
