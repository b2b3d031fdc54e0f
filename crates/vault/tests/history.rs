//! What was decided is only appended to, until the person forgets the operator.

use rstest::rstest;
use vault::{Vault, VaultError, forgetting, operators};

use crate::support::{CONSENT, decide, fill, operator, operator_id};

#[rstest]
#[case::a_record_changed("UPDATE consent_record SET fields = '[]'")]
#[case::a_record_deleted("DELETE FROM consent_record")]
#[case::an_event_changed("UPDATE consent_event SET kind = 'refused'")]
#[case::an_event_deleted("DELETE FROM consent_event")]
#[case::a_statement_changed("UPDATE statement SET jws = ''")]
#[case::a_statement_moved("UPDATE statement SET chain_seq = 2")]
#[case::a_statement_deleted("DELETE FROM statement")]
#[case::a_receipt_changed("UPDATE receipt SET jws = ''")]
#[case::a_receipt_deleted("DELETE FROM receipt")]
#[case::the_journal_changed("UPDATE journal SET what = 'nothing'")]
#[case::the_journal_deleted("DELETE FROM journal")]
fn history_refuses(#[case] sql: &str) {
    let mut vault = filled();

    let outcome = vault.write(|tx| {
        tx.execute_batch(sql)
            .map_err(VaultError::during("rewrite history"))
    });

    let Err(VaultError::Sqlite { source, .. }) = outcome else {
        panic!("{outcome:?}");
    };
    assert!(source.to_string().ends_with("is append-only"), "{source}");
}

#[test]
fn a_superseded_statement_stays_superseded() {
    let mut vault = filled();
    let set = |vault: &mut Vault, value: bool| {
        vault.write(|tx| {
            tx.execute("UPDATE statement SET is_superseded = ?1", [value])
                .map_err(VaultError::during("supersede"))
        })
    };

    set(&mut vault, true).unwrap();

    assert!(set(&mut vault, false).is_err());
}

#[test]
fn an_operator_with_decisions_is_not_simply_removed() {
    let mut vault = filled();

    let is_removed = vault
        .write(|tx| operators::remove(tx, &operator_id()))
        .unwrap();

    assert!(!is_removed);
    assert!(
        vault
            .read(|conn| operators::find(conn, &operator_id()))
            .unwrap()
            .is_some()
    );
}

#[test]
fn an_operator_without_decisions_is_removed_with_what_came_from_it() {
    let mut vault = Vault::in_memory().unwrap();
    vault
        .write(|tx| operators::insert(tx, &operator("Aino")))
        .unwrap();

    let is_removed = vault
        .write(|tx| operators::remove(tx, &operator_id()))
        .unwrap();

    assert!(is_removed);
    assert!(vault.read(operators::list).unwrap().is_empty());
}

#[test]
fn forgetting_an_operator_takes_out_every_row_of_it_and_nothing_else() {
    let mut vault = filled();

    vault
        .write(|tx| forgetting::forget_operator(tx, &operator_id()))
        .unwrap();

    let left: Vec<String> = vault.read(tables_with_rows).unwrap();
    assert_eq!(left, ["journal", "meta", "notice", "setting"]);
}

#[test]
fn history_holds_again_after_forgetting() {
    let mut vault = filled();
    vault
        .write(|tx| forgetting::forget_operator(tx, &operator_id()))
        .unwrap();
    vault
        .write(|tx| {
            operators::insert(tx, &operator("Aino"))?;
            decide(tx, "Aino")
        })
        .unwrap();

    let outcome = vault.write(|tx| {
        tx.execute(
            "DELETE FROM consent_record WHERE consent_id = ?1",
            [CONSENT.to_string()],
        )
        .map_err(VaultError::during("rewrite history"))
    });

    assert!(outcome.is_err());
}

fn filled() -> Vault {
    let mut vault = Vault::in_memory().unwrap();
    vault.write(|tx| fill(tx, "Aino")).unwrap();
    vault
}

fn tables_with_rows(conn: &vault::Connection) -> rusqlite::Result<Vec<String>> {
    let tables: Vec<String> = conn
        .prepare(
            "SELECT name FROM sqlite_schema
              WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
        )?
        .query_map((), |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(tables
        .into_iter()
        .filter(|table| {
            let sql = format!("SELECT EXISTS (SELECT 1 FROM {table})");
            conn.query_row(&sql, (), |row| row.get(0)).unwrap()
        })
        .collect())
}
