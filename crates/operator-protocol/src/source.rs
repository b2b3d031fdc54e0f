//! A data source: its schema, and what it holds about a person.
//!
//! A schema is JSON Schema 2020-12, whose `x-mydata` annotations say what each field is called,
//! what kind of personal data it is, and where its value is in the source's tree.

use consent::{DataSourceId, LocalText};
use jiff::Timestamp;
use pii::Personal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{ProtocolError, limits, problem::Problem};

/// The media type of a tree of nodes.
pub const NODE_MEDIA_TYPE: &str = "application/vnd.helsinki-gdpr-node+json";
/// The most fields that a schema may describe.
const MAX_FIELDS: usize = 1_000;

/// A source in the operator's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceEntry {
    /// The source.
    pub id: DataSourceId,
    /// Its short name in addresses.
    pub slug: String,
    /// What it is called.
    pub title: LocalText,
    /// Where its schema is.
    pub schema: String,
    /// Where what it holds is.
    pub snapshot: String,
}

/// What sources hold about a person, with an outcome for each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The source, or the name for all of them.
    pub source: DataSourceId,
    /// When the operator asked.
    pub fetched_at: Timestamp,
    /// What came, from each.
    pub services: Vec<ServiceOutcome>,
}

/// What one source answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceOutcome {
    /// The source.
    pub service: DataSourceId,
    /// How it went.
    pub status: OutcomeStatus,
    /// The version of what came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// Its media type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// What came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Personal<Value>>,
    /// Why nothing came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// How asking a source went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeStatus {
    /// Data came.
    Ok,
    /// The source holds nothing about the person.
    Empty,
    /// The person must be identified more surely.
    InsufficientLoa,
    /// The source failed.
    Error,
}

/// A source's schema.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Value", into = "Value")]
pub struct SourceSchema(Value);

/// One field that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaField {
    /// A JSON pointer into the data that the schema describes, such as `/child/birthDate`.
    pub path: String,
    /// What it is called.
    pub labels: LocalText,
    /// What kind of personal data it is: a `pd:` term.
    pub dpv: String,
    /// Where its value is in the source's tree.
    pub node_path: Option<String>,
    /// Why it is sensitive, if it is.
    pub sensitive: Option<String>,
    /// The coarser forms in which it can be given.
    pub coarsen: Vec<String>,
}

impl TryFrom<Value> for SourceSchema {
    type Error = ProtocolError;

    fn try_from(schema: Value) -> Result<Self, ProtocolError> {
        if schema.get("$id").and_then(Value::as_str).is_none()
            || annotation(&schema, "source").is_none()
            || has_remote_reference(&schema)
            || !jsonschema::draft202012::meta::is_valid(&schema)
        {
            return Err(ProtocolError::Malformed("schema"));
        }
        Ok(Self(schema))
    }
}

impl From<SourceSchema> for Value {
    fn from(schema: SourceSchema) -> Self {
        schema.0
    }
}

impl SourceSchema {
    /// Reads a schema.
    ///
    /// # Errors
    ///
    /// Fails if it is larger than a document may be, not JSON Schema, refers to other documents,
    /// or does not say which source it is of.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProtocolError> {
        limits::parse_value(bytes, limits::MAX_DOCUMENT_BYTES)?.try_into()
    }

    /// Returns the schema's URL.
    pub fn id(&self) -> &str {
        self.0.get("$id").and_then(Value::as_str).unwrap_or("")
    }

    /// Returns the source that it is of.
    pub fn source(&self) -> Option<DataSourceId> {
        DataSourceId::parse(annotation(&self.0, "source")?.as_str()?).ok()
    }

    /// Returns its version.
    pub fn version(&self) -> Option<&str> {
        annotation(&self.0, "version")?.as_str()
    }

    /// Returns what the source is called.
    pub fn labels(&self) -> LocalText {
        annotation(&self.0, "labels").map_or_else(LocalText::default, local_text)
    }

    /// Returns where the first name is of whom the data is about.
    pub fn subject_name(&self) -> Option<&str> {
        annotation(&self.0, "subject_name")?.as_str()
    }

    /// Returns the schema as JSON.
    pub fn as_value(&self) -> &Value {
        &self.0
    }

    /// Returns the fields that can be asked for: each property that has its own `x-mydata` with a
    /// `dpv` term, in the order of their paths.
    pub fn fields(&self) -> Vec<SchemaField> {
        let mut fields = Vec::new();
        collect_fields(&self.0, String::new(), &mut fields);
        fields
    }

    /// Returns whether `data` is what the schema describes.
    ///
    /// # Errors
    ///
    /// Fails if the schema cannot be applied, as with a pattern that takes unbounded time.
    pub fn describes(&self, data: &Value) -> Result<bool, ProtocolError> {
        let validator = jsonschema::draft202012::options()
            .with_pattern_options(jsonschema::PatternOptions::regex())
            .build(&self.0)
            .map_err(|_| ProtocolError::Malformed("schema"))?;
        Ok(validator.is_valid(data))
    }
}

fn collect_fields(schema: &Value, path: String, fields: &mut Vec<SchemaField>) {
    if let Some(dpv) = annotation(schema, "dpv").and_then(Value::as_str)
        && !path.is_empty()
        && fields.len() < MAX_FIELDS
    {
        let text = |name| Some(annotation(schema, name)?.as_str()?.to_owned());
        fields.push(SchemaField {
            path: path.clone(),
            labels: annotation(schema, "labels").map_or_else(LocalText::default, local_text),
            dpv: dpv.to_owned(),
            node_path: text("node_path"),
            sensitive: text("sensitive"),
            coarsen: annotation(schema, "coarsen")
                .and_then(|coarsen| Vec::deserialize(coarsen).ok())
                .unwrap_or_default(),
        });
    }
    let properties = schema.get("properties").and_then(Value::as_object);
    for (name, property) in properties.into_iter().flat_map(Map::iter) {
        // RFC 6901 §3.
        let name = name.replace('~', "~0").replace('/', "~1");
        collect_fields(property, format!("{path}/{name}"), fields);
    }
}

fn annotation<'a>(schema: &'a Value, name: &str) -> Option<&'a Value> {
    schema.get("x-mydata")?.get(name)
}

fn local_text(value: &Value) -> LocalText {
    LocalText::deserialize(value).unwrap_or_default()
}

fn has_remote_reference(schema: &Value) -> bool {
    match schema {
        Value::Object(members) => members.iter().any(|(name, value)| {
            let is_reference = name == "$ref" || name == "$dynamicRef";
            let is_remote = value.as_str().is_some_and(|to| !to.starts_with('#'));
            is_reference && is_remote || has_remote_reference(value)
        }),
        Value::Array(items) => items.iter().any(has_remote_reference),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
