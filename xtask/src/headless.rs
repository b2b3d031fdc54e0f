//! A screen and a session bus for a machine that has neither.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};

use crate::{companion::Companion, shell, workspace};

/// What was started because it was missing. The app is gone before this is dropped.
#[derive(Debug, Default)]
pub(crate) struct Session {
    companions: Vec<Companion>,
    environment: Vec<(&'static str, String)>,
}

impl Session {
    /// Starts what this machine lacks, and says so.
    pub(crate) fn complete() -> Result<Self> {
        let mut session = Self::default();
        if is_unset("DISPLAY") && is_unset("WAYLAND_DISPLAY") {
            session.add_screen()?;
        }
        if is_unset("DBUS_SESSION_BUS_ADDRESS") {
            session.add_bus()?;
        }
        Ok(session)
    }

    /// Returns what the app must be told to find what was started.
    pub(crate) fn environment(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.environment
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
    }

    fn add_screen(&mut self) -> Result<()> {
        let cookies = Cookies::create()?;
        // The server looks at the cookie alone, so any display number does until it has its own.
        cookies.add(":0")?;
        let (xvfb, number) = Companion::announced(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", "1280x960x24"])
                .args(["-nolisten", "tcp", "-auth"])
                .arg(&cookies.file),
        )?;
        let display = format!(":{number}");
        cookies.add(&display)?;
        println!("There is no screen here: the app runs under Xvfb, display {display}.");
        self.companions.push(xvfb);
        self.environment
            .push(("XAUTHORITY", cookies.file.display().to_string()));
        self.environment.push(("DISPLAY", display));
        // Drawing through OpenGL is slower than without where a processor does it.
        self.environment
            .push(("WEBKIT_DISABLE_DMABUF_RENDERER", "1".to_owned()));
        Ok(())
    }

    fn add_bus(&mut self) -> Result<()> {
        let (bus, address) = Companion::announced(Command::new("dbus-daemon").args([
            "--session",
            "--nofork",
            "--print-address=1",
        ]))?;
        println!("There is no session bus here: the app has one of its own.");
        self.companions.push(bus);
        self.environment.push(("DBUS_SESSION_BUS_ADDRESS", address));
        Ok(())
    }
}

/// The file that lets this account, and no other, use the screen.
#[derive(Debug)]
struct Cookies {
    file: PathBuf,
    value: String,
}

impl Cookies {
    fn create() -> Result<Self> {
        let file = workspace::target().join("xvfb-cookies");
        fs::create_dir_all(workspace::target())?;
        remove(&file)?;
        let value = shell::ask(&mut Command::new("mcookie")).context("cannot run mcookie")?;
        Ok(Self {
            file,
            value: value.trim().to_owned(),
        })
    }

    fn add(&self, display: &str) -> Result<()> {
        let mut xauth = Command::new("xauth");
        xauth.args(["-q", "-f"]).arg(&self.file);
        xauth.args(["add", display, ".", &self.value]);
        anyhow::ensure!(
            shell::works(&mut xauth),
            "cannot write {}",
            self.file.display()
        );
        Ok(())
    }
}

fn remove(file: &Path) -> Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot replace {}", file.display()))
        }
        _ => Ok(()),
    }
}

fn is_unset(name: &str) -> bool {
    env::var_os(name).is_none_or(|value| value.is_empty())
}
