//! The benchmarks, as cargo runs them.

use anyhow::{Context as _, Result};
use cargo_metadata::{MetadataCommand, TargetKind};

use crate::{setup, shell, workspace};

/// Runs the benchmarks with these names, or all of them.
pub(crate) fn run(names: &[String]) -> Result<()> {
    setup::to_run()?;
    for (package, bench) in benches()? {
        if names.is_empty() || names.contains(&bench) {
            shell::run(shell::cargo().args(["bench", "--package", &package, "--bench", &bench]))?;
        }
    }
    Ok(())
}

fn benches() -> Result<Vec<(String, String)>> {
    let metadata = MetadataCommand::new()
        .manifest_path(workspace::root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .context("cannot list the benchmarks")?;
    let all = metadata.packages.iter().flat_map(|package| {
        package
            .targets
            .iter()
            .filter(|target| target.kind.contains(&TargetKind::Bench))
            .map(|target| (package.name.to_string(), target.name.clone()))
    });
    Ok(all.collect())
}
