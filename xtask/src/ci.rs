//! The lints, cheap ones first. Stops at the first that fails.

use anyhow::Result;

use crate::{desktop::WHOLE, layers, setup, shell, tidy, ui};

/// Runs every lint.
pub(crate) fn run() -> Result<()> {
    shell::run(shell::cargo().args(["fmt", "--all", "--check"]))?;
    tidy::check()?;
    layers::check()?;

    setup::to_run()?;
    ui::build()?;
    shell::run(shell::cargo().arg("clippy").args(WHOLE).args([
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))?;
    shell::run(
        shell::cargo()
            .arg("doc")
            .args(WHOLE)
            .args(["--no-deps", "--document-private-items"])
            .env("RUSTDOCFLAGS", "-D warnings"),
    )?;
    deny()
}

/// Checks licences, sources and banned crates, if the tool for it is there. The list of known
/// vulnerabilities is not asked for: it comes from the network.
fn deny() -> Result<()> {
    if !shell::works(shell::cargo().args(["deny", "--version"])) {
        println!("SKIPPED: cargo-deny is not installed, so licences and sources were not checked.");
        return Ok(());
    }
    shell::run(shell::cargo().args([
        "deny",
        "--all-features",
        "check",
        "licenses",
        "bans",
        "sources",
    ]))
}
