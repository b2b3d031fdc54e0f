//! What services offer unasked.

use consent::OfferId;
use serde::Deserialize;
use serde_json::Value;

/// An offer: everything but when it is made.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct OfferTemplate {
    /// After how many days it can no longer be accepted.
    pub lapses_after_days: u16,
    /// In how many days what is offered starts.
    pub starts_in_days: u16,
    /// In how many days what is offered ends.
    pub ends_in_days: u16,
    /// The payload of the offer as far as it is always the same.
    pub payload: Value,
}

impl OfferTemplate {
    /// Returns the offer's number.
    pub fn id(&self) -> Option<OfferId> {
        OfferId::parse(self.payload.get("jti")?.as_str()?).ok()
    }

    /// Returns the template of the request that follows when it is accepted.
    pub fn request_template(&self) -> Option<&str> {
        self.payload
            .get("on_accept")?
            .get("request_template")?
            .as_str()
    }
}
