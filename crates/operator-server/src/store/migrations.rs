//! The steps that bring a store up to date: forward only, all in one transaction.

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;

const STEPS: &[&str] = &[include_str!(
    "../../../../migrations/operator/0001_operator.sql"
)];

/// Runs the steps that the store lacks.
///
/// # Errors
///
/// Fails with [`StoreError::TooNew`], changing nothing, if the store has steps that are not known.
pub(crate) fn run(connection: &mut Connection) -> Result<(), StoreError> {
    let tx = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(StoreError::during("begin a migration"))?;
    let found: u32 = tx
        .query_row("PRAGMA user_version", (), |row| row.get(0))
        .map_err(StoreError::during("read the store's version"))?;
    let done = usize::try_from(found).unwrap_or(usize::MAX);
    let Some(missing) = STEPS.get(done..) else {
        return Err(StoreError::TooNew { found });
    };
    let steps = u32::try_from(STEPS.len()).unwrap_or(u32::MAX);
    for step in missing {
        tx.execute_batch(step)
            .map_err(StoreError::during("run a migration"))?;
    }
    tx.pragma_update(None, "user_version", steps)
        .map_err(StoreError::during("write the store's version"))?;
    tx.commit().map_err(StoreError::during("end a migration"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_twice_changes_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        run(&mut connection).unwrap();
        run(&mut connection).unwrap();

        let version: u32 = connection
            .query_row("PRAGMA user_version", (), |row| row.get(0))
            .unwrap();
        assert_eq!(version, 1);
    }

    #[test]
    fn a_store_of_a_newer_version_is_refused_untouched() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();

        let error = run(&mut connection).unwrap_err();

        assert!(
            matches!(error, StoreError::TooNew { found: 99 }),
            "{error:?}"
        );
        let tables: u32 = connection
            .query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get(0))
            .unwrap();
        assert_eq!(tables, 0);
    }
}
