//! The data using services of the city.

use consent::LocalText;
use operator_protocol::{algorithm::AlgorithmEntry, service::ServiceDescription};
use serde::Deserialize;

use crate::{CityError, Organisation, files::File, placeholder};

/// A service that asks for data or offers something.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Its short name in addresses.
    pub slug: String,
    /// What it is called. (`tradeName` of the description is its Finnish name.)
    pub name: LocalText,
    /// Its description, with the keys of its controller and the entries of its algorithms.
    pub description: ServiceDescription,
}

/// What the file of a service says beyond its description.
#[derive(Deserialize)]
struct ServiceFile {
    mydata_service: Extension,
}

#[derive(Deserialize)]
struct Extension {
    name: LocalText,
}

impl Service {
    /// Reads a service, and completes it with what other files say.
    ///
    /// An algorithm with entries in several languages becomes several references, one for each.
    pub(crate) fn read(
        (slug, file): &(&str, File),
        base: &str,
        organisations: &[Organisation],
        algorithms: &[AlgorithmEntry],
    ) -> Result<Self, CityError> {
        let ServiceFile { mydata_service } = placeholder::read(*file, base)?;
        let mut description: ServiceDescription = placeholder::read(*file, base)?;
        let mydata = &mut description.mydata_service;
        let controller = organisations
            .iter()
            .find(|organisation| organisation.id == mydata.controller)
            .ok_or_else(|| CityError::Missing(mydata.controller.to_string()))?;
        mydata.controller_name = controller.name.clone();
        mydata.controller_contact = controller.contact();
        mydata.jwks = controller.jwks();
        description.is_psb = controller.is_public;
        mydata.algorithms = std::mem::take(&mut mydata.algorithms)
            .into_iter()
            .flat_map(|reference| {
                algorithms
                    .iter()
                    .filter(|entry| entry.uuid.as_deref() == Some(reference.uuid.as_str()))
                    .map(|entry| {
                        let mut reference = reference.clone();
                        reference.entry = Some(Box::new(entry.clone()));
                        reference
                    })
                    .collect::<Vec<_>>()
            })
            .collect();
        Ok(Self {
            slug: (*slug).to_owned(),
            name: mydata_service.name,
            description,
        })
    }
}
