//! The app itself: built, started, and started on pages that are being edited.

use std::{
    ffi::OsString,
    net::{Ipv4Addr, TcpStream},
    path::PathBuf,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use clap::Args;

use crate::{
    companion::{self, Companion},
    headless::Session,
    setup, shell, ui, workspace,
};

/// The binary that people start.
const BINARY: &str = "lokero-desktop";

/// What every build of the whole workspace is told, so that all share what they compile.
pub(crate) const WHOLE: [&str; 3] = ["--workspace", "--features", "desktop/custom-protocol"];

/// Where the page server is reached while pages are being edited (`ui/vite.config.ts`).
const PAGE_SERVER: u16 = 1420;

/// How to start the app.
#[derive(Debug, Args)]
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

/// Starts the app on pages that change in the window as they are edited.
pub(crate) fn develop() -> Result<()> {
    setup::to_run()?;
    ui::build()?;
    let target: PathBuf = workspace::target().join("develop");
    let config = format!(r#"{{"build":{{"devUrl":"http://localhost:{PAGE_SERVER}"}}}}"#);
    shell::run(
        shell::cargo()
            .args(["build", "--package", "desktop", "--bin", BINARY])
            .env("CARGO_TARGET_DIR", &target)
            .env("TAURI_CONFIG", config),
    )?;

    let _pages = Companion::start(setup::npm().args(["run", "dev"]))?;
    wait_for_pages()?;
    start(&mut Command::new(target.join("debug").join(BINARY)))
}

fn wait_for_pages() -> Result<()> {
    let deadline = Instant::now() + Duration::from_secs(60);
    while TcpStream::connect((Ipv4Addr::LOCALHOST, PAGE_SERVER)).is_err() {
        ensure!(Instant::now() < deadline, "the page server did not start");
        thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

fn start(app: &mut Command) -> Result<()> {
    let session = Session::complete()?;
    app.envs(session.environment());
    shell::run(&mut companion::tied(app))
}
