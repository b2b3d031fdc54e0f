//! The tests, those with the quickest answer first. A part that fails does not stop the others.

use anyhow::{Result, ensure};
use clap::ValueEnum;

use crate::{
    desktop::{self, WHOLE},
    setup, shell, ui,
};

/// A part of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// Everything in Rust but the desktop shell.
    Rust,
    /// The examples in the documentation.
    Doc,
    /// The window's pages: types, lints, components, languages.
    Ui,
    /// The window's pages in a browser, on pretend data.
    Pages,
    /// The desktop shell's own.
    Desktop,
    /// The real window, driven as a person would.
    Window,
}

const ALL: [Part; 6] = [
    Part::Rust,
    Part::Doc,
    Part::Ui,
    Part::Pages,
    Part::Desktop,
    Part::Window,
];

/// Runs `parts`, or all of them if none is named.
pub(crate) fn run(parts: &[Part]) -> Result<()> {
    let parts = if parts.is_empty() { &ALL } else { parts };
    setup::everything()?;
    if parts.iter().any(|part| part.is_compiled()) {
        desktop::build_with_tests()?;
    }

    let mut failed = Vec::new();
    for part in parts {
        if let Err(error) = part.run() {
            eprintln!("{error:#}");
            failed.push(*part);
        }
    }
    ensure!(failed.is_empty(), "these parts failed: {failed:?}");
    println!("All of these passed: {parts:?}");
    Ok(())
}

impl Part {
    fn run(self) -> Result<()> {
        match self {
            Self::Rust => nextest("not package(desktop) and not binary(window)"),
            Self::Desktop => nextest("package(desktop)"),
            Self::Window => nextest("binary(window)"),
            Self::Doc => shell::run(shell::cargo().args(["test", "--doc"]).args(WHOLE)),
            Self::Ui => {
                ui::build()?;
                shell::run(setup::npm().args(["run", "check"]))
            }
            Self::Pages => shell::run(setup::npm().args(["run", "test:e2e"])),
        }
    }

    const fn is_compiled(self) -> bool {
        match self {
            Self::Rust | Self::Doc | Self::Desktop | Self::Window => true,
            Self::Ui | Self::Pages => false,
        }
    }
}

/// Runs the tests that `filter` selects, from one and the same build of the workspace.
fn nextest(filter: &str) -> Result<()> {
    shell::run(
        shell::cargo()
            .args(["nextest", "run"])
            .args(WHOLE)
            .args(["--tests", "-E", filter]),
    )
}
