//! Reads rows into typed values, and runs the statements of the table modules.
//!
//! A value that no version writes is [`VaultError::Corrupt`], which names the column and never
//! quotes what it holds.

use std::str::FromStr;

use jiff::Timestamp;
use pii::{Personal, Secret};
use rusqlite::types::{FromSql, FromSqlError};
use rusqlite::{Connection, Params, Row, Statement, Transaction};

use crate::VaultError;

/// One row of `table`, of which each column is asked for by name and type.
pub(crate) struct Columns<'row, 'stmt> {
    table: &'static str,
    /// Looked up once for all rows: SQLite takes its time to tell a column's name.
    names: &'row [String],
    row: &'row Row<'stmt>,
}

impl Columns<'_, '_> {
    /// Returns a column as SQLite types it; `Option<T>` where it may be null.
    pub(crate) fn get<T: FromSql>(&self, column: &'static str) -> Result<T, VaultError> {
        let value = self
            .names
            .iter()
            .position(|name| name == column)
            .ok_or_else(|| rusqlite::Error::InvalidColumnName(column.to_owned()))
            .and_then(|at| self.row.get_ref(at))
            .map_err(VaultError::during("read a column"))?;
        T::column_result(value).map_err(|_: FromSqlError| self.corrupt(column))
    }

    /// Returns a column whose text must parse.
    pub(crate) fn parse<T: FromStr>(&self, column: &'static str) -> Result<T, VaultError> {
        self.get::<String>(column)?
            .parse()
            .map_err(|_| self.corrupt(column))
    }

    /// As [`Self::parse`], where the column may be null.
    pub(crate) fn parse_opt<T: FromStr>(
        &self,
        column: &'static str,
    ) -> Result<Option<T>, VaultError> {
        self.get::<Option<String>>(column)?
            .map(|text| text.parse().map_err(|_| self.corrupt(column)))
            .transpose()
    }

    /// Returns a time, stored as milliseconds since the Unix epoch.
    pub(crate) fn time(&self, column: &'static str) -> Result<Timestamp, VaultError> {
        Timestamp::from_millisecond(self.get(column)?).map_err(|_| self.corrupt(column))
    }

    /// As [`Self::time`], where the column may be null.
    pub(crate) fn time_opt(&self, column: &'static str) -> Result<Option<Timestamp>, VaultError> {
        self.get::<Option<i64>>(column)?
            .map(|at| Timestamp::from_millisecond(at).map_err(|_| self.corrupt(column)))
            .transpose()
    }

    /// Returns a text that is personal.
    pub(crate) fn personal(&self, column: &'static str) -> Result<Personal<String>, VaultError> {
        self.get(column).map(Personal::new)
    }

    /// As [`Self::personal`], where the column may be null.
    pub(crate) fn personal_opt(
        &self,
        column: &'static str,
    ) -> Result<Option<Personal<String>>, VaultError> {
        Ok(self.get::<Option<String>>(column)?.map(Personal::new))
    }

    /// Returns a text that opens something, or null.
    pub(crate) fn secret_opt(
        &self,
        column: &'static str,
    ) -> Result<Option<Secret<String>>, VaultError> {
        Ok(self.get::<Option<String>>(column)?.map(Secret::new))
    }

    /// Returns a column whose text is one of a closed list.
    pub(crate) fn code<T>(
        &self,
        column: &'static str,
        from_code: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, VaultError> {
        from_code(&self.get::<String>(column)?).ok_or_else(|| self.corrupt(column))
    }

    /// Returns a column that holds JSON.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(
        &self,
        column: &'static str,
    ) -> Result<T, VaultError> {
        serde_json::from_str(&self.get::<String>(column)?).map_err(|_| self.corrupt(column))
    }

    fn corrupt(&self, column: &'static str) -> VaultError {
        VaultError::Corrupt {
            table: self.table,
            column,
        }
    }
}

/// Where a query reads from and what it is for, in one place for its errors.
#[derive(Clone, Copy)]
pub(crate) struct Query {
    /// The table that its rows are of.
    pub(crate) table: &'static str,
    /// What cannot be done when it fails.
    pub(crate) action: &'static str,
    /// The statement.
    pub(crate) sql: &'static str,
}

impl Query {
    /// Returns every row.
    pub(crate) fn all<T>(
        self,
        conn: &Connection,
        params: impl Params,
        read: impl Fn(&Columns<'_, '_>) -> Result<T, VaultError>,
    ) -> Result<Vec<T>, VaultError> {
        let fail = || VaultError::during(self.action);
        let mut statement = conn.prepare_cached(self.sql).map_err(fail())?;
        let names = names(&statement);
        let mut rows = statement.query(params).map_err(fail())?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(fail())? {
            found.push(read(&Columns {
                table: self.table,
                names: &names,
                row,
            })?);
        }
        Ok(found)
    }

    /// Returns the first row, if there is one.
    pub(crate) fn first<T>(
        self,
        conn: &Connection,
        params: impl Params,
        read: impl Fn(&Columns<'_, '_>) -> Result<T, VaultError>,
    ) -> Result<Option<T>, VaultError> {
        let fail = || VaultError::during(self.action);
        let mut statement = conn.prepare_cached(self.sql).map_err(fail())?;
        let names = names(&statement);
        let mut rows = statement.query(params).map_err(fail())?;
        rows.next()
            .map_err(fail())?
            .map(|row| {
                read(&Columns {
                    table: self.table,
                    names: &names,
                    row,
                })
            })
            .transpose()
    }
}

fn names(statement: &Statement<'_>) -> Vec<String> {
    statement.column_names().map(str::to_owned).collect()
}

/// Returns the one number that `sql` counts.
pub(crate) fn count(
    conn: &Connection,
    action: &'static str,
    sql: &str,
    params: impl Params,
) -> Result<u64, VaultError> {
    conn.prepare_cached(sql)
        .and_then(|mut statement| statement.query_row(params, |row| row.get(0)))
        .map_err(VaultError::during(action))
}

/// Runs one statement and returns how many rows it changed.
pub(crate) fn run(
    tx: &Transaction<'_>,
    action: &'static str,
    sql: &str,
    params: impl Params,
) -> Result<usize, VaultError> {
    tx.prepare_cached(sql)
        .and_then(|mut statement| statement.execute(params))
        .map_err(VaultError::during(action))
}

/// Runs one statement that must change a row.
pub(crate) fn change(
    tx: &Transaction<'_>,
    action: &'static str,
    sql: &str,
    params: impl Params,
) -> Result<(), VaultError> {
    match run(tx, action, sql, params)? {
        0 => Err(VaultError::Missing { action }),
        _ => Ok(()),
    }
}

/// Gives an enum the codes under which a column stores it.
macro_rules! stored_as {
    ($name:ident { $($variant:ident = $code:literal),+ $(,)? }) => {
        impl $name {
            /// Returns the code under which it is stored.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use stored_as;
