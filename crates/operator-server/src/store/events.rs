//! Streams of events: one per device, numbered, kept until their receiver has them.

use consent::PersonId;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

use super::StoreError;

/// A device's stream.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    pub(crate) id: String,
    pub(crate) kid: String,
    /// JSON: the event types asked for; none means all.
    pub(crate) wanted: String,
    pub(crate) last_seq: u64,
}

/// An event in a stream, signed.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) stream: String,
    pub(crate) seq: u64,
    pub(crate) id: String,
    pub(crate) jws: String,
}

/// Adds a stream, or changes what an existing one of the same device is for.
pub(crate) fn upsert_stream(
    tx: &Transaction<'_>,
    stream: &Stream,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO stream (stream_id, kid, wanted, created_at) VALUES (:id, :kid, :wanted, :now)
         ON CONFLICT (kid) DO UPDATE SET wanted = :wanted",
        named_params! {
            ":id": stream.id,
            ":kid": stream.kid,
            ":wanted": stream.wanted,
            ":now": now.as_millisecond(),
        },
    )
    .map_err(StoreError::during("set up a stream"))?;
    Ok(())
}

/// Returns a stream by its identifier.
pub(crate) fn find_stream(conn: &Connection, id: &str) -> Result<Option<Stream>, StoreError> {
    conn.query_row(
        "SELECT * FROM stream WHERE stream_id = :id",
        named_params! { ":id": id },
        read_stream,
    )
    .optional()
    .map_err(StoreError::during("find a stream"))
}

/// Returns the stream of a device.
pub(crate) fn find_stream_of(conn: &Connection, kid: &str) -> Result<Option<Stream>, StoreError> {
    conn.query_row(
        "SELECT * FROM stream WHERE kid = :kid",
        named_params! { ":kid": kid },
        read_stream,
    )
    .optional()
    .map_err(StoreError::during("find a device's stream"))
}

/// Returns the streams of all devices of a person that may still sign.
pub(crate) fn list_streams_of(
    conn: &Connection,
    person: &PersonId,
) -> Result<Vec<Stream>, StoreError> {
    list_streams(
        conn,
        "SELECT stream.* FROM stream JOIN device USING (kid)
          WHERE device.person_id = ?1 AND device.revoked_at IS NULL ORDER BY stream_id",
        [person.as_str()],
    )
}

/// Returns every stream, for what is the same for everybody.
pub(crate) fn list_all_streams(conn: &Connection) -> Result<Vec<Stream>, StoreError> {
    list_streams(
        conn,
        "SELECT stream.* FROM stream JOIN device USING (kid)
          WHERE device.revoked_at IS NULL ORDER BY stream_id",
        (),
    )
}

fn list_streams(
    conn: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<Stream>, StoreError> {
    conn.prepare_cached(sql)
        .and_then(|mut statement| statement.query_map(params, read_stream)?.collect())
        .map_err(StoreError::during("list streams"))
}

/// Appends an event to its stream.
pub(crate) fn append(
    tx: &Transaction<'_>,
    event: &Event,
    now: Timestamp,
) -> Result<(), StoreError> {
    let seq = i64::try_from(event.seq).unwrap_or(i64::MAX);
    tx.execute(
        "INSERT INTO event (stream_id, seq, event_id, jws, made_at)
         VALUES (:stream, :seq, :id, :jws, :now)",
        named_params! {
            ":stream": event.stream,
            ":seq": seq,
            ":id": event.id,
            ":jws": event.jws,
            ":now": now.as_millisecond(),
        },
    )
    .map_err(StoreError::during("append an event"))?;
    tx.execute(
        "UPDATE stream SET last_seq = :seq WHERE stream_id = :stream",
        named_params! { ":stream": event.stream, ":seq": seq },
    )
    .map_err(StoreError::during("number an event"))?;
    Ok(())
}

/// Marks an event as done with: received, or refused with the code `fault`.
pub(crate) fn acknowledge(
    tx: &Transaction<'_>,
    stream: &str,
    id: &str,
    fault: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE event SET acked_at = :now, fault = :fault
          WHERE stream_id = :stream AND event_id = :id AND acked_at IS NULL",
        named_params! {
            ":stream": stream,
            ":id": id,
            ":fault": fault,
            ":now": now.as_millisecond(),
        },
    )
    .map_err(StoreError::during("acknowledge an event"))?;
    Ok(())
}

/// Returns the events that wait in a stream, the oldest first.
pub(crate) fn list_waiting(
    conn: &Connection,
    stream: &str,
    limit: u32,
) -> Result<Vec<Event>, StoreError> {
    conn.prepare_cached(
        "SELECT * FROM event WHERE stream_id = :stream AND acked_at IS NULL
          ORDER BY seq LIMIT :limit",
    )
    .and_then(|mut statement| {
        statement
            .query_map(
                named_params! { ":stream": stream, ":limit": limit },
                |row| {
                    Ok(Event {
                        stream: row.get("stream_id")?,
                        seq: super::count(row, "seq")?,
                        id: row.get("event_id")?,
                        jws: row.get("jws")?,
                    })
                },
            )?
            .collect()
    })
    .map_err(StoreError::during("list waiting events"))
}

/// Forgets events made before `before`, and those acknowledged. A receiver notices a gap by the
/// numbers.
pub(crate) fn prune(tx: &Transaction<'_>, before: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM event WHERE made_at < :before OR acked_at IS NOT NULL AND fault IS NULL",
        named_params! { ":before": before.as_millisecond() },
    )
    .map_err(StoreError::during("forget old events"))?;
    Ok(())
}

fn read_stream(row: &Row<'_>) -> rusqlite::Result<Stream> {
    Ok(Stream {
        id: row.get("stream_id")?,
        kid: row.get("kid")?,
        wanted: row.get("wanted")?,
        last_seq: super::count(row, "last_seq")?,
    })
}
