//! Paths: the keys from the root to a node, as one text that says which node is meant.
//!
//! `CUSTOMERPROFILE/BOATS/BOAT[2]/NAME`: the first of several siblings with one key has no number,
//! so that a path stays the same when the service appends another. `%`, `/`, `[` and `]` in a key
//! are written `%25`, `%2F`, `%5B` and `%5D`.

use std::borrow::Cow;

/// What stands in a path for a node without a key.
pub const MISSING_KEY: &str = "_";

/// Returns what a path calls a node with `key`. Two keys with one name share their numbers.
pub(crate) const fn key_or_missing(key: &str) -> &str {
    if key.is_empty() { MISSING_KEY } else { key }
}

/// Appends `key` to `path`, as the `nth` (from 1) sibling with that key.
pub(crate) fn push(path: &mut String, key: &str, nth: u32) {
    if !path.is_empty() {
        path.push('/');
    }
    for character in key_or_missing(key).chars() {
        match character {
            '%' => path.push_str("%25"),
            '/' => path.push_str("%2F"),
            '[' => path.push_str("%5B"),
            ']' => path.push_str("%5D"),
            other => path.push(other),
        }
    }
    if nth > 1 {
        path.push('[');
        path.push_str(&nth.to_string());
        path.push(']');
    }
}

/// Returns the keys of `path`, without numbers and escapes.
pub(crate) fn keys(path: &str) -> impl Iterator<Item = Cow<'_, str>> {
    path.split('/').map(|segment| {
        let key = segment.split('[').next().unwrap_or(segment);
        if key.contains('%') {
            Cow::Owned(
                key.replace("%2F", "/")
                    .replace("%5B", "[")
                    .replace("%5D", "]")
                    .replace("%25", "%"),
            )
        } else {
            Cow::Borrowed(key)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_back_from_a_path_whatever_is_in_them() {
        let mut path = String::new();
        push(&mut path, "A/B", 1);
        push(&mut path, "C[2]", 3);
        push(&mut path, "100%2F", 1);
        push(&mut path, "", 2);

        assert_eq!(path, "A%2FB/C%5B2%5D[3]/100%252F/_[2]");
        assert_eq!(
            keys(&path).collect::<Vec<_>>(),
            ["A/B", "C[2]", "100%2F", "_"]
        );
    }
}
