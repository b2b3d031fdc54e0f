//! Making, opening and closing a vault.

use std::fs;

use pii::Secret;
use rusqlite::Connection;
use vault::{Entropy, KeyDerivation, OpenError, Presence, Vault, VaultError, journal, settings};

use crate::support::{Home, at, fill, passphrase};

#[test]
fn what_was_written_is_there_after_locking() {
    let home = Home::empty();
    let mut vault = home.create();
    vault
        .write(|tx| settings::put(tx, "language", "sv"))
        .unwrap();
    vault.close().unwrap();

    let vault = home.open().unwrap();

    let language = vault.read(|conn| settings::find(conn, "language")).unwrap();
    assert_eq!(language.as_deref(), Some("sv"));
}

#[test]
fn a_vault_that_is_dropped_can_be_opened_at_once() {
    let home = Home::empty();
    let mut vault = home.create();
    vault.write(|tx| fill(tx, "Aino")).unwrap();

    drop(vault);

    home.open().unwrap();
}

#[test]
fn an_empty_folder_has_no_vault() {
    let home = Home::empty();

    assert_eq!(Vault::presence(home.path()).unwrap(), Presence::Absent);
    assert!(!Vault::exists(home.path()));
    assert!(matches!(home.open(), Err(OpenError::NotFound)));
    assert!(
        home.files().is_empty(),
        "and opening it leaves nothing there"
    );
}

#[test]
fn a_vault_is_never_made_over_another() {
    let (home, _) = Home::with_vault();
    let before = home.files();

    let error = Vault::create(
        home.path(),
        &passphrase(),
        KeyDerivation::FLOOR,
        &Entropy::draw().unwrap(),
        at(2),
    )
    .unwrap_err();

    assert!(matches!(error, OpenError::AlreadyExists), "{error:?}");
    assert_eq!(home.files(), before);
}

#[test]
fn making_a_vault_keeps_keys_that_were_there() {
    let (home, _) = Home::with_vault();
    let keys = home.files().remove("vault.keys");
    fs::remove_file(home.file("vault.db")).unwrap();

    home.create_from(2);

    let kept = home.files().remove("vault.keys.damaged-20261122T101500Z");
    assert_eq!(kept, keys, "they may open a copy that is elsewhere");
}

#[test]
fn a_vault_that_was_never_finished_is_no_vault() {
    let home = Home::empty();
    fs::write(home.file("vault.db.new"), b"half a page").unwrap();
    fs::write(home.file("vault.db.new-wal"), b"half a log").unwrap();
    assert!(matches!(home.open(), Err(OpenError::NotFound)));

    let vault = home.create();

    assert!(vault.is_sound().unwrap());
}

#[test]
fn a_wrong_passphrase_reveals_nothing_and_touches_nothing() {
    let (home, _) = Home::with_vault();
    let before = home.files();

    for wrong in [
        "",
        "hauki on kala",
        "Hauki on kala, vaikka voissa paistettuna",
    ] {
        let wrong = Secret::new(wrong.to_owned());
        let error = Vault::open(home.path(), &wrong, at(1)).unwrap_err();

        assert!(matches!(error, OpenError::WrongPassphrase), "{error:?}");
        assert_eq!(error.to_string(), "the passphrase does not open the vault");
    }
    assert_eq!(home.files(), before);
}

#[test]
fn a_second_opener_is_told_that_the_vault_is_in_use() {
    let home = Home::empty();
    let mut vault = home.create();

    let error = home.open().unwrap_err();

    assert!(matches!(error, OpenError::InUse), "{error:?}");
    assert!(matches!(
        Vault::set_aside(home.path(), at(1)),
        Err(OpenError::InUse)
    ));
    vault.write(|tx| fill(tx, "Aino")).unwrap();
}

