//! Programs that are ended together with all that they started.

use std::{
    ffi::OsStr,
    fs,
    io::{BufRead as _, BufReader},
    os::unix::process::CommandExt as _,
    process::{Child, Command, Stdio},
};

use rustix::process::{Pid, Signal, kill_process_group};

/// A program in a process group of its own. What it starts is in the group too.
#[derive(Debug)]
pub(super) struct Group {
    leader: Child,
    end: Signal,
}

impl Group {
    /// Starts `command`, which must not read from the terminal. The group is ended by `end`.
    pub(super) fn start(command: &mut Command, end: Signal) -> Self {
        let child = command.stdin(Stdio::null()).process_group(0).spawn();
        let leader = child.unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
        Self { leader, end }
    }

    /// Waits for the line by which the program says where it can be reached.
    pub(super) fn announcement(&mut self) -> String {
        let output = self.leader.stdout.take().expect("started with a pipe");
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "a program ended before it was ready");
        line.trim().to_owned()
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Ok(id) = i32::try_from(self.leader.id())
            && let Some(group) = Pid::from_raw(id)
        {
            // Nothing is left to end if all have ended by themselves.
            let _ = kill_process_group(group, self.end);
        }
        let _ = self.leader.wait();
    }
}

/// Returns a command for `program` that ends when the thread does which starts it, even if the
/// test is killed and can end nothing itself.
pub(super) fn tied(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--"]).arg(program);
    command
}

/// Lists the programs that run with `variable` in their environment, as every program on a stage
/// and everything that such a program starts does.
pub(super) fn running_with(variable: &str) -> Vec<String> {
    let processes = fs::read_dir("/proc").expect("the kernel lists its processes");
    let mut found = Vec::new();
    for process in processes.flatten() {
        // A process of somebody else, or one that has ended, cannot be read and is not meant.
        let Ok(environment) = fs::read(process.path().join("environ")) else {
            continue;
        };
        if environment
            .split(|byte| *byte == 0)
            .any(|entry| entry == variable.as_bytes())
        {
            let name = fs::read_to_string(process.path().join("comm")).unwrap_or_default();
            found.push(format!(
                "{} ({})",
                name.trim(),
                process.file_name().display()
            ));
        }
    }
    found
}
