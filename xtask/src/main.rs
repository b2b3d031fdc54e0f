//! The project's tasks: set up, run, test, check.
//!
//! Every task brings about what it needs (system packages, the window's files, the binary) and
//! skips what is there already. **No task deletes or changes a file that is written by hand**,
//! except `migrations`, which adds lines to the list of checksums.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool speaks on its standard streams"
)]

mod bench;
mod bindings;
mod ci;
mod companion;
mod desktop;
mod headless;
mod layers;
mod screenshots;
mod setup;
mod shell;
mod test;
mod tidy;
mod ui;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// The tasks of this project. On Debian and Ubuntu each installs what it lacks.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Installs what running and testing need, and stops there.
    Setup,
    /// Builds the app and starts it; without a screen, under Xvfb.
    Run(desktop::Run),
    /// Starts the app; or, in a browser, its pages as they are edited, on pretend data.
    Dev {
        /// In a browser, with no app behind it.
        #[arg(long)]
        fake: bool,
    },
    /// Runs the tests: all of them, or the named parts.
    Test {
        /// Which parts; all when none is named.
        #[arg(value_enum)]
        parts: Vec<test::Part>,
    },
    /// Runs the lints, cheap ones first.
    Ci,
    /// Checks the rules that are held by reading the files.
    Tidy,
    /// Checks that each crate uses only lower layers.
    Layers,
    /// Writes the TypeScript types of what crosses into the window.
    Bindings,
    /// For a release: adds new migrations to `migrations/checksums.txt`, whose lines stay.
    Migrations,
    /// Runs the window tests and copies their pictures to `docs/screenshots`.
    Screenshots,
    /// Runs the benchmarks: all of them, or the named ones.
    Bench {
        /// The names of benchmark files, without `.rs`.
        names: Vec<String>,
    },
}

fn main() -> ExitCode {
    match perform(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Result<()> {
    match task {
        Task::Setup => setup::everything(),
        Task::Run(run) => desktop::run(&run),
        Task::Dev { fake: true } => ui::serve_fake(),
        Task::Dev { fake: false } => desktop::run(&desktop::Run::default()),
        Task::Test { parts } => test::run(&parts),
        Task::Ci => ci::run(),
        Task::Tidy => tidy::check(),
        Task::Layers => layers::check(),
        Task::Bindings => bindings::write(),
        Task::Migrations => tidy::migrations::list_new(),
        Task::Screenshots => screenshots::take(),
        Task::Bench { names } => bench::run(&names),
    }
}
