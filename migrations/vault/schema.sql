-- What the steps make together. Written by `UPDATE_SCHEMA=1 cargo nextest run -p vault`.

CREATE TABLE access (
    -- A use of the data that an operator reports.
    operator_id TEXT NOT NULL REFERENCES operator (operator_id) ON DELETE CASCADE,
    access_id   TEXT NOT NULL,
    consent_id  TEXT,
    happened_at INTEGER NOT NULL,
    entry       TEXT NOT NULL,                   -- JSON: paths, never values
    PRIMARY KEY (operator_id, access_id)
) STRICT;

CREATE INDEX access_by_consent ON access (consent_id, happened_at);

CREATE INDEX access_by_time ON access (happened_at);

CREATE TABLE access_request (
    -- A request as it came, and the person's dealing with it.
    request_id  TEXT NOT NULL PRIMARY KEY,
    operator_id TEXT NOT NULL REFERENCES operator (operator_id) ON DELETE CASCADE,
    jws         TEXT NOT NULL,
    request     TEXT,                            -- JSON: the request as understood
    state       TEXT NOT NULL CHECK (state IN
        ('requested', 'deferred', 'answered', 'cancelled')),
    consent_id  TEXT,
    received_at INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    notified_at INTEGER
) STRICT;

CREATE INDEX access_request_by_state ON access_request (state, received_at);

CREATE TABLE consent_event (
    -- Rows are added and never changed; the triggers below hold that.
    event_seq   INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    consent_id  TEXT NOT NULL REFERENCES consent_record (consent_id),
    happened_at INTEGER NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('given', 'refused', 'deferred', 'paused',
        'resumed', 'withdrawn', 'revoked', 'expired'))
) STRICT;

CREATE INDEX consent_event_by_consent ON consent_event (consent_id, event_seq);

CREATE TRIGGER consent_event_is_append_only_delete BEFORE DELETE ON consent_event
BEGIN SELECT RAISE(ABORT, 'consent_event is append-only'); END;

CREATE TRIGGER consent_event_is_append_only_update BEFORE UPDATE ON consent_event
BEGIN SELECT RAISE(ABORT, 'consent_event is append-only'); END;

