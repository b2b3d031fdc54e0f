//! The work as the app does it.

use std::path::Path;

use pii::Secret;
use vault::snapshots::StoredNode;
use vault::{Entropy, KeyDerivation, Vault, VaultError, VaultKey};
use vault::{consents, operators, outbox, snapshots, statements};

use super::{Store, decision, now, operator, snapshot};

/// A vault.
pub(crate) struct Ours(Vault);

impl Ours {
    pub(super) fn make(folder: &Path) -> Self {
        let entropy = Entropy::draw().unwrap();
        Self(Vault::create(folder, &passphrase(), KeyDerivation::FLOOR, &entropy, now()).unwrap())
    }

    pub(super) fn key(folder: &Path) -> VaultKey {
        Vault::unwrap_key(folder, &passphrase()).unwrap()
    }

    pub(super) fn open(folder: &Path, key: &VaultKey) -> Self {
        Self(Vault::open_with_key(folder, key, now()).unwrap())
    }
}

impl Store for Ours {
    fn connect(&mut self) {
        self.0
            .write(|tx| operators::insert(tx, &operator()))
            .unwrap();
    }

    fn import(&mut self, raw: &[u8], nodes: Vec<StoredNode>) {
        self.0
            .write(|tx| snapshots::insert(tx, &snapshot(), Some(raw), nodes))
            .unwrap();
    }

    fn first_screen(&self) -> usize {
        self.0
            .read(|conn| {
                let latest = snapshots::latest_per_source(conn)?;
                let id = latest.first().unwrap().snapshot_id;
                let nodes = snapshots::nodes(conn, id, Some(1), 0, 50)?;
                Ok::<_, VaultError>(latest.len() + nodes.len())
            })
            .unwrap()
    }

    fn decide(&mut self, number: u128) {
        let (consent, event, mut statement, message) = decision(number);
        self.0
            .write(|tx| {
                consents::insert(tx, &consent)?;
                statement.event_seq = consents::append(tx, &event)?;
                statements::insert(tx, &statement)?;
                outbox::push(tx, &message).map(drop)
            })
            .unwrap_or_else(|error: VaultError| panic!("{error:?}"));
    }
}

fn passphrase() -> Secret<String> {
    Secret::new("hauki on kala, vaikka voissa paistettuna".to_owned())
}
