//! A vault of Aino's in a folder of its own, and rows for it.

mod rows;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use pii::Secret;
use tempfile::TempDir;
use vault::{Entropy, KeyDerivation, OpenError, Vault, VaultKey};

pub(crate) use rows::*;

/// A folder for one vault, deleted at the end of the test.
pub(crate) struct Home(TempDir);

impl Home {
    /// A folder with nothing in it.
    pub(crate) fn empty() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// A folder with Aino's vault, rows in every table, closed; and its key.
    pub(crate) fn with_vault() -> (Self, VaultKey) {
        let home = Self::empty();
        let mut vault = home.create();
        vault.write(|tx| fill(tx, "Aino")).unwrap();
        vault.close().unwrap();
        let key = Vault::unwrap_key(home.path(), &passphrase()).unwrap();
        (home, key)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub(crate) fn create(&self) -> Vault {
        self.create_from(1)
    }

    /// Makes a vault whose random bytes count up from `seed`.
    pub(crate) fn create_from(&self, seed: u8) -> Vault {
        Vault::create(
            self.path(),
            &passphrase(),
            KeyDerivation::FLOOR,
            &entropy(seed),
            at(0),
        )
        .unwrap()
    }

    pub(crate) fn open(&self) -> Result<Vault, OpenError> {
        Vault::open(self.path(), &passphrase(), at(1))
    }

    pub(crate) fn open_with(&self, key: &VaultKey) -> Result<Vault, OpenError> {
        Vault::open_with_key(self.path(), key, at(1))
    }

    /// Every file by name, but for the lock, which is always empty.
    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        fs::read_dir(self.path())
            .unwrap()
            .map(|entry| {
                let entry = entry.unwrap();
                let name = entry.file_name().into_string().unwrap();
                (name, fs::read(entry.path()).unwrap())
            })
            .filter(|(name, _)| name != "vault.lock")
            .collect()
    }

    /// Puts back the files that [`Self::files`] returned, and only those.
    pub(crate) fn restore(&self, files: &BTreeMap<String, Vec<u8>>) {
        for name in self.files().keys() {
            fs::remove_file(self.file(name)).unwrap();
        }
        for (name, bytes) in files {
            fs::write(self.file(name), bytes).unwrap();
        }
    }
}

/// Random bytes that are not: they count up from `seed`.
pub(crate) fn entropy(seed: u8) -> Entropy {
    Entropy::from_bytes(std::array::from_fn(|at| seed.wrapping_add(at as u8)))
}

pub(crate) fn passphrase() -> Secret<String> {
    Secret::new("hauki on kala, vaikka voissa paistettuna".to_owned())
}

/// Returns a time some seconds after 2026-11-22 10:15.
pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_342_500 + second).unwrap()
}
