//! What must hold for the sample city, so that an operator can play it without checking.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

mod conformance;
mod data;
mod files;
mod offers;
mod requests;
mod words;

use sample_city::City;

const BASE: &str = "http://127.0.0.1:4711";

fn city() -> City {
    City::at(BASE).unwrap()
}

fn person(name: &str) -> consent::PersonId {
    format!("urn:mdc:surrogate:{name}").parse().unwrap()
}
