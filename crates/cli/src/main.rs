//! The `lokero` command: looks at files without the app, on any computer.
//!
//! Each sub-command is a module with its `Arguments` and a `run` that writes to a given output.
//! Never opens a vault and never uses the network.

mod inspect;
mod outcome;
mod terminal;
mod verify;
mod words;

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::outcome::Failure;

/// Looks at a person's files from a city and its operators.
#[derive(Parser)]
#[command(name = "lokero", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Inspect(inspect::Arguments),
    Verify(verify::Arguments),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = BufWriter::new(io::stdout().lock());
    let done = match &cli.command {
        Command::Inspect(arguments) => inspect::run(arguments, &mut out),
        Command::Verify(arguments) => verify::run(arguments, &mut out),
    };
    match done.and_then(|()| Ok(out.flush()?)) {
        // Whoever reads the output has read enough.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(failure) => {
            // If standard error is closed too, the exit status is all there is to say.
            let _ = writeln!(io::stderr(), "lokero: {failure}");
            ExitCode::FAILURE
        }
        Ok(()) => ExitCode::SUCCESS,
    }
}
