//! An access request, as the person is asked to decide on it.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    DataSourceId, DataUsingServiceId, LocalText, OperatorId, OrganisationId, PersonId, RequestId,
};

/// What a data using service asks of a person: one purpose, and the fields it wants for it.
///
/// Built from a request whose signature holds. Whatever speaks against saying yes is listed in
/// [`obstacles`](Self::obstacles): the request is shown all the same, because a person should see
/// who asked for what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRequest {
    /// The request, as its sender numbered it.
    pub id: RequestId,
    /// The operator that relayed it.
    pub operator: OperatorId,
    /// The organisation that signed it, and will be the controller.
    pub controller: Controller,
    /// The service that wants to use the data.
    pub service: DataUsingServiceId,
    /// The service's name.
    pub service_name: LocalText,
    /// The use, as the service registered it.
    pub intended_use: String,
    /// Whom the data is about.
    pub subject: PersonId,
    /// Who takes part in the decision.
    pub participants: Vec<Participant>,
    /// How the participants' answers become one.
    pub activation: ActivationMode,
    /// The identifier of the process within the request, such as `#p1`.
    pub process: String,
    /// A `dpv:` term.
    pub purpose: String,
    /// The purpose in words.
    pub purpose_title: LocalText,
    /// An `eu-gdpr:` term.
    pub legal_basis: String,
    /// Where the data is.
    pub source: DataSourceId,
    /// The source's name.
    pub source_title: LocalText,
    /// The URL of the schema that the field paths are in.
    pub schema: String,
    /// What is wanted.
    pub fields: Vec<RequestedField>,
    /// Who receives the data.
    pub recipients: Vec<OrganisationId>,
    /// `once`, `continuous`, or what the sender wrote.
    pub frequency: String,
    /// The day as which the permission ends; none until withdrawn.
    pub valid_until: Option<Date>,
    /// Where the data is kept and for how long.
    pub storage: Storage,
    /// Whether a machine decides: `none`, `assisted`, `full`, or what the sender wrote.
    pub automated_decision: String,
    /// What follows from each answer.
    pub consequences: Consequences,
    /// The notice that the person is shown.
    pub notice: Notice,
    /// When the sender made it.
    pub issued_at: Timestamp,
    /// When the request itself lapses.
    pub expires_at: Timestamp,
    /// By when an answer is hoped for.
    pub reply_by: Option<Timestamp>,
    /// What speaks against saying yes; empty if nothing.
    pub obstacles: Vec<Obstacle>,
}

impl AccessRequest {
    /// Returns whether yes can be said to it at `now`. No and later can always be said.
    pub fn may_be_given(&self, now: Timestamp) -> bool {
        self.obstacles.is_empty() && now < self.expires_at
    }

    /// Returns when a permission given to it ends: as the day `valid_until` begins, in UTC, which
    /// is what the consent record says (`schema:validThrough`).
    pub fn permission_ends_at(&self) -> Timestamp {
        self.valid_until
            .and_then(|day| day.to_zoned(jiff::tz::TimeZone::UTC).ok())
            .map_or(Timestamp::MAX, |day| day.timestamp())
    }
}

/// The organisation that decides why and how the data is used (GDPR Art. 4(7)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Controller {
    /// The organisation.
    pub id: OrganisationId,
    /// Its name.
    pub name: LocalText,
    /// Whether it is a public sector body.
    pub is_public: bool,
    /// Its postal address, if registered.
    pub address: Option<String>,
    /// Its e-mail address for matters of data protection, if registered.
    pub email: Option<String>,
    /// Its telephone number, if registered.
    pub telephone: Option<String>,
    /// Where it answers questions.
    pub support: Vec<String>,
}

/// One who takes part in a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// The person.
    pub id: PersonId,
    /// What they are in it.
    pub role: Role,
}

/// What a participant is in a decision, as MyDataShare names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The one the data is about.
    DataSubject,
    /// One who may decide.
    Activator,
}

/// How the participants' answers become one, as MyDataShare names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivationMode {
    /// The data subject decides.
    DataSubjectActivates,
    /// One activator is enough.
    AnyActivatorActivates,
    /// All activators must agree.
    AllActivatorsActivate,
    /// Nobody decides: the law does.
    AutomaticallyActivated,
}

/// One field that a service wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestedField {
    /// A JSON pointer into the source's schema.
    pub path: String,
    /// A `pd:` term.
    pub category: String,
    /// The field's name.
    pub label: LocalText,
    /// Where its value is in the source's tree, if the schema says.
    pub node_path: Option<String>,
    /// Whether yes needs it.
    pub necessity: Necessity,
    /// Whether the source marks it as sensitive.
    pub is_sensitive: bool,
}

/// Whether a field must be part of a yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Necessity {
    /// No yes without it.
    Required,
    /// The person may leave it out.
    Optional,
}

/// Where data is kept and for how long.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Storage {
    /// `loc:` terms of countries.
    pub locations: Vec<String>,
    /// How long it is kept, an ISO 8601 duration.
    pub duration: Option<String>,
    /// How long its deletion takes after that, an ISO 8601 duration.
    pub deletion: Option<String>,
}

/// What follows from each answer, in the service's words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consequences {
    /// From yes.
    pub of_yes: LocalText,
    /// From no.
    pub of_no: LocalText,
    /// From taking it back.
    pub of_withdrawing: LocalText,
}

/// The notice that belongs to a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Where it is published.
    pub uri: String,
    /// Its version.
    pub version: String,
    /// Its `sha-256:` hash in each language.
    pub hashes: LocalText,
}

/// Why yes cannot be said to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Obstacle {
    /// The sender is not registered with the operator.
    UnregisteredRequester,
    /// The signature is not by a key that the service registered.
    BadSignature,
    /// The purpose is not in the agreed list.
    UnknownPurpose,
    /// A category of data is not in the agreed list.
    UnknownCategory,
    /// The legal ground is not in the agreed list.
    UnknownLegalBasis,
    /// A wanted field is not in the source's schema.
    UnknownField,
    /// The request is for something else than the service registered.
    TermsDiffer,
    /// The notice is missing or is not the one that the request names.
    NoticeDiffers,
    /// Its time is over.
    Expired,
    /// The request asks for more than one purpose at once.
    SeveralPurposes,
}
