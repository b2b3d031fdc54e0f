//! Decisions are numbered without gaps, and none is numbered twice.

use std::path::Path;

use anyhow::Result;

use crate::workspace;

/// Returns what is wrong with the decisions in `docs/adr`.
pub(super) fn faults(root: &Path) -> Result<Vec<String>> {
    let names: Vec<String> = workspace::files(&root.join("docs/adr"))?
        .iter()
        .filter_map(|path| path.file_name()?.to_str().map(str::to_owned))
        .filter(|name| name != "template.md")
        .collect();
    Ok(misnumbered(&names))
}

/// Compares names, which come in order, with the numbers that they should bear.
fn misnumbered(names: &[String]) -> Vec<String> {
    (1..)
        .zip(names)
        .filter(|(number, name)| {
            !(name.starts_with(&format!("{number:04}-")) && name.ends_with(".md"))
        })
        .map(|(number, name)| format!("docs/adr/{name}: expected {number:04}-….md"))
        .collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::in_order(&["0001-a.md", "0002-b.md"], 0)]
    #[case::a_gap(&["0001-a.md", "0003-b.md"], 1)]
    #[case::a_number_twice(&["0001-a.md", "0001-b.md"], 1)]
    #[case::not_a_decision(&["0001-a.md", "notes.txt"], 1)]
    fn decisions_are_numbered_in_order(#[case] names: &[&str], #[case] expected: usize) {
        let names: Vec<String> = names.iter().copied().map(str::to_owned).collect();

        assert_eq!(misnumbered(&names).len(), expected);
    }
}
