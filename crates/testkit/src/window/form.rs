//! A form on a page: what it asks, and what it sends.

use std::collections::BTreeMap;

use super::html::{Piece, pieces};

/// How a form is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// In the address.
    Get,
    /// In the body.
    Post,
}

/// A form, filled in as far as the person has.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) action: String,
    pub(super) method: Method,
    fields: Vec<Field>,
}

#[derive(Debug)]
struct Field {
    kind: Kind,
    id: String,
    name: String,
    value: String,
    /// The words by which a person knows it.
    label: String,
    is_sent: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Written, or hidden.
    Text,
    /// One of those with the same name.
    Radio,
    Checkbox,
    /// An entry of the list with this name.
    Option,
    Button,
}

impl Form {
    /// Finds the forms of a page.
    pub(super) fn all(html: &str) -> Vec<Self> {
        let mut reader = Reader::default();
        for piece in pieces(html) {
            reader.read(&piece);
        }
        reader.forms
    }

    /// Chooses the first answer whose words hold `label`. Says whether there was one.
    pub(super) fn choose(&mut self, label: &str) -> bool {
        let chosen = self.fields.iter().position(|field| {
            let is_choice = matches!(field.kind, Kind::Radio | Kind::Checkbox | Kind::Option);
            is_choice && field.label.contains(label)
        });
        let Some((kind, name)) = chosen
            .and_then(|at| self.fields.get(at))
            .map(|field| (field.kind, field.name.clone()))
        else {
            return false;
        };
        for (at, field) in self.fields.iter_mut().enumerate() {
            if Some(at) == chosen {
                field.is_sent = true;
            } else if field.name == name && kind != Kind::Checkbox {
                field.is_sent = false;
            }
        }
        true
    }

    /// Writes into the first field whose words hold `label`. Says whether there was one.
    pub(super) fn write(&mut self, label: &str, text: &str) -> bool {
        let field = self.fields.iter_mut().find(|field| {
            field.kind == Kind::Text && !field.label.is_empty() && field.label.contains(label)
        });
        field.is_some_and(|field| {
            text.clone_into(&mut field.value);
            true
        })
    }

    /// Returns what is sent when the button whose words hold `label` is pressed.
    pub(super) fn sent_by(&self, label: &str) -> Option<Vec<(String, String)>> {
        let button = self
            .fields
            .iter()
            .find(|field| field.kind == Kind::Button && field.label.contains(label))?;
        let sent = self
            .fields
            .iter()
            .filter(|field| field.is_sent && field.kind != Kind::Button);
        let named = sent
            .chain([button])
            .filter(|field| !field.name.is_empty())
            .map(|field| (field.name.clone(), field.value.clone()));
        Some(named.collect())
    }
}

/// Goes through a page and remembers what it is inside of.
#[derive(Default)]
struct Reader {
    forms: Vec<Form>,
    is_in_form: bool,
    list: String,
    label: Option<Label>,
    /// Inside a button or a list's entry: that field takes the words.
    named: Option<usize>,
    labels: Vec<Label>,
}

/// A label, which is for the field with its id, or the one inside it.
#[derive(Default)]
struct Label {
    id: String,
    inside: Option<usize>,
    text: String,
}

impl Reader {
    fn read(&mut self, piece: &Piece) {
        match piece {
            Piece::Open(name, attributes) => self.open(name, attributes),
            Piece::Close(name) => self.close(name),
            Piece::Text(text) => self.text(text),
        }
    }

    fn open(&mut self, name: &str, attributes: &BTreeMap<String, String>) {
        let get = |name: &str| attributes.get(name).cloned().unwrap_or_default();
        match name {
            "form" => {
                let is_post = get("method").eq_ignore_ascii_case("post");
                self.is_in_form = true;
                self.forms.push(Form {
                    action: get("action"),
                    method: if is_post { Method::Post } else { Method::Get },
                    fields: Vec::new(),
                });
            }
            "label" => {
                self.label = Some(Label {
                    id: get("for"),
                    ..Label::default()
                });
            }
            "select" => self.list = get("name"),
            "option" => {
                let field = Field {
                    kind: Kind::Option,
                    id: String::new(),
                    name: self.list.clone(),
                    value: get("value"),
                    label: String::new(),
                    is_sent: attributes.contains_key("selected"),
                };
                self.named = self.add(field);
            }
            "button" => self.named = self.add(field(Kind::Button, attributes)),
            "input" => {
                let kind = match get("type").to_ascii_lowercase().as_str() {
                    "radio" => Kind::Radio,
                    "checkbox" => Kind::Checkbox,
                    "submit" => Kind::Button,
                    _ => Kind::Text,
                };
                let added = self.add(field(kind, attributes));
                if let Some(label) = &mut self.label {
                    label.inside = added;
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "form" => self.end_form(),
            "label" => self.labels.extend(self.label.take()),
            "button" | "option" => self.named = None,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(label) = &mut self.label {
            label.text.push_str(text);
        }
        let fields = self.forms.last_mut().map(|form| &mut form.fields);
        if let (Some(fields), Some(at)) = (fields, self.named)
            && let Some(field) = fields.get_mut(at)
        {
            field.label.push_str(text);
        }
    }

    fn add(&mut self, field: Field) -> Option<usize> {
        let form = self.forms.last_mut().filter(|_| self.is_in_form)?;
        form.fields.push(field);
        form.fields.len().checked_sub(1)
    }

    fn end_form(&mut self) {
        self.is_in_form = false;
        let labels = std::mem::take(&mut self.labels);
        let fields = self.forms.last_mut().map(|form| &mut form.fields);
        for (at, field) in fields.into_iter().flatten().enumerate() {
            for label in &labels {
                let is_for = !field.id.is_empty() && field.id == label.id;
                if is_for || label.inside == Some(at) {
                    field.label.push_str(&label.text);
                }
            }
        }
    }
}

fn field(kind: Kind, attributes: &BTreeMap<String, String>) -> Field {
    let get = |name: &str| attributes.get(name).cloned();
    let is_choice = matches!(kind, Kind::Radio | Kind::Checkbox);
    let value = get("value");
    Field {
        kind,
        id: get("id").unwrap_or_default(),
        name: get("name").unwrap_or_default(),
        label: match kind {
            Kind::Button => value.clone().unwrap_or_default(),
            Kind::Text | Kind::Radio | Kind::Checkbox | Kind::Option => {
                get("aria-label").unwrap_or_default()
            }
        },
        value: value.unwrap_or_else(|| if is_choice { "on" } else { "" }.to_owned()),
        is_sent: !is_choice || attributes.contains_key("checked"),
    }
}
