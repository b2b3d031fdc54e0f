//! Programs that run beside the app and end with it: a screen, a session bus.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

use anyhow::{Context as _, Result, ensure};

/// A program that is ended when this is dropped, and by the kernel if this process is killed.
#[derive(Debug)]
pub(crate) struct Companion(Child);

impl Companion {
    /// Starts `command` and waits for the line by which it says where it can be reached.
    pub(crate) fn announced(command: &Command) -> Result<(Self, String)> {
        let child = tied(command).stdout(Stdio::piped()).spawn();
        let mut companion = Self(child.with_context(|| format!("cannot start {command:?}"))?);
        let mut line = String::new();
        if let Some(output) = companion.0.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        ensure!(!line.is_empty(), "{command:?} ended before it was ready");
        Ok((companion, line.trim().to_owned()))
    }
}

impl Drop for Companion {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end and nobody to tell.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Returns `command` such that it ends when this process does, however this process ends.
pub(crate) fn tied(command: &Command) -> Command {
    let mut tied = Command::new("setpriv");
    tied.args(["--pdeathsig", "TERM", "--"])
        .arg(command.get_program())
        .args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => tied.env(name, value),
            None => tied.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        tied.current_dir(folder);
    }
    tied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_companion_ends_when_it_is_dropped() {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", "echo $$; exec cat"])
            .stdin(Stdio::piped());

        let (companion, process) = Companion::announced(&shell).unwrap();

        let folder = std::path::Path::new("/proc").join(process);
        assert!(folder.exists());
        drop(companion);
        assert!(!folder.exists());
    }

    #[test]
    fn a_companion_that_never_says_it_is_ready_is_an_error() {
        assert!(Companion::announced(&Command::new("true")).is_err());
    }
}
