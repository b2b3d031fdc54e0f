//! How a passphrase becomes a key: Argon2id (RFC 9106), never cheaper than the floor.

use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use pii::Secret;
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, Zeroizing};

use crate::OpenError;

/// How many times longer a text can be once composed. Growing would leave copies in memory.
const MOST_GROWTH: usize = 3;
/// The most memory that an envelope may ask for: 1 GiB.
const MOST_MEMORY_KIB: u32 = 1024 * 1024;
/// The most passes that an envelope may ask for.
const MOST_PASSES: u32 = 20;
/// The most lanes that an envelope may ask for.
const MOST_LANES: u32 = 16;

/// What a guess at the passphrase costs. Stored beside what it protects, so that it can rise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyDerivation {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl KeyDerivation {
    /// The least that any vault is made with: 64 MiB, 3 passes, 4 lanes.
    pub const FLOOR: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
        lanes: 4,
    };

    /// Returns these costs, unless they are below the floor or beyond what may be asked for.
    pub const fn new(memory_kib: u32, passes: u32, lanes: u32) -> Option<Self> {
        let enough = memory_kib >= Self::FLOOR.memory_kib
            && passes >= Self::FLOOR.passes
            && lanes >= Self::FLOOR.lanes;
        let bounded = memory_kib <= MOST_MEMORY_KIB && passes <= MOST_PASSES && lanes <= MOST_LANES;
        if enough && bounded {
            Some(Self {
                memory_kib,
                passes,
                lanes,
            })
        } else {
            None
        }
    }

    /// Returns the cost that takes about `wanted` where the floor takes `floor_took`: more passes
    /// over the same memory.
    pub fn calibrated(floor_took: Duration, wanted: Duration) -> Self {
        let per_pass = (floor_took.as_micros() / u128::from(Self::FLOOR.passes)).max(1);
        let passes = u32::try_from(wanted.as_micros() / per_pass).unwrap_or(MOST_PASSES);
        Self {
            passes: passes.clamp(Self::FLOOR.passes, MOST_PASSES),
            ..Self::FLOOR
        }
    }

    /// Runs the floor once on this computer and returns how long it took.
    ///
    /// # Errors
    ///
    /// Fails if there is not enough memory.
    pub fn measure() -> Result<Duration, OpenError> {
        let start = Instant::now();
        Self::FLOOR.derive(&Secret::new(String::new()), &[0; 16])?;
        Ok(start.elapsed())
    }

    /// Returns memory in KiB, passes and lanes, in the order in which they are stored.
    pub(crate) const fn costs(self) -> [u32; 3] {
        [self.memory_kib, self.passes, self.lanes]
    }

    /// Derives the key that wraps the vault's key. The passphrase is taken in its composed form
    /// (NFC, as RFC 8265 has it), so that one `ä` is as good as another.
    pub(crate) fn derive(
        self,
        passphrase: &Secret<String>,
        salt: &[u8; 16],
    ) -> Result<Zeroizing<[u8; 32]>, OpenError> {
        let failed = |source: argon2::Error| OpenError::Io {
            action: "derive the key",
            source: std::io::Error::other(source),
        };
        let params =
            Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).map_err(failed)?;
        let mut composed = Zeroizing::new(String::with_capacity(
            passphrase.reveal().len().saturating_mul(MOST_GROWTH),
        ));
        composed.extend(passphrase.reveal().nfc());
        let mut memory = Memory::of(params.block_count())?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(
                composed.as_bytes(),
                salt,
                key.as_mut_slice(),
                &mut memory.0,
            )
            .map_err(failed)?;
        Ok(key)
    }
}

/// The working memory of one derivation, wiped when dropped.
struct Memory(Vec<Block>);

impl Memory {
    fn of(blocks: usize) -> Result<Self, OpenError> {
        let mut memory = Vec::new();
        memory
            .try_reserve_exact(blocks)
            .map_err(|_| OpenError::Io {
                action: "reserve memory for the key",
                source: std::io::ErrorKind::OutOfMemory.into(),
            })?;
        memory.resize(blocks, Block::default());
        Ok(Self(memory))
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        self.0.iter_mut().for_each(Zeroize::zeroize);
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::the_floor(64 * 1024, 3, 4, true)]
    #[case::less_memory(64 * 1024 - 1, 3, 4, false)]
    #[case::fewer_passes(64 * 1024, 2, 4, false)]
    #[case::fewer_lanes(64 * 1024, 3, 3, false)]
    #[case::a_gibibyte(1024 * 1024, 20, 16, true)]
    #[case::more_than_a_gibibyte(1024 * 1024 + 1, 3, 4, false)]
    #[case::too_many_passes(64 * 1024, 21, 4, false)]
    #[case::too_many_lanes(64 * 1024, 3, 17, false)]
    fn costs_are_bounded_on_both_sides(
        #[case] memory_kib: u32,
        #[case] passes: u32,
        #[case] lanes: u32,
        #[case] expected: bool,
    ) {
        let derivation = KeyDerivation::new(memory_kib, passes, lanes);

        assert_eq!(derivation.is_some(), expected);
    }

    #[rstest]
    #[case::a_slow_computer_keeps_the_floor(900, 500, 3)]
    #[case::a_fast_one_runs_more_passes(150, 500, 10)]
    #[case::never_more_than_may_be_asked_for(1, 5_000, 20)]
    #[case::a_clock_that_stands_still(0, 500, 20)]
    fn calibration_turns_speed_into_passes(
        #[case] floor_took: u64,
        #[case] wanted: u64,
        #[case] passes: u32,
    ) {
        let derivation = KeyDerivation::calibrated(
            Duration::from_millis(floor_took),
            Duration::from_millis(wanted),
        );

        assert_eq!(derivation.costs(), [64 * 1024, passes, 4]);
    }

    #[test]
    fn a_letter_counts_the_same_however_it_was_typed() {
        let derive = |passphrase: &str| {
            KeyDerivation::FLOOR
                .derive(&Secret::new(passphrase.to_owned()), &[1; 16])
                .unwrap()
        };

        assert_eq!(
            derive("p\u{e4}\u{e4}t\u{f6}s"),
            derive("pa\u{308}a\u{308}to\u{308}s")
        );
    }
}
