//! Who lives in the city.

use consent::{Language, LocalText, PersonId};
use jiff::civil::Date;
use operator_protocol::delegation::Joint;
use serde::Deserialize;

/// The people's part of the city, as its file has it.
#[derive(Deserialize)]
pub(crate) struct People {
    pub(crate) operator_name: LocalText,
    pub(crate) residents: Vec<Resident>,
    pub(crate) delegations: Vec<Delegation>,
}

/// An adult whom one can sign in as.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Resident {
    /// The surrogate by which the operator knows them.
    pub id: PersonId,
    /// First and last name.
    pub name: String,
    /// The language they read.
    pub language: Language,
    /// When they were born.
    pub born: Date,
    /// A line for the page on which a resident is picked.
    pub about: LocalText,
    /// How surely signing in identifies them: `substantial` or `high`.
    pub acr: String,
    /// The children whom they may decide for.
    pub children: Vec<Child>,
}

/// A child of a resident.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Child {
    /// The surrogate by which the operator knows the child.
    pub id: PersonId,
    /// First and last name.
    pub name: String,
    /// When the child was born.
    pub born: Date,
}

/// That a resident may decide for a child, as the register of authorities answers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Delegation {
    /// The start of its identifiers: each one issued needs an end of its own.
    pub id: String,
    /// Who may decide.
    pub guardian: PersonId,
    /// For whom.
    pub subject: PersonId,
    /// In which matters.
    pub scope: Vec<String>,
    /// Whether one guardian is enough.
    pub joint: Joint,
    /// The other guardians. They have no vault in the city.
    pub other_guardians: Vec<PersonId>,
}
