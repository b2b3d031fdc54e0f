//! A damaged vault is noticed, moved aside whole, and never deleted.

use std::fs;

use rstest::rstest;
use vault::{OpenError, Presence, Vault, settings};

use crate::support::{Home, at, fill};

const ASIDE: &str = "vault.db.damaged-20261122T101501Z";
const KEYS_ASIDE: &str = "vault.keys.damaged-20261122T101501Z";

#[test]
fn a_file_cut_short_anywhere_is_moved_aside_byte_for_byte() {
    let (home, key) = Home::with_vault();
    let whole = home.files();
    let length = whole["vault.db"].len();
    let cuts = [
        0,
        1,
        15,
        16,
        17,
        100,
        4095,
        4096,
        4097,
        length / 2,
        length - 4097,
    ]
    .into_iter()
    .chain((8192..length).step_by(4096 * 3 + 1000))
    .chain([length - 4096, length - 4095, length - 1]);

    for cut in cuts {
        home.restore(&whole);
        fs::write(home.file("vault.db"), &whole["vault.db"][..cut]).unwrap();

        let error = home.open_with(&key).unwrap_err();

        let OpenError::Damaged { moved_to } = error else {
            panic!("cut at {cut}: {error:?}");
        };
        assert_eq!(moved_to, home.file(ASIDE), "cut at {cut}");
        let after = home.files();
        assert!(!after.contains_key("vault.db"), "cut at {cut}");
        assert_eq!(after[ASIDE], whole["vault.db"][..cut], "cut at {cut}");
        assert_eq!(after[KEYS_ASIDE], whole["vault.keys"], "cut at {cut}");
    }
}

#[test]
fn a_file_with_something_added_is_moved_aside() {
    let (home, key) = Home::with_vault();
    let mut longer = home.files()["vault.db"].clone();
    longer.extend([0; 4096]);
    fs::write(home.file("vault.db"), &longer).unwrap();

    let error = home.open_with(&key).unwrap_err();

    assert!(matches!(error, OpenError::Damaged { .. }), "{error:?}");
    assert_eq!(home.files()[ASIDE], longer);
}

#[test]
fn a_flipped_bit_in_any_page_is_noticed() {
    let (home, key) = Home::with_vault();
    let whole = home.files();
    let pages = whole["vault.db"].len() / 4096;

    for page in 0..pages {
        // Beyond the salt, in the content, in the initialisation vector, in the authentication.
        for offset in [16, 2000, 4020, 4090] {
            home.restore(&whole);
            let mut flipped = whole["vault.db"].clone();
            flipped[page * 4096 + offset] ^= 1;
            fs::write(home.file("vault.db"), flipped).unwrap();

            let is_sound = match home.open_with(&key) {
                Ok(vault) => vault.is_sound().unwrap(),
                Err(OpenError::Damaged { .. }) => false,
                Err(other) => panic!("page {page}, byte {offset}: {other:?}"),
            };

            assert!(!is_sound, "page {page}, byte {offset}");
        }
    }
}

#[test]
fn a_whole_vault_is_sound() {
    let (home, key) = Home::with_vault();

    let vault = home.open_with(&key).unwrap();

    assert!(vault.is_sound().unwrap());
}

#[test]
fn damage_met_while_reading_has_its_own_error() {
    let (home, key) = Home::with_vault();
    let mut flipped = home.files()["vault.db"].clone();
    let pages = flipped.len() / 4096;
    for page in 1..pages {
        flipped[page * 4096 + 100] ^= 1;
    }
    fs::write(home.file("vault.db"), flipped).unwrap();

    let vault = home.open_with(&key);

    let is_told = match vault {
        Err(OpenError::Damaged { .. }) => true,
        Err(_) => false,
        Ok(vault) => matches!(
            vault.read(|conn| settings::find(conn, "language")),
            Err(vault::VaultError::Damaged { .. })
        ),
    };
    assert!(is_told);
}

#[test]
fn a_torn_first_page_is_mended_from_the_log() {
    let home = Home::empty();
    let mut vault = home.create();
    vault.checkpoint().unwrap();
    vault.write(|tx| fill(tx, "Aino")).unwrap();
    vault
        .write(|tx| {
            tx.execute_batch("CREATE TABLE touches_page_one (x); DROP TABLE touches_page_one;")
                .map_err(vault::VaultError::during("touch page one"))
        })
        .unwrap();
    let mut killed = home.files();
    vault.close().unwrap();
    killed.get_mut("vault.db").unwrap()[..4096].fill(0xA5);
    home.restore(&killed);

    let vault = home.open().unwrap();

    assert!(vault.is_sound().unwrap());
    let language = vault.read(|conn| settings::find(conn, "language")).unwrap();
    assert_eq!(language.as_deref(), Some("Aino"));
}

#[test]
fn the_folder_tells_where_a_damaged_vault_is_and_takes_a_new_one() {
    let (home, key) = Home::with_vault();
    let keys = home.files()["vault.keys"].clone();
    fs::write(home.file("vault.db"), &home.files()["vault.db"][..200]).unwrap();
    home.open_with(&key).unwrap_err();

    assert!(!Vault::exists(home.path()));
    let moved_to = home.file(ASIDE);
    assert_eq!(
        Vault::presence(home.path()).unwrap(),
        Presence::Quarantined { moved_to }
    );
    assert!(matches!(home.open(), Err(OpenError::NotFound)));

    home.create_from(2);

    assert_eq!(Vault::presence(home.path()).unwrap(), Presence::Present);
    let after = home.files();
    assert!(after.contains_key(ASIDE), "the damaged one stays");
    assert_eq!(after[KEYS_ASIDE], keys, "with its keys");
}

#[test]
fn two_damaged_vaults_of_the_same_second_both_stay() {
    let (home, key) = Home::with_vault();
    let whole = home.files();
    for length in [17, 18] {
        fs::write(home.file("vault.db"), &whole["vault.db"][..length]).unwrap();
        home.open_with(&key).unwrap_err();
    }

    let after = home.files();

    assert_eq!(after[ASIDE].len(), 17);
    assert_eq!(after["vault.db.damaged-20261122T101502Z"].len(), 18);
}

#[test]
fn the_log_of_a_damaged_vault_goes_with_it() {
    let home = Home::empty();
    let mut vault = home.create();
    vault.write(|tx| fill(tx, "Aino")).unwrap();
    let killed = home.files();
    vault.close().unwrap();
    home.restore(&killed);
    fs::write(home.file("vault.db"), &killed["vault.db"][..100]).unwrap();

    home.open().unwrap_err();

    let after = home.files();
    assert_eq!(after[&format!("{ASIDE}-wal")], killed["vault.db-wal"]);
    assert!(!after.contains_key("vault.db-wal"));
}

#[rstest]
#[case::nothing_but_zeros(vec![0; 8192])]
#[case::a_text(b"Dear vault, ".repeat(1000))]
#[case::one_byte(vec![b'x'])]
fn a_file_that_never_was_a_vault_stays_as_it_is(#[case] content: Vec<u8>) {
    let (home, key) = Home::with_vault();
    fs::write(home.file("vault.db"), &content).unwrap();
    let before = home.files();

    let error = home.open_with(&key).unwrap_err();

    assert!(matches!(error, OpenError::NotAVault), "{error:?}");
    let mut after = home.files();
    after.retain(|name, _| before.contains_key(name));
    assert_eq!(after, before);
    let moved_to = Vault::set_aside(home.path(), at(5)).unwrap();
    assert_eq!(
        fs::read(moved_to).unwrap(),
        content,
        "until the person says so"
    );
}
