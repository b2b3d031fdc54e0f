//! Making a record from a request and a choice.

use std::collections::BTreeSet;

use consent::{
    ConsentId, Language,
    request::{AccessRequest, Necessity, RequestedField},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde_json::{Map, Value, json};

use crate::ProtocolError;

/// Which of the fields that may be left out a person takes in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The paths of the optional fields that are taken in.
    pub included: BTreeSet<String>,
}

impl Choice {
    /// Takes in all that a request asks for.
    pub fn all(request: &AccessRequest) -> Self {
        Self {
            included: optional(request).map(|field| field.path.clone()).collect(),
        }
    }
}

/// What a record needs besides the request and the choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordContext {
    /// The record's identifier.
    pub id: ConsentId,
    /// When the person decided.
    pub created_at: Timestamp,
    /// The language in which they read the notice.
    pub language: Language,
    /// Since when the notice holds, if known.
    pub notice_date: Option<Date>,
    /// The record that this one takes the place of.
    pub replaces: Option<ConsentId>,
}

/// Makes the record of a person's answer to `request`.
///
/// # Errors
///
/// Fails if the choice takes in what is not optional or not asked for, if the notice has no hash
/// in the language, or if a term is in none of the agreed lists.
pub fn build(
    request: &AccessRequest,
    choice: &Choice,
    context: &RecordContext,
) -> Result<Value, ProtocolError> {
    let is_offered = |path: &String| optional(request).any(|field| field.path == *path);
    if !choice.included.iter().all(is_offered) {
        return Err(ProtocolError::Contradiction("choice"));
    }
    let notice_hash = request
        .notice
        .hashes
        .in_language(context.language)
        .ok_or(ProtocolError::Contradiction("language of the notice"))?;

    let id = context.id.to_string();
    let created = whole_second(context.created_at);
    let mut valid = json!({ "schema:validFrom": created });
    put(
        &mut valid,
        "schema:validThrough",
        request.valid_until.and_then(start_of),
    );
    let mut notice = json!({
        "@id": request.notice.uri,
        "@type": "dpv:ConsentNotice",
        "dct:language": context.language.code(),
        "dct:hasVersion": request.notice.version,
        "mdc:contentHash": notice_hash,
    });
    put(
        &mut notice,
        "dct:date",
        context.notice_date.map(|date| date.to_string()),
    );
    let mut record = json!({
        "@context": {
            "dct": "http://purl.org/dc/terms/",
            "dpv": "https://w3id.org/dpv#",
            "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
            "loc": "https://w3id.org/dpv/loc#",
            "mdc": "https://mydata.example.fi/ns/v1#",
            "pd": "https://w3id.org/dpv/pd#",
            "schema": "https://schema.org/",
        },
        "@id": format!("urn:uuid:{id}"),
        "@type": "dpv:ConsentRecord",
        "dct:identifier": id,
        "dct:conformsTo": [
            "https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr",
            "https://mydata.example.fi/profiles/consent-record/1.0",
        ],
        "dpv:hasDataSubject": { "@id": request.subject },
        "dpv:hasDataController": controller(request),
        "dpv:hasJurisdiction": "loc:FI",
        "dpv:hasApplicableLaw": "https://w3id.org/dpv/legal/eu#law-GDPR",
        "dpv:hasLegalBasis": request.legal_basis,
        "dpv:hasAuthority": "https://w3id.org/dpv/legal/fi#DPA-FI",
        "dpv:hasProcess": [process(request, choice)?],
        "dpv:hasConsentControl": {
            "@type": ["dpv:ProvideConsent", "dpv:WithdrawConsent"],
            "dpv:isExercisedAt": format!("mydata-vault://consents/{id}"),
        },
        "dpv:hasRight": [{
            "@type": ["dpv:DataSubjectRight", "eu-gdpr:A7-3"],
            "dpv:isExercisedAt": "mydata-vault://rights/withdraw",
        }],
        "dpv:hasNotice": notice,
        "dct:created": created,
        "dct:valid": valid,
    });
    let replaces = context.replaces.map(|old| format!("urn:uuid:{old}"));
    put(&mut record, "dct:replaces", replaces);
    super::validate(&record)?;
    Ok(record)
}

fn optional(request: &AccessRequest) -> impl Iterator<Item = &RequestedField> {
    request
        .fields
        .iter()
        .filter(|field| field.necessity == Necessity::Optional)
}

