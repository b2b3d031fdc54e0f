//! A released migration is never edited.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

use crate::workspace;

/// The released steps, in the form that `sha256sum --check` reads.
const LIST: &str = "checksums.txt";

/// Returns what is wrong with the migrations under `folder`.
pub(super) fn faults(folder: &Path) -> Result<Vec<String>> {
    Ok(compare(&listed(&read(folder)?)?, &found(folder)?))
}

/// Adds the steps that are not listed yet, as is done when a version is released.
pub(crate) fn list_new() -> Result<()> {
    let folder = workspace::root().join("migrations");
    let mut text = read(&folder)?;
    let listed = listed(&text)?;
    for (name, checksum) in found(&folder)? {
        if !listed.contains_key(&name) {
            text.push_str(&format!("{checksum}  {name}\n"));
        }
    }
    fs::write(folder.join(LIST), text).context("cannot write the list of migrations")
}

fn compare(listed: &BTreeMap<String, String>, found: &BTreeMap<String, String>) -> Vec<String> {
    listed
        .iter()
        .filter_map(|(name, checksum)| match found.get(name) {
            Some(found) if found == checksum => None,
            Some(_) => Some(format!("migrations/{name}: edited; add a new step instead")),
            None => Some(format!("migrations/{name}: released, but not there")),
        })
        .collect()
}

fn read(folder: &Path) -> Result<String> {
    fs::read_to_string(folder.join(LIST)).context("cannot read the list of migrations")
}

fn listed(text: &str) -> Result<BTreeMap<String, String>> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let (checksum, name) = line
                .split_once("  ")
                .with_context(|| format!("migrations/{LIST}: cannot read `{line}`"))?;
            Ok((name.to_owned(), checksum.to_owned()))
        })
        .collect()
}

fn found(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for path in workspace::files(folder)? {
        let is_step = path
            .file_name()
            .and_then(|name| name.to_str())
            .is_some_and(is_step);
        if is_step {
            let name = path.strip_prefix(folder)?.display().to_string();
            found.insert(name, format!("{:x}", Sha256::digest(fs::read(&path)?)));
        }
    }
    Ok(found)
}

/// Says whether this is `0001_words.sql`, not a snapshot or a whole schema.
fn is_step(name: &str) -> bool {
    name.split_once('_').is_some_and(|(number, rest)| {
        number.len() == 4
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && rest.ends_with(".sql")
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::as_released(&[("a", "1")], 0)]
    #[case::edited(&[("a", "2")], 1)]
    #[case::gone(&[], 1)]
    #[case::beside_one_that_is_not_released(&[("a", "1"), ("b", "1")], 0)]
    fn a_released_migration_stays_as_it_is(
        #[case] found: &[(&str, &str)],
        #[case] expected: usize,
    ) {
        let listed = listed("# a comment\n1  a\n").unwrap();
        let found = found
            .iter()
            .map(|(name, checksum)| ((*name).to_owned(), (*checksum).to_owned()))
            .collect();

        let faults = compare(&listed, &found);

        assert_eq!(faults.len(), expected, "{faults:?}");
    }

    #[rstest]
    #[case("0001_vault.sql", true)]
    #[case("0001.sql", false)]
    #[case("schema.sql", false)]
    #[case("0001_notes.md", false)]
    fn only_numbered_steps_are_migrations(#[case] name: &str, #[case] expected: bool) {
        assert_eq!(is_step(name), expected);
    }
}
