//! No span records a function's arguments: they may be personal data.

use super::Source;

/// The attribute, in both ways of writing it.
const ATTRIBUTES: [&str; 2] = ["#[instrument", "#[tracing::instrument"];

/// Returns what is wrong with `source`.
pub(super) fn faults(source: &Source) -> Vec<String> {
    if !source.is(&["rs"]) {
        return Vec::new();
    }
    let found = ATTRIBUTES
        .iter()
        .flat_map(|attribute| source.text.match_indices(attribute))
        .filter_map(|(at, _)| source.text.split_at_checked(at));
    found
        .filter(|(_, rest)| is_attribute(rest) && !skips_all(rest))
        .map(|(before, _)| {
            let line = before.lines().count() + usize::from(before.ends_with('\n'));
            format!(
                "{}:{line}: say `skip_all`, then name the fields that may be logged",
                source.path
            )
        })
        .collect()
}

/// Says whether this is the attribute itself and not a text that quotes it.
fn is_attribute(rest: &str) -> bool {
    rest.trim_start_matches(|c: char| !matches!(c, ']' | '(' | '"'))
        .starts_with([']', '('])
}

fn skips_all(rest: &str) -> bool {
    rest.split(']')
        .next()
        .is_some_and(|attribute| attribute.contains("skip_all"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{super::source, *};

    #[rstest]
    #[case::bare("]", 1)]
    #[case::with_fields("(fields(%consent))]", 1)]
    #[case::skipping("(skip_all, fields(%consent))]", 0)]
    #[case::skipping_below("(\n    skip_all,\n    err\n)]", 0)]
    fn a_span_names_what_it_records(#[case] rest: &str, #[case] expected: usize) {
        for attribute in ATTRIBUTES {
            let text = format!("//! What.\n\n{attribute}{rest}\nfn f() {{}}\n");

            let faults = faults(&source("a.rs", &text));

            assert_eq!(faults.len(), expected, "{text}");
            assert!(faults.iter().all(|fault| fault.starts_with("a.rs:3:")));
        }
    }
}
