//! The system's packages, on Debian and its relatives.

use std::{fs, process::Command};

use anyhow::Result;

use crate::shell;

/// What the app is compiled and linked with.
pub(crate) const BUILD: &[&str] = &[
    "build-essential",
    "ca-certificates",
    "file",
    "libgtk-3-dev",
    "libjavascriptcoregtk-4.1-dev",
    "librsvg2-dev",
    "libsoup-3.0-dev",
    "libssl-dev",
    "libwebkit2gtk-4.1-dev",
    "pkg-config",
];

/// What the app uses when it runs: a session bus, a way to open the browser, a screen if there
/// is none.
pub(crate) const RUN: &[&str] = &[
    "dbus",
    "fonts-dejavu-core",
    "util-linux",
    "xauth",
    "xdg-utils",
    "xvfb",
];

/// What the tests of the real window use.
pub(crate) const TEST: &[&str] = &["webkit2gtk-driver"];

/// The names that Chromium goes by.
const CHROMIUM: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// Installs those packages of `lists` that are not there.
pub(crate) fn install(lists: &[&[&str]]) -> Result<()> {
    let wanted = lists.concat();
    let Some(installed) = installed(&wanted) else {
        eprintln!("This is not Debian or Ubuntu. The app needs what these packages hold there:");
        eprintln!("  {}", wanted.join(" "));
        return Ok(());
    };
    let missing = missing(&wanted, &installed);
    if missing.is_empty() {
        return Ok(());
    }

    eprintln!("Installing {} system packages.", missing.len());
    shell::run(as_root("apt-get").arg("update"))?;
    shell::run(
        as_root("apt-get")
            .args(["install", "-y", "--no-install-recommends"])
            .args(missing),
    )
}

/// Installs a Chromium for the tests of the pages, unless one is there.
pub(crate) fn install_chromium() -> Result<()> {
    let is_there = CHROMIUM.iter().any(|name| shell::is_installed(name));
    if is_there || installed(&[]).is_none() {
        return Ok(());
    }
    if is_ubuntu() {
        eprintln!(
            "Ubuntu has Chromium as a snap only: `snap install chromium` for the page tests."
        );
        return Ok(());
    }
    install(&[&["chromium"]])
}

/// Asks dpkg which of `wanted` are installed; nothing if there is no dpkg.
fn installed(wanted: &[&str]) -> Option<String> {
    shell::ask(
        Command::new("dpkg-query")
            .args(["--show", "--showformat=${Package} ${db:Status-Status}\n"])
            .args(wanted),
    )
}

fn missing<'a>(wanted: &[&'a str], installed: &str) -> Vec<&'a str> {
    let is_there = |name: &&str| {
        installed
            .lines()
            .any(|line| line.split_once(' ') == Some((*name, "installed")))
    };
    wanted
        .iter()
        .copied()
        .filter(|name| !is_there(name))
        .collect()
}

/// Returns `program`, through sudo when this is an ordinary account.
fn as_root(program: &str) -> Command {
    let is_root = shell::ask(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    if is_root {
        let mut command = Command::new(program);
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    } else {
        let mut command = Command::new("sudo");
        command.args(["DEBIAN_FRONTEND=noninteractive", program]);
        command
    }
}

fn is_ubuntu() -> bool {
    fs::read_to_string("/etc/os-release")
        .is_ok_and(|release| release.lines().any(|line| line == "ID=ubuntu"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_counts_as_there_only_when_it_is_installed() {
        let dpkg = "xvfb installed\nxauth config-files\nxvfb-extra installed\n";

        assert_eq!(missing(&["xvfb", "xauth", "dbus"], dpkg), ["xauth", "dbus"]);
    }
}
