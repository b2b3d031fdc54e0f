//! The window's pages: built when what they are made of has changed.

use std::{fs, path::Path};

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

use crate::{setup, shell, workspace};

/// Folders of `ui` that do not go into the pages.
const NOT_IN_PAGES: [&str; 2] = ["e2e", "scripts"];

/// Makes sure that `ui/dist` is what the sources give. The shell does not compile without it.
pub(crate) fn build() -> Result<()> {
    let ui = workspace::root().join("ui");
    let stamp = workspace::target().join("ui-build.stamp");
    let sources = digest(&ui, |path| is_source(&ui, path))?;
    let current = |dist: &str| format!("{sources} {dist}\n");
    if let (Ok(built), Ok(dist)) = (fs::read_to_string(&stamp), dist_digest(&ui))
        && built == current(&dist)
    {
        return Ok(());
    }

    shell::run(setup::npm().args(["run", "build"]))?;
    fs::create_dir_all(workspace::target())?;
    fs::write(&stamp, current(&dist_digest(&ui)?))
        .with_context(|| format!("cannot write {}", stamp.display()))
}

/// Serves the pages on pretend data to a browser, until it is interrupted.
pub(crate) fn serve_fake() -> Result<()> {
    setup::to_run()?;
    shell::run(setup::npm().args(["run", "dev:fake"]))
}

fn is_source(ui: &Path, path: &Path) -> bool {
    let first = path
        .strip_prefix(ui)
        .ok()
        .and_then(|path| path.iter().next())
        .and_then(|name| name.to_str());
    !first.is_some_and(|name| NOT_IN_PAGES.contains(&name))
        && !path.to_string_lossy().contains(".test.")
}

fn dist_digest(ui: &Path) -> Result<String> {
    digest(&ui.join("dist"), |_| true)
}

/// Returns a digest of the names and contents of the files under `folder` that count.
fn digest(folder: &Path, counts: impl Fn(&Path) -> bool) -> Result<String> {
    let mut whole = Sha256::new();
    for path in workspace::files(folder)?.iter().filter(|path| counts(path)) {
        let content = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        whole.update(path.as_os_str().as_encoded_bytes());
        whole.update(Sha256::digest(&content));
    }
    Ok(format!("{:x}", whole.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_count_as_old_once_a_source_has_changed() {
        let ui = tempfile::tempdir().unwrap();
        let page = ui.path().join("index.html");
        fs::write(&page, "one").unwrap();
        let before = digest(ui.path(), |_| true).unwrap();

        fs::write(&page, "two").unwrap();

        assert_ne!(digest(ui.path(), |_| true).unwrap(), before);
    }

    #[test]
    fn a_test_of_the_pages_is_not_a_part_of_them() {
        let ui = Path::new("/ui");

        let is_source = |path: &str| is_source(ui, &ui.join(path));

        assert!(is_source("src/main.tsx"));
        assert!(is_source("package-lock.json"));
        assert!(!is_source("src/app/App.test.tsx"));
        assert!(!is_source("e2e/run.js"));
    }
}
