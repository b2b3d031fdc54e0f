//! No file grows past what one person reads in one go.

use super::Source;

/// With its tests. A file past 300 usually hides a noun that wants a file of its own.
const LONGEST: usize = 400;

/// Returns what is wrong with `source`.
pub(super) fn faults(source: &Source) -> Option<String> {
    let length = source.text.lines().count();
    (source.is(&["css", "js", "rs", "ts", "tsx"]) && length > LONGEST).then(|| {
        format!(
            "{}: {length} lines, at most {LONGEST}: which noun is hiding in it?",
            source.path
        )
    })
}

#[cfg(test)]
mod tests {
    use super::{super::source, *};

    #[test]
    fn four_hundred_lines_are_the_most() {
        assert_eq!(faults(&source("a.rs", &"\n".repeat(400))), None);
        assert!(faults(&source("a.rs", &"\n".repeat(401))).is_some());
        assert_eq!(faults(&source("a.md", &"\n".repeat(401))), None);
    }
}
