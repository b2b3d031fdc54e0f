//! What holds for every file: the reader never panics, and never loses a leaf.
#![expect(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;

use city_data::{Kind, Reason, Value, flatten, read, select};
use proptest::prelude::*;

/// JSON with repeated names, which `serde_json::Value` cannot hold.
#[derive(Clone, Debug)]
enum Tree {
    Null,
    Bool(bool),
    Number(i64),
    Text(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

proptest! {
    #[test]
    fn bytes_of_any_kind_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(export) = read(&bytes) {
            prop_assert!(flatten(&export.root).count() > 0);
        }
    }

    #[test]
    fn text_made_of_json_signs_is_read_as_serde_json_reads_it(text in r#"[\[\]{}:,"a1.\-eE+\\u0t \n]{0,24}|(null|true|false|-?[0-9.e+]{1,8}|"[a-c\\nu0-9d]{0,14}")"#) {
        // Half a surrogate pair and a number out of range are no errors here.
        let is_special = text.contains("\\ud") || text.contains(['e', 'E']);
        let is_empty = matches!(text.trim(), "" | "null");
        let ours = read(text.as_bytes());
        match serde_json::from_str::<serde_json::Value>(&text) {
            Ok(value) if is_empty || value == serde_json::json!({}) || value == serde_json::json!([]) => {
                prop_assert_eq!(ours, Err(city_data::ReadError::Empty));
            }
            Ok(_) => prop_assert!(ours.is_ok()),
            Err(_) if is_empty || is_special => {}
            Err(_) => prop_assert!(ours.is_err()),
        }
    }

    #[test]
    fn a_damaged_export_is_read_or_refused(at in 0_usize..4000, byte: u8) {
        let mut bytes = include_bytes!("fixtures/kukkuu.json").to_vec();
        let at = at % bytes.len();
        *bytes.get_mut(at).unwrap() = byte;

        if let Ok(export) = read(&bytes) {
            flatten(&export.root).for_each(drop);
        }
        let _ = read(bytes.get(..at).unwrap());
    }

    #[test]
    fn no_leaf_is_lost(tree in tree()) {
        let mut expected = BTreeMap::new();
        count_leaves(&tree, "", &mut expected);

        let Ok(export) = read(to_text(&tree).as_bytes()) else {
            // Nothing in it.
            prop_assert!(matches!(&tree, Tree::Null)
                || matches!(&tree, Tree::List(items) if items.is_empty())
                || matches!(&tree, Tree::Object(members) if members.is_empty()));
            return Ok(());
        };

        let mut found = BTreeMap::new();
        for row in flatten(&export.root) {
            count(&mut found, row.key);
            if let Some(value) = row.value {
                count_value(value, &mut found);
            }
        }
        for (leaf, times) in expected {
            prop_assert!(
                found.get(&leaf).copied().unwrap_or(0) >= times,
                "{leaf:?} {times} times in {}", to_text(&tree)
            );
        }
    }

    #[test]
    fn rows_are_a_tree_in_reading_order(tree in tree()) {
        let Ok(export) = read(to_text(&tree).as_bytes()) else { return Ok(()) };
        let rows: Vec<_> = flatten(&export.root).collect();

        let mut paths = std::collections::BTreeSet::new();
        let mut children = vec![0; rows.len()];
        for (place, row) in rows.iter().enumerate() {
            prop_assert_eq!(row.seq as usize, place);
            prop_assert!(paths.insert(&row.path), "{} comes once", row.path);
            prop_assert_eq!(row.parent.is_none(), place == 0);
            if let Some(parent) = row.parent {
                let parent = parent as usize;
                prop_assert!(parent < place);
                *children.get_mut(parent).unwrap() += 1;
                prop_assert_eq!(row.depth, rows.get(parent).unwrap().depth + 1);
            }
        }
        let counts: Vec<_> = rows.iter().map(|row| row.child_count).collect();
        prop_assert_eq!(children, counts);
    }

    #[test]
    fn a_stored_value_comes_back_as_it_was(tree in tree()) {
        let Ok(export) = read(to_text(&tree).as_bytes()) else { return Ok(()) };
        for row in flatten(&export.root) {
            let stored = row.value.and_then(Value::to_stored);
            let kind: Kind = row.kind.as_str().parse().unwrap();

            let value = Value::from_stored(kind, stored.as_deref()).unwrap();

            prop_assert_eq!(value.as_ref(), row.value);
        }
    }

    #[test]
    fn a_stored_value_of_any_kind_and_text_is_read_or_refused(kind in 0_usize..13, text: Option<String>) {
        let kind = *Kind::ALL.get(kind).unwrap();
        if let Ok(Some(value)) = Value::from_stored(kind, text.as_deref()) {
            prop_assert_eq!(value.kind(), kind);
        }
    }

    #[test]
    fn a_node_path_of_any_kind_is_followed_or_refused(path: String, subject: String) {
        let export = read(include_bytes!("fixtures/family.json")).unwrap();
        let _ = select(&export.root, &path, &subject);
    }
}

fn tree() -> impl Strategy<Value = Tree> {
    let name = prop_oneof![
        Just("key".to_owned()),
        Just("value".to_owned()),
        Just("children".to_owned()),
        Just("error".to_owned()),
        Just("fi".to_owned()),
        Just("sv".to_owned()),
        "[A-C/\\[%_ä]{0,3}",
    ];
    let leaf = prop_oneof![
        Just(Tree::Null),
        any::<bool>().prop_map(Tree::Bool),
        any::<i64>().prop_map(Tree::Number),
        "\\PC{0,8}".prop_map(Tree::Text),
        "[A-C]{1,2}".prop_map(Tree::Text),
        Just(Tree::Text("2021-08-31 00:00".to_owned())),
        Just(Tree::Text("02-03-2021".to_owned())),
    ];
    leaf.prop_recursive(6, 60, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Tree::List),
            proptest::collection::vec((name.clone(), inner), 0..6).prop_map(Tree::Object),
        ]
    })
}

