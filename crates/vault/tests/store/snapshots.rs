//! Copies of what sources hold.

use consent::{DataSourceId, SnapshotId};
use pii::Personal;
use rstest::rstest;
use uuid::Uuid;
use vault::snapshots::{Outcome, StoredSnapshot};
use vault::{Vault, VaultError, snapshots};

use super::Place;
use crate::support::{SNAPSHOT, at, node, operator_id, snapshot, tree};

#[rstest]
fn a_copy_comes_back_as_it_was_stored(#[values(Place::Memory, Place::Disk)] place: Place) {
    let filled = place.filled();
    let vault = &filled.vault;

    let header = vault
        .read(|conn| snapshots::find(conn, SNAPSHOT))
        .unwrap()
        .unwrap();
    let raw = vault.read(|conn| snapshots::raw(conn, SNAPSHOT)).unwrap();

    assert_eq!(
        header,
        StoredSnapshot {
            raw_bytes: 20,
            ..snapshot("Aino")
        }
    );
    assert_eq!(
        raw,
        Some(Personal::new(b"{\"firstName\":\"Aino\"}".to_vec()))
    );
    assert_eq!(
        vault
            .read(|conn| snapshots::all_nodes(conn, SNAPSHOT))
            .unwrap(),
        tree("Aino")
    );
    assert_eq!(
        vault
            .read(|conn| snapshots::find_by_hash(conn, "Aino"))
            .unwrap(),
        Some(header)
    );
}

#[rstest]
fn children_are_listed_by_the_page_in_reading_order(
    #[values(Place::Memory, Place::Disk)] place: Place,
) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;
    let id = SnapshotId::from_uuid(Uuid::from_u128(30));
    let mut tree = vec![node(0, None, "", None)];
    tree.extend((1..=9).map(|seq| node(seq, Some(0), &seq.to_string(), Some("value"))));
    vault
        .write(|tx| snapshots::insert(tx, &plain(30, at(3), Outcome::Ok), None, tree.clone()))
        .unwrap();

    let page = |parent, offset| {
        vault
            .read(|conn| snapshots::nodes(conn, id, parent, offset, 4))
            .unwrap()
    };

    assert_eq!(page(None, 0), tree[..1]);
    assert_eq!(page(Some(0), 0), tree[1..5]);
    assert_eq!(page(Some(0), 8), tree[9..]);
    assert_eq!(page(Some(5), 0), [], "a value has no children");
    let seventh = vault.read(|conn| snapshots::node(conn, id, 7)).unwrap();
    assert_eq!(seventh.as_ref(), tree.get(7));
    assert_eq!(
        vault.read(|conn| snapshots::node(conn, id, 70)).unwrap(),
        None
    );
    assert_eq!(vault.read(|conn| snapshots::raw(conn, id)).unwrap(), None);
}

#[rstest]
fn the_newest_answer_of_each_source_is_told_apart_from_the_newest_data(
    #[values(Place::Memory, Place::Disk)] place: Place,
) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;
    let family = DataSourceId::parse("urn:source:family").unwrap();
    let library = StoredSnapshot {
        source_id: DataSourceId::parse("urn:source:library").unwrap(),
        ..plain(31, at(2), Outcome::Empty)
    };
    let failed = plain(32, at(8), Outcome::Failed);
    let file = StoredSnapshot {
        operator_id: None,
        ..plain(33, at(9), Outcome::Ok)
    };
    for it in [&library, &failed, &file] {
        vault
            .write(|tx| snapshots::insert(tx, it, None, []))
            .unwrap();
    }

    let newest = vault.read(snapshots::latest_per_source).unwrap();
    let with_data = vault
        .read(|conn| snapshots::latest_with_data(conn, &operator_id(), &family))
        .unwrap();
    let all = vault
        .read(|conn| snapshots::list(conn, &operator_id(), &family))
        .unwrap();

    assert_eq!(newest, [failed, library]);
    assert_eq!(with_data.map(|it| it.snapshot_id), Some(SNAPSHOT));
    assert_eq!(all.len(), 2, "both answers of the one source");
    assert_eq!(vault.read(snapshots::files).unwrap(), [file]);
}

#[rstest]
fn a_source_that_has_nothing_new_is_only_dated_anew(
    #[values(Place::Memory, Place::Disk)] place: Place,
) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;
    let before = vault.read(|conn| snapshots::find(conn, SNAPSHOT)).unwrap();

    vault
        .write(|tx| snapshots::set_fetched_at(tx, SNAPSHOT, at(77)))
        .unwrap();

    let after = vault.read(|conn| snapshots::find(conn, SNAPSHOT)).unwrap();
    let expected = before.map(|it| StoredSnapshot {
        fetched_at: at(77),
        ..it
    });
    assert_eq!(after, expected);
}

#[rstest]
fn a_copy_that_is_taken_out_takes_its_tree_with_it(
    #[values(Place::Memory, Place::Disk)] place: Place,
) {
    let mut filled = place.filled();
    let vault = &mut filled.vault;

    vault.write(|tx| snapshots::remove(tx, SNAPSHOT)).unwrap();

    assert_eq!(
        vault.read(|conn| snapshots::find(conn, SNAPSHOT)).unwrap(),
        None
    );
    let nodes: u64 = vault
        .read(|conn| conn.query_row("SELECT COUNT(*) FROM node", (), |row| row.get(0)))
        .unwrap();
    assert_eq!(nodes, 0);
    assert!(matches!(
        vault.write(|tx| snapshots::remove(tx, SNAPSHOT)),
        Err(VaultError::Missing { .. })
    ));
}

#[rstest]
#[case::no_bytes(Vec::new())]
#[case::a_mebibyte((0..1_048_576_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect())]
fn bytes_come_back_exactly(#[case] raw: Vec<u8>) {
    let mut vault = Vault::in_memory().unwrap();
    let file = StoredSnapshot {
        operator_id: None,
        ..plain(34, at(9), Outcome::Ok)
    };

    vault
        .write(|tx| snapshots::insert(tx, &file, Some(&raw), []))
        .unwrap();

    let id = file.snapshot_id;
    let header = vault
        .read(|conn| snapshots::find(conn, id))
        .unwrap()
        .unwrap();
    assert_eq!(header.raw_bytes, raw.len() as u64);
    assert!(vault.read(|conn| snapshots::raw(conn, id)).unwrap() == Some(Personal::new(raw)));
}

#[rstest]
#[case::more_than_came("UPDATE snapshot SET raw_bytes = raw_bytes - 1")]
#[case::less_than_came("UPDATE snapshot SET raw_bytes = raw_bytes + 1")]
#[case::not_compressed("UPDATE snapshot SET raw = x'00ff00ff'")]
fn bytes_that_do_not_unfold_to_what_came_are_corrupt(#[case] sql: &str) {
    let mut filled = Place::Memory.filled();
    let vault = &mut filled.vault;
    vault
        .write(|tx| tx.execute_batch(sql).map_err(VaultError::during("spoil")))
        .unwrap();

    let error = vault
        .read(|conn| snapshots::raw(conn, SNAPSHOT))
        .unwrap_err();

    assert!(
        matches!(
            error,
            VaultError::Corrupt {
                table: "snapshot",
                column: "raw"
            }
        ),
        "{error:?}"
    );
}

fn plain(number: u128, fetched_at: jiff::Timestamp, outcome: Outcome) -> StoredSnapshot {
    StoredSnapshot {
        snapshot_id: SnapshotId::from_uuid(Uuid::from_u128(number)),
        outcome,
        fetched_at,
        ..snapshot("plain")
    }
}
