//! From JSON to the tree of nodes, whatever shape the JSON has.
//!
//! The rules, in the order in which they are tried:
//!
//! - an object with a text `key`, or with a list `children`, is a node;
//! - an object whose members are all `fi`, `sv` or `en` is one text in several languages;
//! - a list of texts, numbers and the like is one value; any other list becomes children;
//! - any other object becomes children, named by its members.
//!
//! Never drops anything but a `null` that says no more than its absence would: under `children`,
//! under `error`, as a language of a text, and as the `value` of a node that has an `error`.

use std::collections::{BTreeMap, BTreeSet};

use pii::Personal;

use crate::json::{Json, Parsed};
use crate::path::key_or_missing;
use crate::read::{MAX_KEY_BYTES, MAX_PATHS_BYTES, ReadError, Warning, WarningKind};
use crate::{LocalText, Node, Reason, Value};

/// The key of the root of a city's own download, which holds the services' roots.
pub const DOWNLOAD_ROOT: &str = "DATA";

type Members = Vec<(String, Json)>;

/// Builds the tree, and tells what was unusual.
pub(crate) fn build(parsed: Parsed) -> Result<(Node, Vec<Warning>), ReadError> {
    let mut builder = Builder::default();
    if parsed.replaced_characters {
        builder.warn(WarningKind::BrokenCharacter);
    }
    let root = builder.root(parsed.json)?;
    Ok((root, builder.warnings.into_values().collect()))
}

#[derive(Default)]
struct Builder {
    /// The keys from the root to where the builder is.
    trail: String,
    path_bytes: usize,
    warnings: BTreeMap<WarningKind, Warning>,
}

impl Builder {
    fn root(&mut self, json: Json) -> Result<Node, ReadError> {
        let is_tree = match &json {
            Json::Null => return Err(ReadError::Empty),
            Json::List(items) if items.is_empty() => return Err(ReadError::Empty),
            Json::Object(members) if members.is_empty() => return Err(ReadError::Empty),
            Json::Object(members) => is_node(members),
            Json::List(items) => items
                .iter()
                .any(|item| matches!(item, Json::Object(members) if is_node(members))),
            Json::Bool(_) | Json::Number(_) | Json::Text(_) => false,
        };
        if !is_tree {
            self.warn(WarningKind::NotANodeTree);
        }
        self.node_or_named(json, DOWNLOAD_ROOT)
    }

    /// Builds a node from an object in the shape of one.
    fn node(&mut self, members: Members, key_if_missing: &str) -> Result<Node, ReadError> {
        let given_key = members.iter().find_map(|member| match member {
            (name, Json::Text(key)) if name == "key" => Some(key.clone()),
            _ => None,
        });
        let is_key_missing = given_key.is_none();
        let mut node = Node {
            key: given_key.unwrap_or_else(|| key_if_missing.to_owned()),
            ..Node::default()
        };
        let outer = self.enter(&node.key)?;
        if is_key_missing {
            self.warn(WarningKind::MissingKey);
        }
        self.warn_of_duplicates(&members);

        let (mut is_key_taken, mut is_value_taken) = (is_key_missing, false);
        let mut reason = None;
        for (name, json) in members {
            match (name.as_str(), json) {
                ("key", Json::Text(_)) if !is_key_taken => is_key_taken = true,
                ("value", json) if !is_value_taken => {
                    is_value_taken = true;
                    self.fill(&mut node, json)?;
                }
                ("children", Json::List(items)) => {
                    for item in items {
                        let child = self.child(item)?;
                        node.children.push(child);
                    }
                }
                ("children" | "error", Json::Null) => {}
                ("error", json) if reason.is_none() => {
                    self.warn(WarningKind::NotAvailable);
                    reason = Some(self.reason(&mut node, json)?);
                }
                (name, json) => {
                    self.warn(match name {
                        "key" | "value" | "children" | "error" => WarningKind::UnexpectedShape,
                        _ => WarningKind::UnknownMember,
                    });
                    let child = self.named(name, json)?;
                    node.children.push(child);
                }
            }
        }

        if let Some(reason) = reason {
            let said_as_well = node.value.replace(Value::Unavailable(reason));
            if let Some(value) = said_as_well.filter(|value| *value != Value::None) {
                self.warn(WarningKind::UnexpectedShape);
                let mut child = self.named("value", Json::Null)?;
                child.value = Some(value);
                node.children.push(child);
            }
        }
        self.leave(outer);
        Ok(node)
    }

    /// Builds an element of `children`, where a node is expected.
    fn child(&mut self, json: Json) -> Result<Node, ReadError> {
        let is_nearly_a_node = |members: &Members| {
            let mut names = members.iter().map(|(name, _)| name.as_str());
            is_node(members) || names.any(|name| name == "value" || name == "error")
        };
        match members_if(is_nearly_a_node, json) {
            Ok(members) => self.node(members, ""),
            Err(other) => {
                self.warn(WarningKind::MissingKey);
                self.named("", other)
            }
        }
    }

