//! What services ask for, before it is asked of somebody at some time.

use consent::OrganisationId;
use serde::Deserialize;
use serde_json::Value;

/// A request that a service sends: everything but whom it is about, when, and its number.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct RequestTemplate {
    /// Its name: the intended use, as the service registered it.
    pub id: String,
    /// Whom it can be about.
    pub audience: Audience,
    /// Whether its sender is known to the operator. What others send is shown, never accepted.
    #[serde(rename = "registered")]
    pub is_registered: bool,
    /// After how many days the request lapses.
    pub lapses_after_days: u16,
    /// Within how many days an answer is hoped for.
    pub reply_within_days: u16,
    /// For how many months the permission is to last.
    pub permission_months: u16,
    /// The payload of the request as far as it is always the same.
    pub payload: Value,
}

/// Whom a request or an offer can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// The resident.
    #[serde(rename = "self")]
    Resident,
    /// A child of the resident.
    Child,
}

impl RequestTemplate {
    /// Returns who sends it, and signs it.
    pub fn sender(&self) -> Option<OrganisationId> {
        OrganisationId::parse(self.payload.get("iss")?.as_str()?).ok()
    }

    /// Returns the address of the notice that belongs to it.
    pub fn notice_uri(&self) -> Option<&str> {
        self.payload.get("notice")?.get("uri")?.as_str()
    }
}
