//! The pictures in the documents, taken from the real window.

use std::fs;

use anyhow::{Context as _, Result, ensure};

use crate::{
    test::{self, Part},
    workspace,
};

/// Runs the window tests and copies the pictures that they took to `docs/screenshots`.
pub(crate) fn take() -> Result<()> {
    let taken = workspace::target().join("screenshots");
    if taken.exists() {
        fs::remove_dir_all(&taken).context("cannot clear the old pictures")?;
    }
    test::run(&[Part::Window])?;

    let kept = workspace::root().join("docs/screenshots");
    fs::create_dir_all(&kept).context("cannot create docs/screenshots")?;
    let mut count = 0;
    for picture in workspace::files(&taken).context("the window tests took no picture")? {
        if let Some(name) = picture.file_name() {
            fs::copy(&picture, kept.join(name))?;
            count += 1;
        }
    }
    ensure!(count > 0, "the window tests took no picture");
    println!("{count} pictures are in docs/screenshots.");
    Ok(())
}
