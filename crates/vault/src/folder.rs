//! The files of one vault: where they are, how they are written, and how they are moved aside.
//!
//! Nothing here deletes a file that holds anything, and every file is for its owner only.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::OpenError;

/// The folder of one vault.
#[derive(Clone, Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// The encrypted file.
    pub(crate) fn vault(&self) -> PathBuf {
        self.0.join("vault.db")
    }

    /// A vault in the making. It has no content before it gets its name.
    pub(crate) fn unfinished(&self) -> PathBuf {
        self.0.join("vault.db.new")
    }

    /// The key envelope.
    pub(crate) fn keys(&self) -> PathBuf {
        self.0.join("vault.keys")
    }

    /// Makes the folder if it is not there, and lets nobody else look into it.
    pub(crate) fn make(&self) -> Result<(), OpenError> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder
            .create(&self.0)
            .and_then(|()| restrict(&self.0, 0o700))
            .map_err(OpenError::during("make the vault's folder"))
    }

    /// Holds the vault against other processes until the file is dropped.
    pub(crate) fn lock(&self) -> Result<File, OpenError> {
        const ACTION: &str = "lock the vault";
        let file = private(OpenOptions::new().create(true).write(true).truncate(false))
            .open(self.0.join("vault.lock"))
            .map_err(OpenError::during(ACTION))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(OpenError::InUse),
            Err(TryLockError::Error(source)) => Err(OpenError::during(ACTION)(source)),
        }
    }

    /// Makes an empty file for a new vault, in place of one that was never finished.
    pub(crate) fn start_unfinished(&self) -> Result<(), OpenError> {
        for suffix in ["-wal", "-shm", "-journal"] {
            match fs::remove_file(with_suffix(&self.unfinished(), suffix)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(OpenError::during("clear an unfinished vault")(error));
                }
                _ => {}
            }
        }
        private(OpenOptions::new().create(true).write(true).truncate(true))
            .open(self.unfinished())
            .map(drop)
            .map_err(OpenError::during("make the vault's file"))
    }

    /// Gives a finished vault its name.
    pub(crate) fn finish(&self) -> Result<(), OpenError> {
        File::open(self.unfinished())
            .and_then(|file| file.sync_all())
            .and_then(|()| fs::rename(self.unfinished(), self.vault()))
            .and_then(|()| self.sync())
            .map_err(OpenError::during("name the vault's file"))
    }

    /// Writes the key envelope so that a crash leaves the old one or the new one.
    pub(crate) fn write_keys(&self, bytes: &[u8]) -> Result<(), OpenError> {
        let new = self.0.join("vault.keys.new");
        private(OpenOptions::new().create(true).write(true).truncate(true))
            .open(&new)
            .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
            .and_then(|()| fs::rename(&new, self.keys()))
            .and_then(|()| self.sync())
            .map_err(OpenError::during("write the key envelope"))
    }

    /// Returns the key envelope's bytes, and one byte more than `most` if there are more.
    pub(crate) fn read_keys(&self, most: u64) -> Result<Vec<u8>, OpenError> {
        let mut bytes = Vec::new();
        match File::open(self.keys())
            .and_then(|file| file.take(most.saturating_add(1)).read_to_end(&mut bytes))
        {
            Ok(_) => Ok(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(OpenError::EnvelopeDamaged)
            }
            Err(error) => Err(OpenError::during("read the key envelope")(error)),
        }
    }

    /// Returns the first bytes of the vault's file, fewer if it is shorter.
    pub(crate) fn first_bytes(&self) -> Result<Vec<u8>, OpenError> {
        let mut bytes = Vec::new();
        File::open(self.vault())
            .and_then(|file| file.take(16).read_to_end(&mut bytes))
            .map(|_| bytes)
            .map_err(OpenError::during("read the vault's file"))
    }

    /// Returns how long the vault's file is.
    pub(crate) fn length(&self) -> Result<u64, OpenError> {
        fs::metadata(self.vault())
            .map(|metadata| metadata.len())
            .map_err(OpenError::during("measure the vault's file"))
    }

    /// Moves the vault's file and SQLite's files beside it out of the way, with a copy of the
    /// keys, and returns where the vault's file is.
    pub(crate) fn set_aside(&self, now: Timestamp) -> Result<PathBuf, OpenError> {
        let stamp = self.free_stamp(now);
        let aside = with_suffix(&self.vault(), &stamp);
        let moved = self
            .copy_keys(&stamp)
            .and_then(|()| fs::rename(self.vault(), &aside));
        // Beside the moved file under its name, SQLite finds them again.
        let moved = ["-wal", "-shm", "-journal"]
            .iter()
            .fold(moved, |moved, suffix| {
                moved.and_then(|()| {
                    rename_if_there(
                        &with_suffix(&self.vault(), suffix),
                        &with_suffix(&aside, suffix),
                    )
                })
            });
        moved
            .and_then(|()| self.sync())
            .map_err(OpenError::during("move the damaged vault aside"))?;
        Ok(aside)
    }

    /// Moves a key envelope aside that belongs to no vault here.
    pub(crate) fn set_keys_aside(&self, now: Timestamp) -> Result<(), OpenError> {
        let aside = with_suffix(&self.keys(), &self.free_stamp(now));
        rename_if_there(&self.keys(), &aside)
            .and_then(|()| self.sync())
            .map_err(OpenError::during("move old keys aside"))
    }

    /// Returns the newest vault that was moved aside.
    pub(crate) fn newest_aside(&self) -> Result<Option<PathBuf>, OpenError> {
        const ACTION: &str = "look into the vault's folder";
        let mut newest: Option<PathBuf> = None;
        let entries = match fs::read_dir(&self.0) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(OpenError::during(ACTION)(error)),
        };
        for entry in entries {
            let path = entry.map_err(OpenError::during(ACTION))?.path();
            let is_aside = path
                .file_name()
                .and_then(|name| name.to_str())
                .is_some_and(|name| name.starts_with("vault.db.damaged-") && name.ends_with('Z'));
            if is_aside && newest.as_ref().is_none_or(|newest| path > *newest) {
                newest = Some(path);
            }
        }
        Ok(newest)
    }

    /// Returns a suffix of the time that no file here has yet.
    fn free_stamp(&self, now: Timestamp) -> String {
        let mut at = now;
        loop {
            let time = at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ");
            let stamp = format!(".damaged-{time}");
            let is_taken = [self.vault(), self.keys()]
                .iter()
                .any(|path| with_suffix(path, &stamp).exists());
            match at.checked_add(jiff::SignedDuration::from_secs(1)) {
                Ok(next) if is_taken => at = next,
                _ => return stamp,
            }
        }
    }

    fn copy_keys(&self, stamp: &str) -> io::Result<()> {
        let copy = with_suffix(&self.keys(), stamp);
        match fs::copy(self.keys(), &copy) {
            Ok(_) => restrict(&copy, 0o600),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Makes renames in the folder last through a power loss, where the system can.
    fn sync(&self) -> io::Result<()> {
        if cfg!(unix) {
            File::open(&self.0)?.sync_all()?;
        }
        Ok(())
    }
}

/// Opens files for their owner only.
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

#[cfg_attr(
    not(unix),
    expect(unused_variables, reason = "Windows inherits the profile's rights")
)]
fn restrict(path: &Path, mode: u32) -> io::Result<()> {
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode))?;
    Ok(())
}

fn rename_if_there(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
