//! Words for keys and codes, in Finnish, Swedish and English.
//!
//! The city's export has no labels, so they come from two tables in `labels/`, held sorted and
//! complete by tests. `keys.csv` goes from a key, or the end of a path, to a label: the longest end
//! wins, one that begins with `/` holds at the root only, and `/KEY[CHILD]` at a root with that
//! child. `values.csv` does the same for coded values. Never says anything about a person: what it does not know, it makes readable and no more.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::tree::DOWNLOAD_ROOT;
use crate::{LocalText, Node, path};

type Words = [&'static str; 3];

static KEYS: LazyLock<BTreeMap<&'static str, Words>> = LazyLock::new(|| {
    rows(include_str!("../labels/keys.csv"))
        .filter_map(|row| match row.as_slice() {
            &[path, fi, sv, en] => Some((path, [fi, sv, en])),
            _ => None,
        })
        .collect()
});

static VALUES: LazyLock<BTreeMap<&'static str, BTreeMap<&'static str, Words>>> =
    LazyLock::new(|| {
        let mut values: BTreeMap<_, BTreeMap<_, Words>> = BTreeMap::new();
        for row in rows(include_str!("../labels/values.csv")) {
            if let [path, code, fi, sv, en] = *row.as_slice() {
                values.entry(path).or_default().insert(code, [fi, sv, en]);
            }
        }
        values
    });

/// The rows of a table, without its heading.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().skip(1).map(|row| row.split(';').collect())
}

/// Returns the label of the node at `path`, or of a key alone.
///
/// ```
/// assert_eq!(city_data::label("BOATS/BOAT[2]/NAME").fi.as_deref(), Some("Veneen nimi"));
/// assert_eq!(city_data::label("SHOE_SIZE").fi.as_deref(), Some("Shoe size"));
/// ```
pub fn label(path: &str) -> LocalText {
    let keys: Vec<Cow<'_, str>> = path::keys(path).collect();
    let upper: Vec<String> = keys.iter().map(|key| snake_case(key)).collect();
    ends(&upper)
        .find_map(|end| KEYS.get(end.as_str()))
        .map_or_else(
            || LocalText::same(prettified(keys.last().map_or("", AsRef::as_ref))),
            |[fi, sv, en]| LocalText::new(*fi, *sv, *en),
        )
}

/// Returns the label of a whole service's data.
///
/// Two services may give their root the same key, as parking and the family register do with
/// `CUSTOMER`; what is in it tells them apart.
pub fn service_label(service: &Node) -> LocalText {
    service
        .children
        .iter()
        .find_map(|child| KEYS.get(format!("/{}[{}]", service.key, child.key).as_str()))
        .map_or_else(
            || label(&service.key),
            |[fi, sv, en]| LocalText::new(*fi, *sv, *en),
        )
}

/// Returns the words for a coded value of the node at `path`, if its code is known.
///
/// ```
/// let words = city_data::value_label("PROFILE/LANGUAGE", "sv").unwrap();
/// assert_eq!(words.fi.as_deref(), Some("ruotsi"));
/// assert_eq!(city_data::value_label("PROFILE/NICKNAME", "sv"), None);
/// ```
pub fn value_label(path: &str, text: &str) -> Option<LocalText> {
    const LONGEST_CODE: usize = 64;
    if text.is_empty() || text.len() > LONGEST_CODE {
        return None;
    }
    let code = snake_case(text);
    let keys: Vec<String> = path::keys(path).map(|key| snake_case(&key)).collect();
    ends(&keys)
        .find_map(|end| VALUES.get(end.as_str())?.get(code.as_str()))
        .map(|[fi, sv, en]| LocalText::new(*fi, *sv, *en))
}

/// The ends of a path, longest first; the whole of it begins with `/`. The root of a download is
/// left out, so that a service has the same words in a download and alone.
fn ends(keys: &[String]) -> impl Iterator<Item = String> {
    const LONGEST_END: usize = 4;
    let keys = match keys {
        [root, service @ ..] if root == DOWNLOAD_ROOT && !service.is_empty() => service,
        keys => keys,
    };
    let whole = (keys.len() < LONGEST_END).then(|| format!("/{}", keys.join("/")));
    let longest = keys.len().min(LONGEST_END);
    whole.into_iter().chain((1..=longest).rev().map(|length| {
        keys.get(keys.len() - length..)
            .unwrap_or_default()
            .join("/")
    }))
}

/// Brings `someKey`, `Some key` and `some-key` to `SOME_KEY`, as the tables have them.
fn snake_case(key: &str) -> String {
    let mut snake = String::with_capacity(key.len() + 4);
    let mut was_lower = false;
    for character in key.chars() {
        if character.is_uppercase() && was_lower {
            snake.push('_');
        }
        was_lower = character.is_lowercase();
        if character == ' ' || character == '-' {
            snake.push('_');
        } else {
            snake.extend(character.to_uppercase());
        }
    }
    snake
}

/// Makes a key readable that no table knows: `SOME_KEY` becomes `Some key`.
fn prettified(key: &str) -> String {
    let words = snake_case(key).to_lowercase().replace('_', " ");
    let words = words.trim();
    let mut characters = words.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => key.to_owned(),
    }
}

#[cfg(test)]
mod tests;