CREATE TABLE consent_record (
    -- One answer by one person to one request. Status is not stored here: it follows from the
    -- newest row of consent_event.
    consent_id  TEXT NOT NULL PRIMARY KEY,
    operator_id TEXT NOT NULL REFERENCES operator (operator_id),
    request_id  TEXT NOT NULL,
    subject_id  TEXT NOT NULL,
    service_id  TEXT NOT NULL,
    record      TEXT NOT NULL,                   -- the record in its canonical form (RFC 8785)
    record_hash TEXT NOT NULL,
    request     TEXT NOT NULL,                   -- JSON: the request as it was answered
    fields      TEXT NOT NULL,                   -- JSON: the paths that were allowed
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX consent_record_by_operator ON consent_record (operator_id);

CREATE TRIGGER consent_record_is_append_only_delete BEFORE DELETE ON consent_record
BEGIN SELECT RAISE(ABORT, 'consent_record is append-only'); END;

CREATE TRIGGER consent_record_is_append_only_update BEFORE UPDATE ON consent_record
BEGIN SELECT RAISE(ABORT, 'consent_record is append-only'); END;

CREATE TABLE delegation (
    -- The operator's signed word that the person may decide for someone. Expires.
    operator_id TEXT NOT NULL REFERENCES operator (operator_id) ON DELETE CASCADE,
    subject_id  TEXT NOT NULL,
    jws         TEXT NOT NULL,
    authority   TEXT NOT NULL,
    expires_at  INTEGER NOT NULL,
    PRIMARY KEY (operator_id, subject_id)
) STRICT;

CREATE TABLE event (
    -- Events taken from an operator, so that each counts once. Unacknowledged until acked_at.
    operator_id TEXT NOT NULL REFERENCES operator (operator_id) ON DELETE CASCADE,
    event_id    TEXT NOT NULL,
    seq         INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    body        TEXT NOT NULL,                   -- JSON: identifiers and addresses only
    received_at INTEGER NOT NULL,
    applied_at  INTEGER,
    acked_at    INTEGER,
    PRIMARY KEY (operator_id, event_id)
) STRICT;

CREATE TABLE journal (
    -- What was done with the vault, for the person to read. No content, only what and when.
    entry_seq   INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    happened_at INTEGER NOT NULL,
    what        TEXT NOT NULL,                   -- a code
    subject     TEXT                             -- an identifier
) STRICT;

CREATE TRIGGER journal_is_append_only_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;

CREATE TRIGGER journal_is_append_only_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;

CREATE TABLE meta (
    -- One row about the file itself.
    meta_id     INTEGER NOT NULL PRIMARY KEY CHECK (meta_id = 1),
    compatibility_floor INTEGER NOT NULL         -- the least number of steps an app must know
) STRICT;

CREATE TABLE node (
    -- One node of a snapshot's tree, in reading order.
    snapshot_seq INTEGER NOT NULL REFERENCES snapshot (snapshot_seq) ON DELETE CASCADE,
    seq         INTEGER NOT NULL,
    parent_seq  INTEGER,
    depth       INTEGER NOT NULL,
    key         TEXT NOT NULL,
    kind        TEXT NOT NULL,
    value       TEXT,
    is_masked   INTEGER NOT NULL CHECK (is_masked IN (0, 1)),
    child_count INTEGER NOT NULL,
    PRIMARY KEY (snapshot_seq, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX node_by_parent ON node (snapshot_seq, parent_seq, seq);

CREATE TABLE notice (
    -- The text of a notice, kept as it was when it was read.
    uri         TEXT NOT NULL,
    version     TEXT NOT NULL,
    language    TEXT NOT NULL CHECK (language IN ('fi', 'sv', 'en')),
    hash        TEXT NOT NULL,
    body        TEXT NOT NULL,
    PRIMARY KEY (uri, version, language, hash)
) STRICT;

CREATE TABLE offer (
    -- An offer of the catalogue, and the person's dealing with it. Matching is never stored.
    offer_id    TEXT NOT NULL PRIMARY KEY,
    operator_id TEXT NOT NULL REFERENCES operator (operator_id) ON DELETE CASCADE,
    jws         TEXT NOT NULL,
    payload     TEXT NOT NULL,                   -- JSON
    state       TEXT NOT NULL DEFAULT 'open' CHECK (state IN
        ('open', 'dismissed', 'accepting', 'accepted')),
    subject_id  TEXT,                            -- whom it was accepted for
    accept_key  TEXT,                            -- asking for the request counts once under it
    request_id  TEXT,
    fetched_at  INTEGER NOT NULL,
    notified_at INTEGER
) STRICT;

CREATE TABLE operator (
    -- One MyData operator and this device's standing with it.
    operator_id     TEXT NOT NULL PRIMARY KEY,   -- its issuer URL
    base_url        TEXT NOT NULL,
    name            TEXT NOT NULL,               -- JSON: text in fi, sv, en
    is_sample       INTEGER NOT NULL CHECK (is_sample IN (0, 1)),
    discovered      TEXT NOT NULL,               -- JSON: all that discovery found
    pinned_keys     TEXT NOT NULL,               -- JSON Web Key Set trusted at first sight
    person_id       TEXT,                        -- the resident's surrogate there, once signed in
    device_seed     BLOB,                        -- Ed25519 seed of the key that signs statements
    binding         TEXT,                        -- JWS: the operator binds our key to the person
    stream_url      TEXT,                        -- where events are polled
    access_token    TEXT,
    refresh_token   TEXT,
    token_expires_at INTEGER,
    sign_in_needed  INTEGER NOT NULL DEFAULT 1 CHECK (sign_in_needed IN (0, 1)),
    last_event_seq  INTEGER NOT NULL DEFAULT 0,
    access_log_after INTEGER NOT NULL DEFAULT 0,
    offers_version  INTEGER NOT NULL DEFAULT 0,
    connected_at    INTEGER NOT NULL,
    last_contact_at INTEGER,
    last_failure    TEXT                         -- a code, while the last contact failed
) STRICT;

CREATE TABLE outbox (
    -- Messages owed to an operator. A row stays until the operator's receipt is in.
    message_id  TEXT NOT NULL PRIMARY KEY,
    position    INTEGER NOT NULL UNIQUE,         -- the order in which they were owed
    operator_id TEXT NOT NULL REFERENCES operator (operator_id),
    consent_id  TEXT NOT NULL REFERENCES consent_record (consent_id),
    kind        TEXT NOT NULL CHECK (kind IN ('record', 'statement')),
    is_withdrawal INTEGER NOT NULL CHECK (is_withdrawal IN (0, 1)),
    body        TEXT NOT NULL,                   -- as sent; empty once accepted
    state       TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'accepted', 'set_aside')),
    attempts    INTEGER NOT NULL DEFAULT 0,
    not_before  INTEGER,
    problem     TEXT,                            -- a code, when it was set aside
    queued_at   INTEGER NOT NULL,
    settled_at  INTEGER
) STRICT;

CREATE INDEX outbox_by_consent ON outbox (consent_id, position);

CREATE INDEX outbox_by_state ON outbox (operator_id, state, position);

CREATE TABLE receipt (
    -- The operator's signed word on a statement, verified before it is kept.
    receipt_id  TEXT NOT NULL PRIMARY KEY,       -- operator and jti
    consent_id  TEXT NOT NULL REFERENCES consent_record (consent_id),
    statement_hash TEXT NOT NULL,
    jws         TEXT NOT NULL,
    effective_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL
) STRICT;

CREATE INDEX receipt_by_consent ON receipt (consent_id, effective_at);

CREATE TRIGGER receipt_is_append_only_delete BEFORE DELETE ON receipt
BEGIN SELECT RAISE(ABORT, 'receipt is append-only'); END;

CREATE TRIGGER receipt_is_append_only_update BEFORE UPDATE ON receipt
BEGIN SELECT RAISE(ABORT, 'receipt is append-only'); END;

CREATE TABLE service (
    -- A data using service as its operator describes it.
    operator_id TEXT NOT NULL REFERENCES operator (operator_id) ON DELETE CASCADE,
    service_id  TEXT NOT NULL,
    description TEXT NOT NULL,                   -- JSON
    fetched_at  INTEGER NOT NULL,
    PRIMARY KEY (operator_id, service_id)
) STRICT;

CREATE TABLE setting (
    -- The person's choices, one value each.
    name        TEXT NOT NULL PRIMARY KEY,
    value       TEXT NOT NULL
) STRICT;

CREATE TABLE snapshot (
    -- What one source held at one time, or why it could not be had; or a file the person opened.
    snapshot_seq INTEGER NOT NULL PRIMARY KEY,   -- what its nodes refer to: short, they are many
    snapshot_id TEXT NOT NULL UNIQUE,
    operator_id TEXT REFERENCES operator (operator_id) ON DELETE CASCADE,
    source_id   TEXT NOT NULL,                   -- for a file: 'file:' and its hash
    outcome     TEXT NOT NULL CHECK (outcome IN
        ('ok', 'empty', 'failed', 'insufficient_loa')),
    problem     TEXT,                            -- JSON: why, when the outcome is 'failed'
    etag        TEXT,
    file_name   TEXT,
    media_type  TEXT NOT NULL,
    raw_bytes   INTEGER NOT NULL DEFAULT 0,      -- how many bytes came
    sha256      TEXT,                            -- of the bytes as they came
    value_count INTEGER NOT NULL DEFAULT 0,
    fetched_at  INTEGER NOT NULL,
    raw         BLOB                             -- the bytes as they came, zlib (RFC 1950); last,
                                                 -- so that no other column is read through it
) STRICT;

CREATE INDEX snapshot_by_sha256 ON snapshot (sha256);

CREATE INDEX snapshot_by_source ON snapshot (operator_id, source_id, fetched_at);

CREATE TABLE source (
    -- A data source that an operator can fetch from, and the schema of what it holds.
    operator_id TEXT NOT NULL REFERENCES operator (operator_id) ON DELETE CASCADE,
    source_id   TEXT NOT NULL,
    entry       TEXT NOT NULL,                   -- JSON
    schema_url  TEXT NOT NULL,
    schema      TEXT,                            -- JSON Schema, once fetched
    PRIMARY KEY (operator_id, source_id)
) STRICT;

CREATE TABLE statement (
    -- A signed statement of the chain of one consent record. A conflict with the operator's head
    -- replaces the newest one by a statement signed anew; what was accepted is never changed.
    statement_id TEXT NOT NULL PRIMARY KEY,
    consent_id  TEXT NOT NULL REFERENCES consent_record (consent_id),
    event_seq   INTEGER NOT NULL REFERENCES consent_event (event_seq),
    chain_seq   INTEGER NOT NULL,
    jws         TEXT NOT NULL,
    hash        TEXT NOT NULL,
    is_superseded INTEGER NOT NULL DEFAULT 0 CHECK (is_superseded IN (0, 1)),
    signed_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX statement_by_consent ON statement (consent_id, chain_seq);

CREATE INDEX statement_by_event_seq ON statement (event_seq);

CREATE UNIQUE INDEX statement_by_place ON statement (consent_id, chain_seq)
    WHERE is_superseded = 0;

CREATE TRIGGER statement_is_append_only_delete BEFORE DELETE ON statement
BEGIN SELECT RAISE(ABORT, 'statement is append-only'); END;

CREATE TRIGGER statement_is_append_only_update BEFORE UPDATE ON statement
WHEN new.is_superseded < old.is_superseded
  OR (new.statement_id, new.consent_id, new.event_seq, new.chain_seq, new.jws, new.hash,
      new.signed_at)
  IS NOT (old.statement_id, old.consent_id, old.event_seq, old.chain_seq, old.jws, old.hash,
      old.signed_at)
BEGIN SELECT RAISE(ABORT, 'statement is append-only'); END;
