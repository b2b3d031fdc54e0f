//! The key envelope as a file: whatever is wrong with it is noticed, and named rightly.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};
use vault::{OpenError, Vault};

use crate::support::{Home, fill, passphrase};

#[test]
fn any_flipped_byte_is_noticed_before_anything_is_run() {
    let (home, _) = Home::with_vault();
    let whole = home.files()["vault.keys"].clone();

    for at in 0..whole.len() {
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        fs::write(home.file("vault.keys"), &flipped).unwrap();

        let error = Vault::unwrap_key(home.path(), &passphrase()).unwrap_err();

        assert!(
            matches!(error, OpenError::EnvelopeDamaged),
            "byte {at}: {error:?}"
        );
    }
}

#[test]
fn a_flipped_byte_under_a_made_up_checksum_is_refused_too() {
    let (home, _) = Home::with_vault();
    let whole = home.files()["vault.keys"].clone();
    // One byte of the magic, the version, the vault's id, the number of slots, the kind, the
    // length, the salt, the nonce, what is wrapped, the seal's nonce and its tag.
    for at in [0, 9, 12, 26, 27, 29, 45, 60, 100, 150, 185] {
        let mut forged = whole.clone();
        forged[at] ^= 1;
        forge_checksum(&mut forged);
        fs::write(home.file("vault.keys"), &forged).unwrap();

        let outcome = Vault::unwrap_key(home.path(), &passphrase());

        assert!(outcome.is_err(), "byte {at}");
    }
}

#[test]
fn an_envelope_cut_short_or_missing_is_damaged() {
    let (home, _) = Home::with_vault();
    let whole = home.files()["vault.keys"].clone();

    for cut in 0..whole.len() {
        fs::write(home.file("vault.keys"), &whole[..cut]).unwrap();
        let error = home.open().unwrap_err();
        assert!(
            matches!(error, OpenError::EnvelopeDamaged),
            "cut at {cut}: {error:?}"
        );
    }
    fs::remove_file(home.file("vault.keys")).unwrap();
    let error = home.open().unwrap_err();

    assert!(matches!(error, OpenError::EnvelopeDamaged), "{error:?}");
    assert!(
        Vault::exists(home.path()),
        "and the vault stays where it is"
    );
}

#[test]
fn the_envelope_of_another_vault_is_noticed_and_moves_nothing() {
    let (home, key) = Home::with_vault();
    let other = Home::empty();
    other.create_from(2);
    fs::write(home.file("vault.keys"), &other.files()["vault.keys"]).unwrap();
    let before = home.files();

    let by_passphrase = home.open().unwrap_err();
    let by_key = home.open_with(&key).unwrap_err();

    assert!(
        matches!(by_passphrase, OpenError::NotAVault),
        "{by_passphrase:?}"
    );
    assert!(matches!(by_key, OpenError::EnvelopeDamaged), "{by_key:?}");
    assert_eq!(home.files()["vault.db"], before["vault.db"]);
}

#[test]
fn an_envelope_that_asks_for_too_much_is_refused_before_anything_is_run() {
    let (home, _) = Home::with_vault();
    let whole = home.files()["vault.keys"].clone();
    let costs_at = 8 + 2 + 16 + 1 + 3;

    for (name, at, value) in [
        ("memory", costs_at, 1024 * 1024 + 1_u32),
        ("all the memory there is", costs_at, u32::MAX),
        ("passes", costs_at + 4, 21),
        ("lanes", costs_at + 8, 17),
        ("memory below the floor", costs_at, 8),
    ] {
        let mut hostile = whole.clone();
        hostile[at..at + 4].copy_from_slice(&value.to_be_bytes());
        forge_checksum(&mut hostile);
        fs::write(home.file("vault.keys"), &hostile).unwrap();

        let error = home.open().unwrap_err();

        assert!(
            matches!(error, OpenError::HostileEnvelope),
            "{name}: {error:?}"
        );
    }
}

#[test]
fn too_many_slots_or_bytes_are_refused() {
    let (home, _) = Home::with_vault();
    let whole = home.files()["vault.keys"].clone();
    let mut crowded = whole.clone();
    crowded[26] = 17;
    forge_checksum(&mut crowded);
    let mut huge = whole;
    huge.resize(1024 * 1024, 0);

    for hostile in [crowded, huge] {
        fs::write(home.file("vault.keys"), &hostile).unwrap();
        let error = home.open().unwrap_err();
        assert!(matches!(error, OpenError::HostileEnvelope), "{error:?}");
    }
}

#[test]
fn an_envelope_of_a_newer_version_says_so() {
    let (home, _) = Home::with_vault();
    let mut newer = home.files()["vault.keys"].clone();
    newer[8..10].copy_from_slice(&2_u16.to_be_bytes());
    forge_checksum(&mut newer);
    fs::write(home.file("vault.keys"), &newer).unwrap();

    let error = home.open().unwrap_err();

    assert!(
        matches!(
            error,
            OpenError::TooNew {
                found: 2,
                supported: 1
            }
        ),
        "{error:?}"
    );
}

#[test]
fn no_key_is_in_any_file() {
    let home = Home::empty();
    let mut vault = home.create_from(1);
    vault.write(|tx| fill(tx, "Aino")).unwrap();
    // The vault's key is the first of the random bytes.
    let key: Vec<u8> = (1..=32).collect();
    let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();

    for (name, bytes) in home.files() {
        for part in [&key[..16], &key[16..], &hex.as_bytes()[..32]] {
            assert!(
                !bytes.windows(part.len()).any(|window| window == part),
                "{name}"
            );
        }
    }
}

/// Run with `UPDATE_GOLDEN=1` to rewrite the file, which no released version may need.
#[test]
fn the_same_entropy_makes_the_same_envelope_byte_for_byte() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/vault.keys");
    let home = Home::empty();
    home.create_from(1).close().unwrap();
    let made = home.files()["vault.keys"].clone();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &made).unwrap();
    }

    assert!(made == fs::read(path).unwrap());
    assert_eq!(made.len(), 218);
}

fn forge_checksum(bytes: &mut [u8]) {
    let at = bytes.len() - 32;
    let checksum = Sha256::digest(&bytes[..at]);
    bytes[at..].copy_from_slice(&checksum);
}
