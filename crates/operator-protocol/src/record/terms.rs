//! What a record says, for those who only read it.

use consent::{
    ConsentId, DataSourceId, DataUsingServiceId, Language, LocalText, OrganisationId, PersonId,
    request::Necessity, terms,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ProtocolError;

/// The terms of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecordTerms {
    /// The record.
    pub id: ConsentId,
    /// Whom the data is about.
    pub subject: PersonId,
    /// The organisation that decides why and how.
    pub controller: OrganisationId,
    /// Its name.
    pub controller_name: LocalText,
    /// The legal ground.
    pub legal_basis: String,
    /// The identifiers of the record's processes.
    pub processes: Vec<String>,
    /// The first process's service.
    pub service: Option<DataUsingServiceId>,
    /// Its purpose.
    pub purpose: String,
    /// Its purpose in words.
    pub purpose_title: LocalText,
    /// Where its data is.
    pub source: Option<DataSourceId>,
    /// Its fields.
    pub fields: Vec<RecordField>,
    /// Who receives them.
    pub recipients: Vec<OrganisationId>,
    /// The notice's address.
    pub notice: String,
    /// The notice's version.
    pub notice_version: String,
    /// The notice's hash.
    pub notice_hash: String,
    /// The language in which the person read it.
    pub language: Language,
    /// When the record was made.
    pub created_at: Timestamp,
    /// When the permission ends.
    pub valid_through: Option<Timestamp>,
    /// The record that this one takes the place of.
    pub replaces: Option<String>,
}

/// One field of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecordField {
    /// A JSON pointer into the data that the source's schema describes.
    pub path: String,
    /// A `pd:` term.
    pub category: String,
    /// Whether yes needed it.
    pub necessity: Necessity,
}

impl RecordTerms {
    /// Reads the terms of a record.
    ///
    /// # Errors
    ///
    /// Fails if something is missing that every record has.
    pub fn read(record: &Value) -> Result<Self, ProtocolError> {
        find(record).ok_or(ProtocolError::Malformed("record"))
    }

    pub(super) fn check_lists(&self) -> Result<(), ProtocolError> {
        if !terms::is_known_purpose(&self.purpose) {
            return Err(ProtocolError::Unsupported("purpose"));
        }
        if !terms::is_known_legal_basis(&self.legal_basis) {
            return Err(ProtocolError::Unsupported("legal basis"));
        }
        let is_known = |field: &RecordField| terms::is_known_category(&field.category);
        if !self.fields.iter().all(is_known) {
            return Err(ProtocolError::Unsupported("category of data"));
        }
        Ok(())
    }
}

fn find(record: &Value) -> Option<RecordTerms> {
    let processes = record.get("dpv:hasProcess")?.as_array()?;
    let process = processes.first()?;
    let controller = record.get("dpv:hasDataController")?;
    let notice = record.get("dpv:hasNotice")?;
    let valid = record.get("dct:valid");
    Some(RecordTerms {
        id: text(record, "dct:identifier")?.parse().ok()?,
        subject: PersonId::parse(text(record.get("dpv:hasDataSubject")?, "@id")?).ok()?,
        controller: OrganisationId::parse(text(controller, "@id")?).ok()?,
        controller_name: local(controller, "schema:name"),
        legal_basis: text(record, "dpv:hasLegalBasis")?,
        processes: processes
            .iter()
            .map(|process| text(process, "@id"))
            .collect::<Option<_>>()?,
        service: text(process, "dpv:hasService").and_then(|id| id.parse().ok()),
        purpose: text(process, "dpv:hasPurpose")?,
        purpose_title: local(process, "dct:title"),
        source: text(process, "dpv:hasDataSource").and_then(|id| id.parse().ok()),
        fields: process
            .get("dpv:hasPersonalData")?
            .as_array()?
            .iter()
            .map(field)
            .collect::<Option<_>>()?,
        recipients: Vec::deserialize(process.get("dpv:hasRecipient")?).ok()?,
        notice: text(notice, "@id")?,
        notice_version: text(notice, "dct:hasVersion")?,
        notice_hash: text(notice, "mdc:contentHash")?,
        language: Language::deserialize(notice.get("dct:language")?).ok()?,
        created_at: text(record, "dct:created")?.parse().ok()?,
        valid_through: match valid.and_then(|valid| text(valid, "schema:validThrough")) {
            Some(at) => Some(at.parse().ok()?),
            None => None,
        },
        replaces: text(record, "dct:replaces"),
    })
}

fn field(data: &Value) -> Option<RecordField> {
    Some(RecordField {
        path: super::build::path_of(&text(data, "@id")?)?,
        category: text(data, "@type")?,
        necessity: match text(data, "dpv:hasNecessity")?.as_str() {
            "dpv:Required" => Necessity::Required,
            "dpv:Optional" => Necessity::Optional,
            _ => return None,
        },
    })
}

fn text(value: &Value, name: &str) -> Option<String> {
    Some(value.get(name)?.as_str()?.to_owned())
}

fn local(value: &Value, name: &str) -> LocalText {
    value
        .get(name)
        .and_then(|text| LocalText::deserialize(text).ok())
        .unwrap_or_default()
}
