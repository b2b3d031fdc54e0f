//! A migration that is listed with its checksum is never edited.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

use crate::workspace;

/// The list, in the form that `sha256sum --check` reads.
const LIST: &str = "checksums.txt";

/// Returns what is wrong with the migrations under `folder`.
pub(super) fn faults(folder: &Path) -> Result<Vec<String>> {
    Ok(compare(&listed(folder)?, &found(folder)?))
}

/// Adds the migrations that are not listed yet.
pub(crate) fn list_new() -> Result<()> {
    let folder = workspace::root().join("migrations");
    let mut listed = listed(&folder)?;
    for (name, checksum) in found(&folder)? {
        listed.entry(name).or_insert(checksum);
    }
    let lines = listed
        .iter()
        .map(|(name, checksum)| format!("{checksum}  {name}\n"));
    fs::write(folder.join(LIST), lines.collect::<String>()).context("cannot write the list")
}

fn compare(listed: &BTreeMap<String, String>, found: &BTreeMap<String, String>) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, checksum) in listed {
        match found.get(name) {
            Some(found) if found == checksum => {}
            Some(_) => faults.push(format!("migrations/{name}: edited; add a new step instead")),
            None => faults.push(format!("migrations/{name}: listed, but not there")),
        }
    }
    for name in found.keys().filter(|name| !listed.contains_key(*name)) {
        faults.push(format!(
            "migrations/{name}: not listed; `cargo xtask migrations` adds it"
        ));
    }
    faults
}

fn listed(folder: &Path) -> Result<BTreeMap<String, String>> {
    let list = folder.join(LIST);
    if !list.exists() {
        return Ok(BTreeMap::new());
    }
    let text = fs::read_to_string(list).context("cannot read the list of migrations")?;
    text.lines()
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
    #[case::as_listed("1", &[("a", "1")], 0)]
    #[case::edited("1", &[("a", "2")], 1)]
    #[case::gone("1", &[], 1)]
    #[case::a_new_one("1", &[("a", "1"), ("b", "1")], 1)]
    fn a_listed_migration_stays_as_it_is(
        #[case] listed: &str,
        #[case] found: &[(&str, &str)],
        #[case] expected: usize,
    ) {
        let map = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs
                .iter()
                .map(|(name, sum)| ((*name).to_owned(), (*sum).to_owned()))
                .collect()
        };

        let faults = compare(&map(&[("a", listed)]), &map(found));

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
