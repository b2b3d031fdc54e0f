//! Every Rust file begins by saying what it is.

use super::Source;

/// Returns what is wrong with `source`.
pub(super) fn faults(source: &Source) -> Option<String> {
    (source.is(&["rs"]) && !says_what_it_is(&source.text))
        .then(|| format!("{}: begin with `//!`: what it is", source.path))
}

/// Looks past what may stand before: attributes of the whole file, and blank lines.
fn says_what_it_is(text: &str) -> bool {
    let mut is_in_attribute = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("//!") {
            return true;
        }
        is_in_attribute |= line.starts_with("#![");
        if is_in_attribute {
            is_in_attribute = !line.ends_with(']');
        } else if !line.is_empty() {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::at_the_top("//! What.\nuse a;", true)]
    #[case::after_an_attribute("#![expect(\n    x,\n    reason = \"y\"\n)]\n\n//! What.\n", true)]
    #[case::after_code("use a;\n//! What.", false)]
    #[case::nowhere("use a;", false)]
    #[case::an_empty_file("", false)]
    fn a_module_says_what_it_is_before_anything_else(#[case] text: &str, #[case] expected: bool) {
        assert_eq!(says_what_it_is(text), expected);
    }
}