    fn node_or_named(&mut self, json: Json, key_if_missing: &str) -> Result<Node, ReadError> {
        match members_if(is_node, json) {
            Ok(members) => self.node(members, key_if_missing),
            Err(other) => self.named(key_if_missing, other),
        }
    }

    /// Builds a node that the file has no object for: a member, or an item of a list.
    fn named(&mut self, key: &str, json: Json) -> Result<Node, ReadError> {
        let mut node = Node {
            key: key.to_owned(),
            ..Node::default()
        };
        let outer = self.enter(key)?;
        self.fill(&mut node, json)?;
        self.leave(outer);
        Ok(node)
    }

    /// Puts what stands in the place of a value into `node`.
    fn fill(&mut self, node: &mut Node, json: Json) -> Result<(), ReadError> {
        match json {
            Json::List(items) if !items.iter().all(Json::is_scalar) => {
                for item in items {
                    let child = self.node_or_named(item, "")?;
                    node.children.push(child);
                }
            }
            Json::Object(members) if is_node(&members) => {
                let child = self.node(members, "")?;
                node.children.push(child);
            }
            Json::Object(members) if is_localized(&members) => {
                node.value = Some(Value::Localized(Personal::new(localized(members))));
            }
            Json::Object(members) if !members.is_empty() => {
                self.warn_of_duplicates(&members);
                for (name, json) in members {
                    let child = self.named(&name, json)?;
                    node.children.push(child);
                }
            }
            leaf @ (Json::Null
            | Json::Bool(_)
            | Json::Number(_)
            | Json::Text(_)
            | Json::List(_)
            | Json::Object(_)) => node.value = Some(Value::of_scalar(leaf)),
        }
        Ok(())
    }

    /// Reads an `error`. Details that are more than words become a child of `node`.
    fn reason(&mut self, node: &mut Node, json: Json) -> Result<Reason, ReadError> {
        let words = match json {
            Json::Text(words) | Json::Number(words) => words,
            Json::Bool(is_true) => is_true.to_string(),
            Json::Object(members) if is_localized(&members) => {
                return Ok(Reason::Localized(Personal::new(localized(members))));
            }
            details @ (Json::Null | Json::List(_) | Json::Object(_)) => {
                let child = self.named("error", details)?;
                node.children.push(child);
                String::new()
            }
        };
        Ok(Reason::Text(Personal::new(words)))
    }

    /// Goes into the node with `key`, and returns what [`Builder::leave`] needs to come back.
    fn enter(&mut self, key: &str) -> Result<usize, ReadError> {
        if key.len() > MAX_KEY_BYTES {
            return Err(ReadError::TextTooLong);
        }
        let outer = self.trail.len();
        if outer > 0 {
            self.trail.push('/');
        }
        self.trail.push_str(key_or_missing(key));
        self.path_bytes += self.trail.len();
        if self.path_bytes > MAX_PATHS_BYTES {
            return Err(ReadError::TooManyValues);
        }
        Ok(outer)
    }

    fn leave(&mut self, outer: usize) {
        self.trail.truncate(outer);
    }

    fn warn_of_duplicates(&mut self, members: &Members) {
        let mut names = BTreeSet::new();
        if !members.iter().all(|(name, _)| names.insert(name)) {
            self.warn(WarningKind::DuplicateMember);
        }
    }

    fn warn(&mut self, kind: WarningKind) {
        let trail = &self.trail;
        let warning = self.warnings.entry(kind).or_insert_with(|| Warning {
            kind,
            count: 0,
            first: Personal::new(trail.clone()),
        });
        warning.count = warning.count.saturating_add(1);
    }
}

/// Takes an object apart, or gives back what is no object or does not pass `test`.
fn members_if(test: impl Fn(&Members) -> bool, json: Json) -> Result<Members, Json> {
    match json {
        Json::Object(members) if test(&members) => Ok(members),
        other @ (Json::Null
        | Json::Bool(_)
        | Json::Number(_)
        | Json::Text(_)
        | Json::List(_)
        | Json::Object(_)) => Err(other),
    }
}

fn is_node(members: &Members) -> bool {
    members.iter().any(|(name, json)| {
        matches!(
            (name.as_str(), json),
            ("key", Json::Text(_)) | ("children", Json::List(_))
        )
    })
}

/// Returns whether each member is a different language of the same text.
fn is_localized(members: &Members) -> bool {
    let mut names = BTreeSet::new();
    !members.is_empty()
        && members.iter().all(|(name, json)| {
            matches!(name.as_str(), "fi" | "sv" | "en")
                && matches!(json, Json::Text(_) | Json::Null)
                && names.insert(name)
        })
}

fn localized(members: Members) -> LocalText {
    let mut text = LocalText::default();
    for (name, json) in members {
        let words = json.into_text();
        match name.as_str() {
            "fi" => text.fi = words,
            "sv" => text.sv = words,
            _ => text.en = words,
        }
    }
    text
}
