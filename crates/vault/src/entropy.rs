//! The random bytes of a new vault, drawn in one place.

use uuid::{Builder, Uuid};
use zeroize::Zeroizing;

use crate::OpenError;
use crate::envelope::VaultKey;

/// Everything random that a new vault needs.
pub struct Entropy(Zeroizing<[u8; Self::BYTES]>);

impl Entropy {
    /// How many bytes it takes: key, SQLCipher salt, slot salt, slot nonce, seal nonce, vault id.
    pub const BYTES: usize = 32 + 16 + 16 + 24 + 24 + 16;

    /// Draws from the operating system.
    ///
    /// # Errors
    ///
    /// Fails if the operating system has no randomness to give.
    pub fn draw() -> Result<Self, OpenError> {
        let mut bytes = Zeroizing::new([0; Self::BYTES]);
        getrandom::fill(bytes.as_mut_slice()).map_err(|source| OpenError::Io {
            action: "draw random bytes",
            source: source.into(),
        })?;
        Ok(Self(bytes))
    }

    /// Takes given bytes instead, so that a test makes the same vault twice.
    pub fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub(crate) fn vault_key(&self) -> VaultKey {
        VaultKey {
            key: self.part::<0, 32>(),
            salt: self.part::<32, 16>(),
        }
    }

    pub(crate) fn slot_salt(&self) -> [u8; 16] {
        self.part::<48, 16>()
    }

    pub(crate) fn slot_nonce(&self) -> [u8; 24] {
        self.part::<64, 24>()
    }

    pub(crate) fn seal_nonce(&self) -> [u8; 24] {
        self.part::<88, 24>()
    }

    pub(crate) fn vault_id(&self) -> Uuid {
        Builder::from_random_bytes(self.part::<112, 16>()).into_uuid()
    }

    fn part<const AT: usize, const N: usize>(&self) -> [u8; N] {
        const { assert!(AT + N <= Self::BYTES, "the part is within") };
        let mut part = [0; N];
        for (to, from) in part.iter_mut().zip(self.0.iter().skip(AT)) {
            *to = *from;
        }
        part
    }
}
