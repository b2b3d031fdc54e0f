//! The data sources of the city and what they answer.

use std::collections::BTreeMap;

use consent::{DataSourceId, LocalText, OrganisationId, PersonId};
use operator_protocol::{
    problem::Problem,
    source::{NODE_MEDIA_TYPE, OutcomeStatus, ServiceOutcome, SourceEntry, SourceSchema},
};
use pii::Personal;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    CityError,
    files::{File, SourceFiles},
    placeholder,
};

/// A source: where data about residents is held.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The source.
    pub id: DataSourceId,
    /// Its short name in addresses.
    pub slug: String,
    /// The version of its schema.
    pub version: String,
    /// What it is called.
    pub title: LocalText,
    /// What it holds, in a sentence.
    pub description: LocalText,
    /// Who answers for it.
    pub organisation: OrganisationId,
    /// What its data looks like.
    pub schema: SourceSchema,
    /// What it holds about each resident: trees of nodes.
    pub data: BTreeMap<PersonId, Personal<Value>>,
    outcomes: BTreeMap<PersonId, Vec<OutcomeStatus>>,
    problem: Option<Problem>,
}

#[derive(Deserialize)]
struct SourceFile {
    id: DataSourceId,
    slug: String,
    version: String,
    title: LocalText,
    description: LocalText,
    organisation: OrganisationId,
    outcomes: BTreeMap<PersonId, Vec<OutcomeStatus>>,
    problem: Option<Problem>,
}

impl Source {
    pub(crate) fn read(files: &SourceFiles, base: &str) -> Result<Self, CityError> {
        let source: SourceFile = placeholder::read(files.about, base)?;
        let schema: Value = placeholder::read(files.schema, base)?;
        let schema = SourceSchema::try_from(schema).map_err(|source| CityError::Schema {
            file: files.schema.0,
            source,
        })?;
        let data = files
            .data
            .iter()
            .map(|file| Ok((held_about(file)?, placeholder::read(*file, base)?)))
            .collect::<Result<_, CityError>>()?;
        Ok(Self {
            id: source.id,
            slug: source.slug,
            version: source.version,
            title: source.title,
            description: source.description,
            organisation: source.organisation,
            schema,
            data,
            outcomes: source.outcomes,
            problem: source.problem,
        })
    }

    /// Returns the source as it stands in the list of the operator at `base`.
    pub fn entry(&self, base: &str) -> SourceEntry {
        let own = format!("{base}/v1/sources/{}", self.slug);
        SourceEntry {
            id: self.id.clone(),
            slug: self.slug.clone(),
            title: self.title.clone(),
            schema: format!("{own}/schema/{}", self.version),
            snapshot: format!("{own}/snapshot"),
        }
    }

    /// Returns what the source answers when it is asked about `person` for the `nth` time, from 0.
    ///
    /// After the last outcome that its file lists, the last one stays. The `etag` is the
    /// operator's to set.
    pub fn answer(&self, person: &PersonId, nth: usize) -> ServiceOutcome {
        let listed = self.outcomes.get(person);
        let status = listed
            .and_then(|listed| listed.get(nth).or(listed.last()))
            .copied()
            .unwrap_or(OutcomeStatus::Empty);
        let data = self
            .data
            .get(person)
            .filter(|_| status == OutcomeStatus::Ok)
            .cloned();
        ServiceOutcome {
            service: self.id.clone(),
            status,
            etag: None,
            media_type: data.as_ref().map(|_| NODE_MEDIA_TYPE.to_owned()),
            data,
            problem: self
                .problem
                .clone()
                .filter(|_| status == OutcomeStatus::Error),
        }
    }
}

/// Returns whom a file of data is about: its name says so.
fn held_about((name, _): &File) -> Result<PersonId, CityError> {
    let person = name.rsplit('/').next().unwrap_or(name);
    let person = person.strip_suffix(".json").unwrap_or(person);
    PersonId::parse(format!("urn:mdc:surrogate:{person}"))
        .map_err(|_| CityError::Missing(format!("person of {name}")))
}
