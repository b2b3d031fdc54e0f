//! Everything that is fetched comes from the public registries, and is known by its digest.

use std::{fs, path::Path};

use anyhow::{Context as _, Result};
use serde_json::Value;

const CRATES: &str = "registry+https://github.com/rust-lang/crates.io-index";
const PACKAGES: &str = "https://registry.npmjs.org/";

/// Returns what is wrong with the lock files.
pub(super) fn faults(root: &Path) -> Result<Vec<String>> {
    let read = |path: &str| {
        fs::read_to_string(root.join(path)).with_context(|| format!("cannot read {path}"))
    };
    let mut faults = crate_faults(&read("Cargo.lock")?);
    faults.extend(package_faults(&read("ui/package-lock.json")?)?);
    Ok(faults)
}

fn crate_faults(lock: &str) -> Vec<String> {
    lock.lines()
        .filter_map(|line| line.strip_prefix("source = "))
        .map(|source| source.trim_matches('"'))
        .filter(|source| *source != CRATES)
        .map(|source| format!("Cargo.lock: a crate comes from {source}"))
        .collect()
}

fn package_faults(lock: &str) -> Result<Vec<String>> {
    let lock: Value = serde_json::from_str(lock).context("cannot read ui/package-lock.json")?;
    let packages = lock.get("packages").and_then(Value::as_object);
    let mut faults = Vec::new();
    for (path, package) in packages.context("ui/package-lock.json lists no packages")? {
        let text = |member| package.get(member).and_then(Value::as_str);
        if let Some(source) = text("resolved")
            && !source.starts_with(PACKAGES)
        {
            faults.push(format!("ui/package-lock.json: {path} comes from {source}"));
        }
        if !path.is_empty() && text("integrity").is_none() {
            faults.push(format!("ui/package-lock.json: {path} has no digest"));
        }
    }
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::the_public_registry(
        r#""resolved": "https://registry.npmjs.org/a.tgz", "integrity": "sha512-"#,
        0
    )]
    #[case::no_address(r#""integrity": "sha512-"#, 0)]
    #[case::a_mirror(
        r#""resolved": "https://mirror.example/a.tgz", "integrity": "sha512-"#,
        1
    )]
    #[case::no_digest(r#""resolved": "https://registry.npmjs.org/a.tgz"#, 1)]
    fn a_package_comes_from_the_public_registry(#[case] package: &str, #[case] expected: usize) {
        let lock = format!(r#"{{"packages": {{"": {{}}, "node_modules/a": {{{package}"}}}}}}"#);

        assert_eq!(package_faults(&lock).unwrap().len(), expected);
    }

    #[test]
    fn a_crate_comes_from_the_public_registry() {
        let public = format!("source = \"{CRATES}\"\n");

        assert!(crate_faults(&public).is_empty());
        assert_eq!(crate_faults("source = \"git+https://a.example\"").len(), 1);
    }
}
