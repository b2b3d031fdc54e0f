//! What happens in the city by itself, and when.

use consent::PersonId;
use serde::Deserialize;

/// What happens after a resident has signed in and given permissions.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Schedule {
    /// The requests that arrive.
    pub requests: Vec<ScheduledRequest>,
    /// The uses of data that follow a permission.
    pub accesses: Vec<ScheduledAccess>,
}

/// A request that arrives some time after a resident has signed in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ScheduledRequest {
    /// Who has signed in.
    pub resident: PersonId,
    /// The request's template.
    pub template: String,
    /// Whom it is about.
    pub subject: PersonId,
    /// After how many seconds it arrives.
    pub after_s: u32,
}

/// The uses of data that follow a permission.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ScheduledAccess {
    /// The template of the request that the permission answers.
    pub template: String,
    /// How many seconds after the permission each use is. One that comes after a withdrawal or
    /// the permission's end must not happen.
    pub after_s: Vec<u32>,
    /// What is used: never more than a permission always includes.
    pub fields: Vec<String>,
}