fn controller(request: &AccessRequest) -> Value {
    let controller = &request.controller;
    let kinds: &[&str] = if controller.is_public {
        &["dpv:DataController", "dpv:GovernmentalOrganisation"]
    } else {
        &["dpv:DataController"]
    };
    let mut value = json!({
        "@id": controller.id,
        "@type": kinds,
        "schema:name": controller.name,
    });
    put(&mut value, "schema:address", controller.address.clone());
    put(&mut value, "schema:email", controller.email.clone());
    put(&mut value, "schema:telephone", controller.telephone.clone());
    value
}

fn process(request: &AccessRequest, choice: &Choice) -> Result<Value, ProtocolError> {
    let dataset = dataset_of(request).ok_or(ProtocolError::Malformed("schema address"))?;
    let mut data = Vec::new();
    for field in &request.fields {
        let necessity = match field.necessity {
            Necessity::Required => "dpv:Required",
            Necessity::Optional if choice.included.contains(&field.path) => "dpv:Optional",
            Necessity::Optional => continue,
        };
        data.push(json!({
            "@id": data_id(dataset, &field.path).ok_or(ProtocolError::Malformed("path"))?,
            "@type": field.category,
            "dpv:hasNecessity": necessity,
        }));
    }
    let mut storage = vec![json!({
        "@type": "dpv:StorageLocation",
        "dpv:hasLocation": request.storage.locations,
    })];
    let durations = [
        ("dpv:StorageDuration", &request.storage.duration),
        ("dpv:StorageDeletion", &request.storage.deletion),
    ];
    for (kind, duration) in durations {
        if let Some(duration) = duration {
            storage.push(json!({ "@type": kind, "dpv:hasDuration": duration }));
        }
    }
    Ok(json!({
        "@id": request.process,
        "@type": "dpv:Process",
        "dct:title": request.purpose_title,
        "dpv:hasPurpose": request.purpose,
        "dpv:hasService": request.service,
        "dpv:hasPersonalData": data,
        "dpv:hasDataSource": request.source,
        "dpv:hasProcessing": ["dpv:Use", "dpv:MakeAvailable"],
        "dpv:hasRecipient": request.recipients,
        "dpv:hasStorageCondition": storage,
    }))
}

/// Returns the name of the dataset: the schema's short name without that of its source.
///
/// The source `https://hel.fi/src/vtj` and the schema `…/sources/vtj-family/schema/1.2` give
/// `family`.
fn dataset_of(request: &AccessRequest) -> Option<&str> {
    let (before, _version) = request.schema.rsplit_once("/schema/")?;
    let (_, slug) = before.rsplit_once('/')?;
    let source = request.source.as_str();
    let source = source.rsplit_once('/').map_or(source, |(_, last)| last);
    let rest = slug
        .strip_prefix(source)
        .and_then(|rest| rest.strip_prefix('-'));
    Some(rest.unwrap_or(slug)).filter(|name| !name.is_empty() && !name.contains('#'))
}

/// Names a field: `/child/birthDate` of `family` is `ds:family/child#/birthDate`.
fn data_id(dataset: &str, path: &str) -> Option<String> {
    let rest = path.strip_prefix('/').filter(|rest| !rest.is_empty())?;
    if path.contains('#') {
        return None;
    }
    Some(match rest.split_once('/') {
        Some((object, field)) => format!("ds:{dataset}/{object}#/{field}"),
        None => format!("ds:{dataset}#/{rest}"),
    })
}

/// Returns the path that `data_id` was made from.
pub(super) fn path_of(data_id: &str) -> Option<String> {
    let (left, pointer) = data_id.strip_prefix("ds:")?.split_once('#')?;
    Some(match left.split_once('/') {
        Some((_dataset, object)) => format!("/{object}{pointer}"),
        None => pointer.to_owned(),
    })
}

fn put(object: &mut Value, name: &str, value: Option<impl Into<Value>>) {
    if let (Some(members), Some(value)) = (object.as_object_mut(), value) {
        Map::insert(members, name.to_owned(), value.into());
    }
}

fn whole_second(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second()).map_or_else(|_| at.to_string(), |at| at.to_string())
}

fn start_of(date: Date) -> Option<String> {
    let midnight = date.to_zoned(TimeZone::UTC).ok()?;
    Some(midnight.timestamp().to_string())
}
