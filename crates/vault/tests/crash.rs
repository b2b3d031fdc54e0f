//! A process that is killed while it writes loses nothing that it was told is stored.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use vault::{Vault, VaultError, journal};

use crate::support::{Home, at};

const CYCLES: u64 = 12;
const FOLDER: &str = "LOKERO_TEST_VAULT_TO_WRITE_TO";

/// Runs itself as a child that writes until it is killed.
#[test]
fn kill_9_loses_no_acknowledged_commit() {
    if let Some(folder) = env::var_os(FOLDER) {
        write_until_killed(Path::new(&folder));
    }
    let home = Home::empty();
    home.create().close().unwrap();
    let key = Vault::unwrap_key(home.path(), &crate::support::passphrase()).unwrap();
    let mut acknowledged = 0;

    for cycle in 0..CYCLES {
        acknowledged = kill_a_writer(&home, 5 + cycle * 37).max(acknowledged);

        let vault = home.open_with(&key).unwrap();
        let stored = vault.read(numbers).unwrap();
        let whole: Vec<u64> = (1..=stored.len() as u64).collect();
        assert_eq!(stored, whole, "in order and without a gap, cycle {cycle}");
        assert!(stored.len() as u64 >= acknowledged, "cycle {cycle}");
        assert!(vault.is_sound().unwrap(), "cycle {cycle}");
    }
    assert!(acknowledged > CYCLES, "the children did write");
}

/// Starts a writer, reads `lines` acknowledgements, kills it in the middle of its next write, and
/// returns the last number that it acknowledged.
fn kill_a_writer(home: &Home, lines: u64) -> u64 {
    let mut child = Command::new(env::current_exe().unwrap())
        .args([
            "--exact",
            "crash::kill_9_loses_no_acknowledged_commit",
            "--nocapture",
        ])
        .env(FOLDER, home.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .filter_map(|line| line.unwrap().strip_prefix("stored ")?.parse().ok());
    let before: u64 = output
        .by_ref()
        .take(usize::try_from(lines).unwrap())
        .last()
        .unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    // What it said before the signal reached it counts as well.
    output.last().unwrap_or(before)
}

fn write_until_killed(folder: &Path) -> ! {
    let passphrase = crate::support::passphrase();
    let mut vault = Vault::open(folder, &passphrase, at(1)).unwrap();
    let mut number = vault.read(numbers).unwrap().len();
    loop {
        number += 1;
        vault
            .write(|tx| journal::append(tx, &number.to_string(), None, at(0)))
            .unwrap();
        let mut stdout = std::io::stdout().lock();
        writeln!(stdout, "\nstored {number}").unwrap();
        stdout.flush().unwrap();
    }
}

fn numbers(conn: &vault::Connection) -> Result<Vec<u64>, VaultError> {
    let mut entries = journal::list(conn, 0, 1_000_000)?;
    entries.reverse();
    Ok(entries
        .iter()
        .map(|entry| entry.what.parse().unwrap())
        .collect())
}
