//! The key envelope: what opens it, and what is noticed.

use proptest::prelude::*;

use super::*;

#[test]
fn a_slot_of_an_unknown_kind_is_passed_over_and_kept() {
    let (envelope, key) = with_a_slot_of_a_later_version();
    let bytes = envelope.encode(&key, [5; 24]).unwrap();

    let read = Envelope::decode(&bytes).unwrap();

    let found = read.unwrap(&passphrase()).unwrap();
    assert_eq!((found.key, found.salt), (key.key, key.salt));
    assert_eq!(read.encode(&key, [5; 24]).unwrap(), bytes);
}

#[test]
fn a_slot_that_was_put_in_by_someone_else_is_noticed() {
    let (mut envelope, key) = with_a_slot_of_a_later_version();
    let other = VaultKey {
        key: [9; 32],
        salt: key.salt,
    };
    envelope.slots.reverse();
    // Sealed by someone who does not have the vault's key.
    let bytes = envelope.encode(&other, [5; 24]).unwrap();

    let error = Envelope::decode(&bytes)
        .unwrap()
        .unwrap(&passphrase())
        .unwrap_err();

    assert!(matches!(error, OpenError::EnvelopeDamaged), "{error:?}");
}

#[test]
fn a_slot_of_another_vault_does_not_open() {
    let (mut envelope, _) = with_a_slot_of_a_later_version();
    envelope.vault_id = Uuid::from_u128(1);

    let error = envelope.unwrap(&passphrase()).unwrap_err();

    assert!(matches!(error, OpenError::WrongPassphrase), "{error:?}");
}

proptest! {
    #[test]
    fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(Envelope::decode(&with_checksum(&bytes)).is_err());
    }

    #[test]
    fn no_body_behind_a_sound_start_makes_reading_panic(
        version in 0_u16..3,
        slots in 0_u8..20,
        body in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(version.to_be_bytes());
        bytes.extend([7; 16]);
        bytes.push(slots);
        bytes.extend(body);
        // Whether it can be read is chance; that it comes back is not.
        if let Ok(envelope) = Envelope::decode(&with_checksum(&bytes)) {
            prop_assert_eq!(envelope.slots.len(), usize::from(slots));
        }
    }
}

fn with_checksum(bytes: &[u8]) -> Vec<u8> {
    let checksum = Sha256::digest(bytes);
    [bytes, checksum.as_slice()].concat()
}

fn with_a_slot_of_a_later_version() -> (Envelope, VaultKey) {
    let entropy = Entropy::from_bytes(std::array::from_fn(|at| at as u8));
    let (mut envelope, key, _) =
        Envelope::create(&passphrase(), KeyDerivation::FLOOR, &entropy).unwrap();
    let body = b"something else".to_vec();
    envelope.slots.insert(0, Slot::Other { kind: 2, body });
    (envelope, key)
}

fn passphrase() -> Secret<String> {
    Secret::new("hauki on kala".to_owned())
}
