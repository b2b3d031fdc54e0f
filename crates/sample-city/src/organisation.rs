//! The organisations of the city and their public sample keys.

use consent::{LocalText, OrganisationId};
use operator_protocol::{
    key::{JwkSet, SigningKey},
    service::ControllerContact,
};
use pii::Secret;
use serde::Deserialize;

/// An organisation: the controller of a source or of a service.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Organisation {
    /// The organisation.
    pub id: OrganisationId,
    /// Its name.
    pub name: LocalText,
    /// Whether it is a public sector body.
    pub is_public: bool,
    /// Whether the operator knows it. What the others send can be shown but not accepted.
    pub is_registered: bool,
    /// Its postal address; empty if it gives none.
    pub address: String,
    /// Its e-mail address; empty if it gives none.
    pub email: String,
    /// Its telephone number; empty if it gives none.
    pub telephone: String,
    /// What its seed consists of, 32 times. Public: see the crate's own warning.
    seed_byte: u8,
}

impl Organisation {
    /// Returns the public sample seed of its key.
    pub const fn seed(&self) -> [u8; 32] {
        [self.seed_byte; 32]
    }

    /// Returns the sample key that signs its requests and offers.
    pub fn signing_key(&self) -> SigningKey {
        SigningKey::from_seed(Secret::new(self.seed()))
    }

    /// Returns the keys that verify its requests and offers.
    pub fn jwks(&self) -> JwkSet {
        JwkSet::of([&self.signing_key().public()])
    }

    /// Returns how it is reached.
    pub fn contact(&self) -> ControllerContact {
        let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        ControllerContact {
            email: given(&self.email),
            telephone: given(&self.telephone),
            address: given(&self.address),
        }
    }
}
