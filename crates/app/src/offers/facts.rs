//! The person's own values that a rule looks at.

use city_data::{Node, Value};
use consent::{DataSourceId, LocalText, PersonId, rule::Fact};
use operator_protocol::offer::Need;

use crate::{
    copy::{Copies, unwrapped},
    value::{coded, value_view},
    view::ValueView,
};

/// The values of an offer's declared variables for one person, as far as the vault knows them.
pub(crate) struct Facts {
    known: Vec<Known>,
}

struct Known {
    variable: String,
    path: String,
    label: LocalText,
    fact: Option<Fact>,
    value: Option<ValueView>,
}

impl Facts {
    /// Finds the values that `needs` names, for `subject`.
    pub(crate) fn find(needs: &[Need], copies: &Copies, subject: &PersonId) -> Self {
        let mut schema: Option<&str> = None;
        let known = needs
            .iter()
            .map(|need| {
                schema = need.schema.as_deref().or(schema);
                find(need, schema, copies, subject)
            })
            .collect();
        Self { known }
    }

    /// Returns the value of a variable; nothing if the vault does not know it.
    pub(crate) fn fact(&self, variable: &str) -> Option<Fact> {
        self.of(variable)?.fact.clone()
    }

    /// Returns what a variable is called.
    pub(crate) fn label(&self, variable: &str) -> LocalText {
        self.of(variable)
            .map_or_else(|| LocalText::same(variable), |known| known.label.clone())
    }

    /// Returns the value of a variable for a screen.
    pub(crate) fn value(&self, variable: &str) -> Option<ValueView> {
        self.of(variable)?.value.clone()
    }

    /// Returns a value that a rule spells out, in the words that a variable's own value would have.
    pub(crate) fn in_words(&self, variable: &str, fact: &Fact) -> Option<ValueView> {
        match fact {
            Fact::Text(text) => Some(coded(text, &self.of(variable)?.path)),
            Fact::List(items) => Some(ValueView::List {
                items: items
                    .iter()
                    .filter_map(|item| self.in_words(variable, item))
                    .collect(),
            }),
            Fact::Number(_) | Fact::Date(_) | Fact::Boolean(_) => None,
        }
    }

    fn of(&self, variable: &str) -> Option<&Known> {
        self.known.iter().find(|known| known.variable == variable)
    }
}

fn find(need: &Need, schema: Option<&str>, copies: &Copies, subject: &PersonId) -> Known {
    let field = schema
        .and_then(|schema| copies.source_of_schema(schema))
        .and_then(|(source, schema)| {
            let fields = schema.fields();
            let field = fields.into_iter().find(|field| field.path == need.path)?;
            Some((source, field))
        });
    let Some((source, field)) = field else {
        return Known {
            variable: need.var.clone(),
            path: String::new(),
            label: LocalText::same(need.var.as_str()),
            fact: None,
            value: None,
        };
    };
    let nodes = field
        .node_path
        .as_deref()
        .and_then(|path| nodes(copies, source, path, subject))
        .unwrap_or_default();
    let path = field.node_path.unwrap_or_default();
    Known {
        variable: need.var.clone(),
        label: field.labels,
        fact: fact_of(&nodes),
        value: view_of(&nodes, &path),
        path,
    }
}

fn nodes<'a>(
    copies: &'a Copies,
    source: &DataSourceId,
    path: &str,
    subject: &PersonId,
) -> Option<Vec<&'a Node>> {
    let nodes = copies.nodes(source, path, subject)?;
    Some(nodes.into_iter().map(unwrapped).collect())
}

fn fact_of(nodes: &[&Node]) -> Option<Fact> {
    let mut facts: Vec<Fact> = nodes
        .iter()
        .filter_map(|node| node.value.as_ref())
        .filter_map(fact)
        .collect();
    if facts.len() > 1 {
        return Some(Fact::List(facts));
    }
    facts.pop()
}

/// Returns a value in the form that rules compare; nothing for what says nothing.
fn fact(value: &Value) -> Option<Fact> {
    match value {
        Value::Text(text) => Some(Fact::Text(text.reveal().clone())),
        Value::Date { date, .. } => Some(Fact::Date(*date)),
        Value::DateTime { civil, .. } => Some(Fact::Date(civil.date())),
        Value::Number(digits) => digits.reveal().parse().ok().map(Fact::Number),
        Value::Boolean(yes) => Some(Fact::Boolean(*yes)),
        Value::List(items) => Some(Fact::List(items.iter().filter_map(fact).collect())),
        Value::Localized(_)
        | Value::None
        | Value::EmptyList
        | Value::EmptyObject
        | Value::Unavailable(_) => None,
    }
}

fn view_of(nodes: &[&Node], path: &str) -> Option<ValueView> {
    let mut items: Vec<ValueView> = nodes
        .iter()
        .filter_map(|node| node.value.as_ref())
        .map(|value| value_view(value, path))
        .collect();
    if items.len() > 1 {
        return Some(ValueView::List { items });
    }
    items.pop()
}
