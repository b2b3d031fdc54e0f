//! The app itself: built, and started.

use std::{ffi::OsString, process::Command};

use anyhow::Result;
use clap::Args;

use crate::{companion, headless::Session, setup, shell, ui, workspace};

/// The binary that people start.
const BINARY: &str = "lokero-desktop";

/// What every build of the whole workspace is told, so that all share what they compile.
pub(crate) const WHOLE: [&str; 3] = ["--workspace", "--features", "desktop/custom-protocol"];

/// How to start the app.
#[derive(Debug, Default, Args)]
pub(crate) struct Run {
    /// Builds it as it is released: slower to build, faster to use.
    #[arg(long)]
    release: bool,
    /// What the app is to be started with.
    #[arg(last = true)]
    arguments: Vec<OsString>,
}

/// Builds the app and starts it.
pub(crate) fn run(run: &Run) -> Result<()> {
    setup::to_run()?;
    ui::build()?;
    let mut cargo = shell::cargo();
    cargo.args(["build", "--package", "desktop", "--bin", BINARY]);
    cargo.args(["--features", "custom-protocol"]);
    if run.release {
        cargo.arg("--release");
    }
    shell::run(&mut cargo)?;

    let profile = if run.release { "release" } else { "debug" };
    let binary = workspace::target().join(profile).join(BINARY);
    start(Command::new(binary).args(&run.arguments))
}

/// Builds the app and every test, in one go, as the tests use them.
pub(crate) fn build_with_tests() -> Result<()> {
    ui::build()?;
    shell::run(
        shell::cargo()
            .arg("build")
            .args(WHOLE)
            .args(["--bins", "--tests"]),
    )
}

fn start(app: &mut Command) -> Result<()> {
    let session = Session::complete()?;
    app.envs(session.environment());
    shell::run(&mut companion::tied(app))
}
