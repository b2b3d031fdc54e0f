//! The key envelope: the vault's key and salt, wrapped once for each way in.
//!
//! The file, all numbers big-endian:
//!
//! ```text
//! magic "LOKEROVK" · version u16 · vault id [16] · number of slots u8
//! each slot: kind u8 · length u16 · body
//!   kind 1, passphrase: memory in KiB u32 · passes u32 · lanes u32 · salt [16] · nonce [24]
//!                       · wrapped [64]
//! seal: nonce [24] · tag [16], over all before, under a key that follows from the vault's key
//! checksum: SHA-256 [32] over all before
//! ```
//!
//! `wrapped` is XChaCha20-Poly1305 over the 32-byte vault key and the 16-byte SQLCipher salt.
//! Its associated data names the version, the vault, the kind, the costs and the salt. The
//! checksum tells damage from a wrong passphrase before anything is run; the seal tells, once
//! the key is had, that nobody changed another slot. A slot of an unknown kind is kept as it is.
//!
//! Nothing here reads or writes a file, and nothing is derived from a header out of bounds.

use std::fmt;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use pii::Secret;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{Entropy, KeyDerivation, OpenError};

mod bytes;
mod slot;

use bytes::Reader;
use slot::{PassphraseSlot, Slot};

/// The newest version of the file that this code reads, and the one that it writes.
pub(crate) const VERSION: u16 = 1;
/// The most bytes that an envelope may have.
pub(crate) const MAX_BYTES: u64 = 16 * 1024;

const MAGIC: [u8; 8] = *b"LOKEROVK";
const MAX_SLOTS: usize = 16;
const CHECKSUM_BYTES: usize = 32;
const SEAL_NONCE_BYTES: usize = 24;
const SEAL_TAG_BYTES: usize = 16;

/// What every slot wraps: the vault's random key, and the salt that SQLCipher would otherwise
/// keep only in the first bytes of the file. Wiped from memory when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct VaultKey {
    pub(crate) key: [u8; 32],
    pub(crate) salt: [u8; 16],
}

impl fmt::Debug for VaultKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<secret>")
    }
}

/// The ways in to one vault.
pub(crate) struct Envelope {
    vault_id: Uuid,
    slots: Vec<Slot>,
    /// The bytes that the seal is over, and the seal; none on a new envelope.
    sealed: Option<Sealed>,
}

struct Sealed {
    body: Vec<u8>,
    nonce: [u8; SEAL_NONCE_BYTES],
    tag: [u8; SEAL_TAG_BYTES],
}

impl Envelope {
    /// Makes an envelope with one way in, and the bytes to store.
    pub(crate) fn create(
        passphrase: &Secret<String>,
        derivation: KeyDerivation,
        entropy: &Entropy,
    ) -> Result<(Self, VaultKey, Vec<u8>), OpenError> {
        let vault_id = entropy.vault_id();
        let key = entropy.vault_key();
        let slot = PassphraseSlot::wrap(
            vault_id,
            &key,
            passphrase,
            derivation,
            entropy.slot_salt(),
            entropy.slot_nonce(),
        )?;
        let envelope = Self {
            vault_id,
            slots: vec![Slot::Passphrase(slot)],
            sealed: None,
        };
        let bytes = envelope.encode(&key, entropy.seal_nonce())?;
        Ok((envelope, key, bytes))
    }

    /// Returns the vault that it belongs to.
    pub(crate) const fn vault_id(&self) -> Uuid {
        self.vault_id
    }

    /// Returns the vault's key, if the passphrase opens a slot and no byte was changed.
    pub(crate) fn unwrap(&self, passphrase: &Secret<String>) -> Result<VaultKey, OpenError> {
        for slot in &self.slots {
            let Slot::Passphrase(slot) = slot else {
                continue;
            };
            if let Some(key) = slot.unwrap(self.vault_id, passphrase)? {
                self.check_seal(&key)?;
                return Ok(key);
            }
        }
        Err(OpenError::WrongPassphrase)
    }

