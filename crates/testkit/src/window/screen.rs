//! A screen of one's own, and what is to be seen on it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use rustix::process::Signal;

use super::{
    picture::{Picture, Rectangle},
    process::{Group, tied},
};

/// A screen without a window manager; it goes dark when this is dropped.
///
/// Pictures are taken from its memory and not through WebDriver, whose screenshot never returns
/// while WebKit draws without OpenGL (seen with 2.50.6).
#[derive(Debug)]
pub(super) struct Screen {
    display: String,
    memory: PathBuf,
    _server: Group,
}

impl Screen {
    /// Starts a screen that keeps its memory in `folder`.
    pub(super) fn start(folder: &Path) -> Self {
        let mut server = Group::start(
            tied("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", "1920x1440x24"])
                .args(["-nolisten", "tcp", "-fbdir"])
                .arg(folder)
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
            Signal::TERM,
        );
        Self {
            display: format!(":{}", server.announcement()),
            memory: folder.join("Xvfb_screen0"),
            _server: server,
        }
    }

    /// Returns the name by which programs find the screen.
    pub(super) fn display(&self) -> &str {
        &self.display
    }

    /// Returns what is to be seen in a part of it.
    pub(super) fn picture(&self, part: Rectangle) -> Picture {
        Picture::from_xwd(&fs::read(&self.memory).unwrap(), part)
    }
}
