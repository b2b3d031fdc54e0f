//! One way in: what wraps the vault's key, and what it costs to try.

use chacha20poly1305::XNonce;
use chacha20poly1305::aead::{Aead, Payload};
use pii::Secret;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::bytes::Reader;
use super::{VERSION, VaultKey, cipher};
use crate::{KeyDerivation, OpenError};

const PASSPHRASE: u8 = 1;
const WRAPPED_BYTES: usize = 32 + 16 + 16;

/// A slot, by its kind.
pub(super) enum Slot {
    /// Opened by what the person knows.
    Passphrase(PassphraseSlot),
    /// Of a kind that a later version added. Kept byte for byte.
    Other { kind: u8, body: Vec<u8> },
}

/// A slot that a passphrase opens.
pub(super) struct PassphraseSlot {
    derivation: KeyDerivation,
    salt: [u8; 16],
    nonce: [u8; 24],
    wrapped: [u8; WRAPPED_BYTES],
}

impl Slot {
    pub(super) fn decode(reader: &mut Reader<'_>) -> Result<Self, OpenError> {
        let damaged = || OpenError::EnvelopeDamaged;
        let kind = reader.u8().ok_or_else(damaged)?;
        let length = reader.u16().ok_or_else(damaged)?;
        let body = reader.take(length.into()).ok_or_else(damaged)?;
        if kind == PASSPHRASE {
            PassphraseSlot::decode(body).map(Self::Passphrase)
        } else {
            let body = body.to_vec();
            Ok(Self::Other { kind, body })
        }
    }

    pub(super) fn encode(&self, bytes: &mut Vec<u8>) -> Result<(), OpenError> {
        let (kind, body) = match self {
            Self::Passphrase(slot) => (PASSPHRASE, slot.encode()),
            Self::Other { kind, body } => (*kind, body.clone()),
        };
        let length = u16::try_from(body.len()).map_err(|_| OpenError::HostileEnvelope)?;
        bytes.push(kind);
        bytes.extend(length.to_be_bytes());
        bytes.extend(body);
        Ok(())
    }
}

impl PassphraseSlot {
    /// Wraps `key` for whoever knows `passphrase`.
    pub(super) fn wrap(
        vault_id: Uuid,
        key: &VaultKey,
        passphrase: &Secret<String>,
        derivation: KeyDerivation,
        salt: [u8; 16],
        nonce: [u8; 24],
    ) -> Result<Self, OpenError> {
        let mut plain = Zeroizing::new([0; 48]);
        let (key_part, salt_part) = plain.split_at_mut(32);
        key_part.copy_from_slice(&key.key);
        salt_part.copy_from_slice(&key.salt);
        let payload = Payload {
            msg: plain.as_slice(),
            aad: &associated_data(vault_id, derivation, &salt),
        };
        let wrapped = cipher(&*derivation.derive(passphrase, &salt)?)
            .encrypt(XNonce::from_slice(&nonce), payload)
            .ok()
            .and_then(|wrapped| wrapped.try_into().ok())
            .ok_or(OpenError::EnvelopeDamaged)?;
        Ok(Self {
            derivation,
            salt,
            nonce,
            wrapped,
        })
    }

    /// Returns the key, or nothing if the passphrase is not the one.
    pub(super) fn unwrap(
        &self,
        vault_id: Uuid,
        passphrase: &Secret<String>,
    ) -> Result<Option<VaultKey>, OpenError> {
        let payload = Payload {
            msg: &self.wrapped,
            aad: &associated_data(vault_id, self.derivation, &self.salt),
        };
        let opened = cipher(&*self.derivation.derive(passphrase, &self.salt)?)
            .decrypt(XNonce::from_slice(&self.nonce), payload)
            .map(Zeroizing::new);
        Ok(opened.ok().and_then(|plain| {
            let mut reader = Reader::new(&plain);
            Some(VaultKey {
                key: reader.array()?,
                salt: reader.array()?,
            })
        }))
    }

    fn decode(body: &[u8]) -> Result<Self, OpenError> {
        let damaged = || OpenError::EnvelopeDamaged;
        let mut reader = Reader::new(body);
        let memory_kib = reader.u32().ok_or_else(damaged)?;
        let passes = reader.u32().ok_or_else(damaged)?;
        let lanes = reader.u32().ok_or_else(damaged)?;
        let slot = Self {
            derivation: KeyDerivation::new(memory_kib, passes, lanes)
                .ok_or(OpenError::HostileEnvelope)?,
            salt: reader.array().ok_or_else(damaged)?,
            nonce: reader.array().ok_or_else(damaged)?,
            wrapped: reader.array().ok_or_else(damaged)?,
        };
        if reader.is_empty() {
            Ok(slot)
        } else {
            Err(damaged())
        }
    }

    fn encode(&self) -> Vec<u8> {
        let mut body = costs(self.derivation);
        body.extend(self.salt);
        body.extend(self.nonce);
        body.extend(self.wrapped);
        body
    }
}

/// Ties what is wrapped to its version, vault, kind, costs and salt.
fn associated_data(vault_id: Uuid, derivation: KeyDerivation, salt: &[u8; 16]) -> Vec<u8> {
    let mut data = b"lokero key slot".to_vec();
    data.extend(VERSION.to_be_bytes());
    data.extend(vault_id.as_bytes());
    data.push(PASSPHRASE);
    data.extend(costs(derivation));
    data.extend(salt);
    data
}

fn costs(derivation: KeyDerivation) -> Vec<u8> {
    derivation
        .costs()
        .into_iter()
        .flat_map(u32::to_be_bytes)
        .collect()
}
