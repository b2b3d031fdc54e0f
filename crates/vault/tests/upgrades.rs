//! Every vault that a release ever wrote still opens, and ends up with today's schema.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use sha2::{Digest, Sha256};
use vault::{OpenError, migrations};

/// A vault as each release left it: its schema version, and rows in every table.
const RELEASED: &[(u32, &str)] = &[(
    1,
    include_str!("../../../migrations/vault/snapshots/0001.sql"),
)];

#[test]
fn every_released_vault_upgrades_to_todays_schema() {
    let fresh = fresh();

    for (version, rows) in RELEASED {
        let mut old = Connection::open_in_memory().unwrap();
        old.pragma_update(None, "foreign_keys", true).unwrap();
        migrations::run_to(&mut old, *version).unwrap();
        old.execute_batch(rows).unwrap();
        let counts = row_counts(&old);
        assert!(counts.iter().all(|(_, count)| *count > 0), "{counts:?}");

        migrations::run(&mut old).unwrap();

        assert_eq!(schema(&old), schema(&fresh), "from version {version}");
        let after = row_counts(&old);
        for (table, count) in counts {
            let kept = after
                .iter()
                .any(|(name, kept)| *name == table && *kept >= count);
            assert!(kept, "the rows of {table} from version {version}");
        }
    }
}

#[test]
fn running_twice_changes_nothing() {
    let mut conn = fresh();
    let before = schema(&conn);

    migrations::run(&mut conn).unwrap();

    assert_eq!(schema(&conn), before);
}

#[test]
fn a_file_without_a_floor_that_is_newer_is_refused() {
    let mut conn = Connection::open_in_memory().unwrap();
    conn.pragma_update(None, "user_version", 7).unwrap();

    let error = migrations::run(&mut conn).unwrap_err();

    assert!(
        matches!(error, OpenError::TooNew { found: 7, .. }),
        "{error:?}"
    );
}

/// Run with `UPDATE_SCHEMA=1` to rewrite the file.
#[test]
fn the_written_schema_is_the_one_that_the_steps_make() {
    let path = migrations_folder().join("schema.sql");
    let made = format!(
        "-- What the steps make together. Written by `UPDATE_SCHEMA=1 cargo nextest run -p vault`.\n\n{}\n",
        schema(&fresh()).join(";\n\n") + ";"
    );
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&path, &made).unwrap();
    }

    assert_eq!(fs::read_to_string(path).unwrap(), made);
}

#[test]
fn released_steps_are_as_they_were_released() {
    let folder = migrations_folder();
    let list = fs::read_to_string(folder.join("../checksums.txt")).unwrap();

    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let (checksum, name) = line.split_once("  ").unwrap();
        let text = fs::read(folder.join("..").join(name)).unwrap();
        let found: String = Sha256::digest(text)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(found, checksum, "{name}");
    }
}

#[test]
fn every_step_has_a_snapshot() {
    let versions: Vec<u32> = RELEASED.iter().map(|(version, _)| *version).collect();

    assert_eq!(versions, (1..=migrations::latest()).collect::<Vec<_>>());
}

fn fresh() -> Connection {
    let mut conn = Connection::open_in_memory().unwrap();
    migrations::run(&mut conn).unwrap();
    conn
}

fn schema(conn: &Connection) -> Vec<String> {
    conn.prepare(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
          ORDER BY tbl_name, type = 'table' DESC, name",
    )
    .unwrap()
    .query_map((), |row| row.get(0))
    .unwrap()
    .collect::<Result<_, _>>()
    .unwrap()
}

fn row_counts(conn: &Connection) -> Vec<(String, u64)> {
    let tables: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .unwrap()
        .query_map((), |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    tables
        .into_iter()
        .map(|table| {
            let sql = format!("SELECT COUNT(*) FROM {table}");
            let count = conn.query_row(&sql, (), |row| row.get(0)).unwrap();
            (table, count)
        })
        .collect()
}

fn migrations_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/vault")
}
