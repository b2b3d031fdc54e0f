//! Checking what a person and an operator said to each other, with nobody's help.
//!
//! The order is that of the profile: binding → device key → each statement's signature → links →
//! record hash → receipts. What comes later rests on what came before.
//!
//! **What cannot be seen:** a statement that is missing from the end of a chain, unless a receipt
//! or a later statement names it. Who withholds the tail must withhold its receipts too.

mod report;
mod verify;

pub use report::{Authority, ChainReport, Check, Fault, Outcome, Step};
pub use verify::{Evidence, verify};
