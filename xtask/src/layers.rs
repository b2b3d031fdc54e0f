//! The dependency rule of ARCHITECTURE.md, held by the build.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail};
use cargo_metadata::{Dependency, DependencyKind, MetadataCommand};

use crate::workspace;

/// Each crate in its layer, the lowest first. A crate may use only lower layers.
const LAYERS: &[&[&str]] = &[
    &["pii"],
    &["consent"],
    &["city-data"],
    &["vault", "operator-protocol", "notifications"],
    &["operator-sync", "sample-city"],
    &["app", "operator-client", "operator-server"],
    &["desktop", "lokero"],
    &["testkit"],
    &["integration-tests", "xtask"],
];

/// The one crate that may use less than its layer allows: an operator that could open a vault
/// would be the wrong reference.
const OPERATOR: (&str, &[&str]) = (
    "operator-server",
    &["pii", "consent", "operator-protocol", "sample-city"],
);

/// Crates that decide and leave doing to others: no clock, file, socket, random number, logger.
const PURE: &[&str] = &[
    "pii",
    "consent",
    "city-data",
    "notifications",
    "operator-protocol",
    "operator-sync",
    "sample-city",
];

/// What a pure crate may not use.
const IMPURE: &[&str] = &[
    "axum",
    "getrandom",
    "rand",
    "reqwest",
    "rusqlite",
    "tauri",
    "tokio",
    "tracing",
];

/// What else a crate may not use.
const BANNED: &[(&str, &[&str])] = &[
    ("vault", &["reqwest", "tauri", "tokio"]),
    ("app", &["reqwest", "rusqlite", "tauri"]),
    ("operator-client", &["rusqlite", "tauri"]),
    ("desktop", &["reqwest", "rusqlite"]),
    ("lokero", &["reqwest", "tauri"]),
];

/// Fails, naming the edge, if a crate uses its own layer, a higher one, or what it may not.
pub(crate) fn check() -> Result<()> {
    let metadata = MetadataCommand::new()
        .manifest_path(workspace::root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .context("cannot ask cargo for the workspace")?;
    for package in &metadata.packages {
        check_package(package.name.as_str(), &package.dependencies)?;
    }
    Ok(())
}

fn check_package(from: &str, dependencies: &[Dependency]) -> Result<()> {
    let used: Vec<&str> = dependencies
        .iter()
        .filter(|dependency| dependency.kind == DependencyKind::Normal)
        .map(|dependency| dependency.name.as_str())
        .collect();
    check_edges(from, &used)
}

fn check_edges(from: &str, used: &[&str]) -> Result<()> {
    let layers = layers();
    let Some(layer) = layers.get(from) else {
        bail!("give `{from}` a layer in xtask/src/layers.rs");
    };
    for to in used {
        if let Some(below) = layers.get(to)
            && below >= layer
        {
            bail!("`{from}` (layer {layer}) uses `{to}` (layer {below})");
        }
        let is_ours = layers.contains_key(to);
        if from == OPERATOR.0 && is_ours && !OPERATOR.1.contains(to) {
            bail!("`{from}` uses `{to}`, of which an operator knows nothing");
        }
        if PURE.contains(&from) && IMPURE.contains(to) {
            bail!("`{from}` is pure, yet uses `{to}`");
        }
        if BANNED
            .iter()
            .any(|(banned_from, banned)| *banned_from == from && banned.contains(to))
        {
            bail!("`{from}` uses `{to}`, which is another crate's business");
        }
    }
    Ok(())
}

fn layers() -> BTreeMap<&'static str, usize> {
    LAYERS
        .iter()
        .enumerate()
        .flat_map(|(layer, names)| names.iter().map(move |name| (*name, layer)))
        .collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn every_crate_uses_only_what_it_may() {
        check().unwrap();
    }

    #[rstest]
    #[case::a_higher_layer("consent", "vault")]
    #[case::its_own_layer("vault", "operator-protocol")]
    #[case::a_socket_in_a_pure_crate("operator-sync", "tokio")]
    #[case::sql_in_the_shell("desktop", "rusqlite")]
    #[case::a_vault_at_the_operator("operator-server", "vault")]
    #[case::a_city_export_at_the_operator("operator-server", "city-data")]
    #[case::a_crate_without_a_layer("newcomer", "pii")]
    fn an_edge_that_may_not_be_is_refused(#[case] from: &str, #[case] to: &str) {
        assert!(check_edges(from, &[to]).is_err(), "{from} → {to}");
    }

    #[rstest]
    #[case("vault", "consent")]
    #[case("operator-protocol", "city-data")]
    #[case("desktop", "operator-server")]
    fn an_edge_that_points_down_is_fine(#[case] from: &str, #[case] to: &str) {
        check_edges(from, &[to]).unwrap();
    }
}