    /// Reads the bytes of a stored envelope. Runs no derivation.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, OpenError> {
        let damaged = || OpenError::EnvelopeDamaged;
        if u64::try_from(bytes.len()).map_or(true, |length| length > MAX_BYTES) {
            return Err(OpenError::HostileEnvelope);
        }
        let (checked, checksum) = bytes
            .len()
            .checked_sub(CHECKSUM_BYTES)
            .and_then(|at| bytes.split_at_checked(at))
            .ok_or_else(damaged)?;
        if Sha256::digest(checked).as_slice() != checksum || !checked.starts_with(&MAGIC) {
            return Err(damaged());
        }
        let mut reader = Reader::new(checked);
        reader.array::<8>().ok_or_else(damaged)?;
        let version = reader.u16().ok_or_else(damaged)?;
        if version > VERSION {
            return Err(OpenError::TooNew {
                found: version.into(),
                supported: VERSION.into(),
            });
        }
        let vault_id = Uuid::from_bytes(reader.array().ok_or_else(damaged)?);
        let count = usize::from(reader.u8().ok_or_else(damaged)?);
        if version == 0 || count == 0 {
            return Err(damaged());
        }
        if count > MAX_SLOTS {
            return Err(OpenError::HostileEnvelope);
        }
        let mut slots = Vec::with_capacity(count);
        for _ in 0..count {
            slots.push(Slot::decode(&mut reader)?);
        }
        let body = checked
            .split_at_checked(reader.position())
            .map(|(body, _)| body.to_vec())
            .ok_or_else(damaged)?;
        let nonce = reader.array().ok_or_else(damaged)?;
        let tag = reader.array().ok_or_else(damaged)?;
        if !reader.is_empty() {
            return Err(damaged());
        }
        Ok(Self {
            vault_id,
            slots,
            sealed: Some(Sealed { body, nonce, tag }),
        })
    }

    fn encode(&self, key: &VaultKey, nonce: [u8; 24]) -> Result<Vec<u8>, OpenError> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_be_bytes());
        bytes.extend(self.vault_id.as_bytes());
        bytes.push(u8::try_from(self.slots.len()).map_err(|_| OpenError::HostileEnvelope)?);
        for slot in &self.slots {
            slot.encode(&mut bytes)?;
        }
        let tag = seal(key, &nonce, &bytes)?;
        bytes.extend(nonce);
        bytes.extend(tag);
        let checksum = Sha256::digest(&bytes);
        bytes.extend(checksum);
        Ok(bytes)
    }

    /// Makes sure that `key` is this vault's and that no byte before the seal was changed.
    pub(crate) fn check_seal(&self, key: &VaultKey) -> Result<(), OpenError> {
        match &self.sealed {
            None => Ok(()),
            Some(sealed) if seal(key, &sealed.nonce, &sealed.body)? == sealed.tag => Ok(()),
            Some(_) => Err(OpenError::EnvelopeDamaged),
        }
    }
}

/// Returns the tag of an empty message with `body` as its associated data, under a key that is
/// used for nothing else.
fn seal(key: &VaultKey, nonce: &[u8; 24], body: &[u8]) -> Result<Vec<u8>, OpenError> {
    let mut hash = Sha256::new();
    hash.update(b"lokero key envelope seal v1");
    hash.update(key.key);
    let mut seal_key: Zeroizing<[u8; 32]> = Zeroizing::new([0; 32]);
    hash.finalize_into((&mut *seal_key).into());
    cipher(&seal_key)
        .encrypt(
            XNonce::from_slice(nonce),
            Payload {
                msg: &[],
                aad: body,
            },
        )
        .map_err(|_| OpenError::EnvelopeDamaged)
}

fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(Key::from_slice(key))
}

#[cfg(test)]
mod tests;