#[test]
fn a_write_that_fails_leaves_nothing() {
    let home = Home::empty();
    let mut vault = home.create();

    let outcome: Result<(), VaultError> = vault.write(|tx| {
        settings::put(tx, "language", "sv")?;
        journal::append(tx, "language-chosen", None, at(0))?;
        Err(VaultError::Missing { action: "go on" })
    });

    assert!(outcome.is_err());
    let language = vault.read(|conn| settings::find(conn, "language")).unwrap();
    assert_eq!(language, None);
    let entries = vault.read(|conn| journal::list(conn, 0, 9)).unwrap();
    assert!(entries.is_empty());
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_look_into_the_folder_and_its_files() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let home = Home::empty();
    fs::set_permissions(home.path(), fs::Permissions::from_mode(0o755)).unwrap();

    let mut vault = home.create();
    vault.write(|tx| fill(tx, "Aino")).unwrap();

    assert_eq!(mode(home.path().to_owned()), 0o700);
    let names: Vec<String> = home.files().into_keys().collect();
    assert_eq!(
        names,
        ["vault.db", "vault.db-shm", "vault.db-wal", "vault.keys"]
    );
    for name in names {
        assert_eq!(mode(home.file(&name)), 0o600, "{name}");
    }
}

#[test]
fn the_connection_is_set_as_it_must_be() {
    let home = Home::empty();
    let vault = home.create();
    let pragma = |name: &str| {
        vault.read(|conn| {
            conn.query_row(&format!("PRAGMA {name}"), (), |row| {
                let value = row.get_ref(0)?;
                let text = value.as_str().map(str::to_owned);
                Ok(text.or_else(|_| value.as_i64().map(|number| number.to_string()))?)
            })
        })
    };

    for (name, expected) in [
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("secure_delete", "1"),
        ("foreign_keys", "1"),
        ("temp_store", "2"),
        ("mmap_size", "0"),
        ("trusted_schema", "0"),
        ("cache_size", "-65536"),
        ("cipher_status", "1"),
        ("cipher_memory_security", "1"),
    ] {
        assert_eq!(pragma(name).unwrap(), expected, "{name}");
    }
    let load = vault.read(|conn| conn.query_row("SELECT load_extension('any')", (), |_| Ok(())));
    assert_eq!(load.unwrap_err().to_string(), "not authorized");
}

#[test]
fn a_newer_vault_is_refused_untouched() {
    let home = Home::empty();
    let mut vault = home.create();
    vault
        .write(|tx| {
            tx.pragma_update(None, "user_version", 99)
                .and_then(|()| tx.execute("UPDATE meta SET compatibility_floor = 99", ()))
                .map_err(VaultError::during("write as a newer version"))
        })
        .unwrap();
    // What a newer version leaves when it is killed: a log that is not in the file yet.
    let killed = home.files();
    vault.close().unwrap();
    home.restore(&killed);

    let error = home.open().unwrap_err();

    assert!(
        matches!(error, OpenError::TooNew { found: 99, supported } if supported < 99),
        "{error:?}"
    );
    let mut after = home.files();
    let mut before = killed;
    // SQLite's index of the log is made anew by every process.
    after.remove("vault.db-shm");
    before.remove("vault.db-shm");
    assert_eq!(after, before);
}

#[test]
fn a_newer_vault_that_says_so_can_be_used() {
    let home = Home::empty();
    let mut vault = home.create();
    vault
        .write(|tx| {
            tx.pragma_update(None, "user_version", 99)
                .map_err(VaultError::during("write as a newer version"))
        })
        .unwrap();
    vault.close().unwrap();

    let mut vault = home.open().unwrap();

    vault.write(|tx| fill(tx, "Aino")).unwrap();
    let version: u32 = vault
        .read(|conn| conn.query_row("PRAGMA user_version", (), |row| row.get(0)))
        .unwrap();
    assert_eq!(version, 99, "and stays what it was");
}

#[test]
fn a_vault_in_memory_leaves_no_file() {
    let mut vault = Vault::in_memory().unwrap();

    vault.write(|tx| fill(tx, "Aino")).unwrap();

    let file: String = vault
        .read(|conn| conn.query_row("PRAGMA database_list", (), |row| row.get(2)))
        .unwrap();
    assert_eq!(file, "");
    vault.close().unwrap();
}

#[test]
fn a_plain_sqlite_file_is_not_a_vault_and_stays_as_it_is() {
    let (home, _) = Home::with_vault();
    fs::remove_file(home.file("vault.db")).unwrap();
    Connection::open(home.file("vault.db"))
        .unwrap()
        .execute_batch("CREATE TABLE plain (text TEXT)")
        .unwrap();
    let before = home.files();

    let error = home.open().unwrap_err();

    assert!(matches!(error, OpenError::NotAVault), "{error:?}");
    assert_eq!(home.files(), before);
}
