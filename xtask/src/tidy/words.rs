//! Words that must not be in the tree: promises to do something later, addresses from which a
//! window would fetch something, output past the log.

use super::Source;

/// A word, where it may not be, and what to do instead. Written in halves, since this file is
/// checked too.
const WORDS: &[(&str, &str, Where, &str)] = &[
    ("TO", "DO", Where::Code, "do it, or leave the sentence out"),
    ("FIX", "ME", Where::Code, "do it, or leave the sentence out"),
    ("XX", "X", Where::Code, "do it, or leave the sentence out"),
    (
        "console",
        ".",
        Where::Pages,
        "log through the app, with a code",
    ),
    (
        "local",
        "Storage",
        Where::Pages,
        "the vault is the one store",
    ),
    (
        "session",
        "Storage",
        Where::Pages,
        "the vault is the one store",
    ),
    (
        "dangerously",
        "SetInnerHTML",
        Where::Pages,
        "show it as text",
    ),
    (
        "fonts.google",
        "apis.com",
        Where::Pages,
        "the window fetches nothing",
    ),
    (
        "fonts.gsta",
        "tic.com",
        Where::Pages,
        "the window fetches nothing",
    ),
    (
        "makasiini.",
        "hel.fi",
        Where::Pages,
        "the window fetches nothing",
    ),
    (
        "jsde",
        "livr.net",
        Where::Pages,
        "the window fetches nothing",
    ),
    ("unpk", "g.com", Where::Pages, "the window fetches nothing"),
];

#[derive(Clone, Copy)]
enum Where {
    Code,
    Pages,
}

impl Where {
    fn includes(self, source: &Source) -> bool {
        match self {
            Self::Code => source.is(&["css", "html", "js", "rs", "sql", "toml", "ts", "tsx"]),
            Self::Pages => {
                source.path == "ui/index.html"
                    || (source.path.starts_with("ui/src/")
                        && source.is(&["css", "html", "js", "ts", "tsx"]))
            }
        }
    }
}

/// Returns what is wrong with `source`.
pub(super) fn faults(source: &Source) -> Vec<String> {
    let mut faults = Vec::new();
    for (start, end, place, instead) in WORDS {
        if place.includes(source) {
            let word = format!("{start}{end}");
            for line in source.lines_where(|line| holds(line, &word)) {
                faults.push(format!("{}:{line}: `{word}`: {instead}", source.path));
            }
        }
    }
    faults
}

/// Says whether `line` holds `word`, not as a part of a longer one.
fn holds(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        !before.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{super::source, *};

    #[rstest]
    #[case::a_promise("crates/vault/src/a.rs", concat!("// TO", "DO: later"))]
    #[case::a_promise_in_sql("migrations/vault/0001_a.sql", concat!("-- FIX", "ME"))]
    #[case::output_past_the_log("ui/src/a.ts", concat!("console", ".log(1)"))]
    #[case::a_remote_font("ui/src/a.css", concat!("@import url(https://fonts.google", "apis.com)"))]
    fn a_word_is_found_where_it_may_not_be(#[case] path: &str, #[case] text: &str) {
        assert_eq!(faults(&source(path, text)).len(), 1);
    }

    #[rstest]
    #[case::prose("CONTRIBUTING.md", concat!("No TO", "DO."))]
    #[case::a_script_outside_the_window("ui/scripts/a.js", concat!("console", ".log(1)"))]
    #[case::a_longer_word("crates/a.rs", concat!("KUNTO", "DOT"))]
    fn a_word_is_fine_elsewhere(#[case] path: &str, #[case] text: &str) {
        assert!(faults(&source(path, text)).is_empty());
    }
}
