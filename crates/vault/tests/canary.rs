//! What is in a vault is in no byte of any file, while it is open or after.

use std::fs;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use vault::VaultError;

use crate::support::{Home, fill};

const CANARY: &str = "canary-Aino-Virtanen-131052-308T";

#[test]
fn a_marked_value_in_every_table_is_in_no_file() {
    let home = Home::empty();
    let mut vault = home.create();
    vault.write(|tx| fill(tx, CANARY)).unwrap();
    let empty: Vec<String> = vault.read(tables_without_rows).unwrap();
    assert_eq!(empty, [""; 0], "every table has a row");

    look_for_canaries(&home, "open");
    vault.checkpoint().unwrap();
    look_for_canaries(&home, "after a checkpoint");
    vault
        .write(|tx| {
            // Sorts more than the cache of temporary tables holds.
            tx.execute_batch(
                "CREATE TEMP TABLE big AS
                   WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
                   SELECT i, setting.value || i AS text FROM n, setting;
                 CREATE INDEX temp.big_by_text ON big (text);",
            )
            .map_err(VaultError::during("sort"))
        })
        .unwrap();
    look_for_canaries(&home, "while sorting");
    vault.close().unwrap();
    look_for_canaries(&home, "closed");
}

#[test]
fn the_search_finds_a_canary_that_is_there() {
    let home = Home::empty();
    fs::write(
        home.file("leak"),
        STANDARD_NO_PAD.encode(format!("..{CANARY}..")),
    )
    .unwrap();

    assert!(is_found(&home.files()["leak"]));
}

fn tables_without_rows(conn: &vault::Connection) -> rusqlite::Result<Vec<String>> {
    let tables: Vec<String> = conn
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        )?
        .query_map((), |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    assert!(tables.len() > 15, "{tables:?}");
    Ok(tables
        .into_iter()
        .filter(|table| {
            let sql = format!("SELECT NOT EXISTS (SELECT 1 FROM {table})");
            conn.query_row(&sql, (), |row| row.get(0)).unwrap()
        })
        .collect())
}

fn look_for_canaries(home: &Home, when: &str) {
    for (name, bytes) in home.files() {
        assert!(!is_found(&bytes), "{name}, {when}");
    }
    // A temporary file has no name any more when SQLite writes to it.
    #[cfg(target_os = "linux")]
    for entry in fs::read_dir("/proc/self/fd").unwrap() {
        let path = entry.unwrap().path();
        if fs::metadata(&path).is_ok_and(|metadata| metadata.is_file()) {
            let bytes = fs::read(&path).unwrap_or_default();
            assert!(!is_found(&bytes), "{:?}, {when}", fs::read_link(&path));
        }
    }
}

/// Looks for the canary as UTF-8, UTF-16, hex in both cases, and base64 at each of its three
/// alignments.
fn is_found(bytes: &[u8]) -> bool {
    let hex: String = CANARY.bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut needles = vec![
        CANARY.as_bytes().to_vec(),
        CANARY.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        CANARY.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        hex.to_uppercase().into_bytes(),
        hex.into_bytes(),
    ];
    for shift in 0..3 {
        let shifted = [&[0; 3][..shift], CANARY.as_bytes()].concat();
        // The first and the last four characters depend on what is around.
        let encoded = STANDARD_NO_PAD.encode(shifted).into_bytes();
        needles.push(encoded[4..encoded.len() - 4].to_vec());
    }
    needles
        .iter()
        .any(|needle| bytes.windows(needle.len()).any(|window| window == needle))
}
