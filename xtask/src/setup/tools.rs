//! Cargo's own helpers.

use anyhow::Result;

use crate::shell;

/// Installs the test runner, which gives each test a process of its own.
pub(crate) fn install_nextest() -> Result<()> {
    if shell::works(shell::cargo().args(["nextest", "--version"])) {
        return Ok(());
    }
    shell::run(shell::cargo().args(["install", "--locked", "cargo-nextest"]))
}
