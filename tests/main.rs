//! Promises to a person, one file each: a device, its vault and the reference operator.
#![expect(clippy::unwrap_used, reason = "a test")]

mod answering;
mod offers;
mod my_data;
mod uses;
mod withdrawing;