fn to_text(tree: &Tree) -> String {
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    match tree {
        Tree::Null => "null".to_owned(),
        Tree::Bool(is_true) => is_true.to_string(),
        Tree::Number(number) => number.to_string(),
        Tree::Text(text) => quoted(text),
        Tree::List(items) => {
            let items: Vec<_> = items.iter().map(to_text).collect();
            format!("[{}]", items.join(","))
        }
        Tree::Object(members) => {
            let members: Vec<_> = members
                .iter()
                .map(|(name, value)| format!("{}:{}", quoted(name), to_text(value)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
    }
}

/// Counts each leaf as text. A `null` counts where it says more than its absence would.
fn count_leaves(tree: &Tree, name: &str, leaves: &mut BTreeMap<String, usize>) {
    match tree {
        Tree::Null if matches!(name, "error" | "children" | "value" | "fi" | "sv" | "en") => {}
        Tree::Null => count(leaves, "null"),
        Tree::Bool(is_true) => count(leaves, &is_true.to_string()),
        Tree::Number(number) => count(leaves, &number.to_string()),
        Tree::Text(text) => count(leaves, text),
        Tree::List(items) => items.iter().for_each(|item| count_leaves(item, "", leaves)),
        Tree::Object(members) => {
            for (name, value) in members {
                count_leaves(value, name, leaves);
            }
        }
    }
}

fn count_value(value: &Value, found: &mut BTreeMap<String, usize>) {
    match value {
        Value::Text(text) | Value::Number(text) => count(found, text.reveal()),
        Value::Date { written, .. } | Value::DateTime { written, .. } => {
            count(found, written.reveal());
        }
        Value::Boolean(is_true) => count(found, &is_true.to_string()),
        Value::None => count(found, "null"),
        Value::EmptyList | Value::EmptyObject => {}
        Value::List(items) => items.iter().for_each(|item| count_value(item, found)),
        Value::Unavailable(Reason::Text(text)) => count(found, text.reveal()),
        Value::Localized(text) | Value::Unavailable(Reason::Localized(text)) => {
            let text = text.reveal();
            for words in [&text.fi, &text.sv, &text.en].into_iter().flatten() {
                count(found, words);
            }
        }
    }
}

fn count(leaves: &mut BTreeMap<String, usize>, leaf: &str) {
    *leaves.entry(leaf.to_owned()).or_insert(0) += 1;
}
