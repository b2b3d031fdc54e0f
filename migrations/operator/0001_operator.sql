-- 0001 operator: what the reference operator knows. Unkeyed: nothing in it opens a vault.
-- Times are integer milliseconds since the Unix epoch (UTC); identifiers are text as on the wire.

CREATE TABLE identity (
    -- Who this operator is. One row, drawn at the first start: devices pin the key.
    identity_id INTEGER NOT NULL PRIMARY KEY CHECK (identity_id = 1),
    key_seed    BLOB NOT NULL CHECK (length(key_seed) = 32),
    port        INTEGER,                         -- the loopback port of the last start
    offers_version INTEGER NOT NULL DEFAULT 0,   -- counts changes of the catalogue
    created_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE issuer (
    -- Every name this operator has had. Messages addressed to an earlier one still count.
    issuer      TEXT NOT NULL PRIMARY KEY,
    last_used_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sign_in (
    -- A sign-in page that somebody has open. The token is in the page, its twin in a cookie.
    token_hash  BLOB NOT NULL PRIMARY KEY,
    cookie_hash BLOB NOT NULL,
    redirect_uri TEXT NOT NULL,
    state       TEXT,
    code_challenge TEXT NOT NULL,
    scope       TEXT NOT NULL,
    expires_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE access_grant (
    -- What one sign-in gave: all its tokens end together.
    grant_id    TEXT NOT NULL PRIMARY KEY,
    person_id   TEXT NOT NULL,
    scope       TEXT NOT NULL,
    signed_in_at INTEGER NOT NULL,
    device_kid  TEXT,                            -- the device enrolled with it
    revoked_at  INTEGER
) STRICT;

CREATE TABLE authorization_code (
    -- A code on its way from the browser to the app. Used once; a second use ends the grant.
    code_hash   BLOB NOT NULL PRIMARY KEY,
    grant_id    TEXT NOT NULL REFERENCES access_grant (grant_id),
    redirect_uri TEXT NOT NULL,
    code_challenge TEXT NOT NULL,
    expires_at  INTEGER NOT NULL,
    used_at     INTEGER
) STRICT;

CREATE TABLE token (
    -- Only hashes: who reads this file cannot sign in with it.
    token_hash  BLOB NOT NULL PRIMARY KEY,
    grant_id    TEXT NOT NULL REFERENCES access_grant (grant_id),
    kind        TEXT NOT NULL CHECK (kind IN ('access', 'refresh')),
    expires_at  INTEGER NOT NULL,
    used_at     INTEGER                          -- a refresh token, once exchanged
) STRICT;

CREATE INDEX token_by_expiry ON token (expires_at);

CREATE TABLE challenge (
    -- A nonce that a device signs to show that it holds its key.
    nonce_hash  BLOB NOT NULL PRIMARY KEY,
    person_id   TEXT NOT NULL,
    nonce       TEXT NOT NULL,
    expires_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE device (
    -- A key that signs for a person. Never deleted: past signatures stay verifiable.
    kid         TEXT NOT NULL PRIMARY KEY,       -- RFC 7638 thumbprint
    person_id   TEXT NOT NULL,
    jwk         TEXT NOT NULL,
    binding     TEXT NOT NULL,                   -- JWS, the newest
    enrolled_at INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    revoked_at  INTEGER
) STRICT;

CREATE INDEX device_by_person ON device (person_id, enrolled_at);

CREATE TABLE request (
    -- An access request as its organisation signed it.
    request_id  TEXT NOT NULL PRIMARY KEY,
    request_seq INTEGER NOT NULL UNIQUE,         -- the order in which they were issued
    subject_id  TEXT NOT NULL,
    service_id  TEXT NOT NULL,
    template    TEXT NOT NULL,
    jws         TEXT NOT NULL,
    issued_at   INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    reply_by    INTEGER
) STRICT;

CREATE INDEX request_by_subject ON request (subject_id, service_id);

CREATE TABLE request_participant (
    -- Who takes part in a decision, and so sees the request and all that follows from it.
    request_id  TEXT NOT NULL REFERENCES request (request_id),
    person_id   TEXT NOT NULL,
    role        TEXT NOT NULL CHECK (role IN ('data_subject', 'activator')),
    PRIMARY KEY (request_id, person_id, role)
) STRICT;

CREATE INDEX request_participant_by_person ON request_participant (person_id, request_id);

CREATE TABLE consent_record (
    -- A record as a device sent it, byte for byte. Never changed.
    consent_id  TEXT NOT NULL PRIMARY KEY,
    record_seq  INTEGER NOT NULL UNIQUE,         -- the order in which they came
    hash        TEXT NOT NULL,
    body        BLOB NOT NULL,
    subject_id  TEXT NOT NULL,
    sent_by     TEXT NOT NULL,                   -- the person whose device sent it
    request_id  TEXT REFERENCES request (request_id),  -- what it answers, once a statement counts
    ends_at     INTEGER,                         -- when a permission by it ends by itself
    received_at INTEGER NOT NULL
) STRICT;

CREATE INDEX consent_record_by_request ON consent_record (request_id);

CREATE TABLE statement (
    -- A link of a chain: one chain per record and device key. Rows are added and never changed,
    -- but for the time at which the service was told.
    statement_id TEXT NOT NULL PRIMARY KEY,      -- its jti
    statement_seq INTEGER NOT NULL UNIQUE,       -- the order in which they counted
    consent_id  TEXT NOT NULL REFERENCES consent_record (consent_id),
    kid         TEXT NOT NULL REFERENCES device (kid),
    chain_seq   INTEGER NOT NULL,
    hash        TEXT NOT NULL UNIQUE,
    jws         TEXT NOT NULL,
    status      TEXT NOT NULL,                   -- as the wire spells it
    decided_by  TEXT NOT NULL,
    accepted_at INTEGER NOT NULL,
    -- Refusal and silence must look alike: the service learns of a refusal at the time by which
    -- it asked for an answer, and not before.
    tell_service_at INTEGER NOT NULL,
    told_service_at INTEGER,
    UNIQUE (consent_id, kid, chain_seq)
) STRICT;

CREATE INDEX statement_by_telling ON statement (tell_service_at) WHERE told_service_at IS NULL;

CREATE TRIGGER statement_is_append_only_delete BEFORE DELETE ON statement
BEGIN SELECT RAISE(ABORT, 'statement is append-only'); END;

CREATE TRIGGER statement_is_append_only_update
BEFORE UPDATE OF statement_id, statement_seq, consent_id, kid, chain_seq, hash, jws, status,
    decided_by, accepted_at, tell_service_at ON statement
BEGIN SELECT RAISE(ABORT, 'statement is append-only'); END;

CREATE TABLE consent_end (
    -- A permission that ended without a statement: its date came, or the service ended it.
    consent_id  TEXT NOT NULL PRIMARY KEY REFERENCES consent_record (consent_id),
    status      TEXT NOT NULL,                   -- as the wire spells it
    ended_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE receipt (
    -- The operator's signed word on a statement.
    receipt_id  TEXT NOT NULL PRIMARY KEY,
    statement_id TEXT NOT NULL REFERENCES statement (statement_id),
    jws         TEXT NOT NULL,
    made_at     INTEGER NOT NULL
) STRICT;

CREATE INDEX receipt_by_statement ON receipt (statement_id, made_at);

CREATE TABLE answer (
    -- What was answered under an idempotency key, to be answered again.
    person_id   TEXT NOT NULL,
    key         TEXT NOT NULL,
    body_hash   BLOB NOT NULL,                   -- of the request: method, path and body
    status      INTEGER NOT NULL,
    media_type  TEXT NOT NULL,
    body        TEXT NOT NULL,
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, key)
) STRICT;

CREATE INDEX answer_by_time ON answer (answered_at);

CREATE TABLE stream (
    -- The events for one device (OpenID SSF 1.0, RFC 8936).
    stream_id   TEXT NOT NULL PRIMARY KEY,
    kid         TEXT NOT NULL UNIQUE REFERENCES device (kid),
    wanted      TEXT NOT NULL,                   -- JSON: the event types asked for
    last_seq    INTEGER NOT NULL DEFAULT 0,
    created_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE event (
    -- A signed event until its receiver has it: identifiers and addresses, no personal data.
    stream_id   TEXT NOT NULL REFERENCES stream (stream_id) ON DELETE CASCADE,
    seq         INTEGER NOT NULL,
    event_id    TEXT NOT NULL UNIQUE,
    jws         TEXT NOT NULL,
    made_at     INTEGER NOT NULL,
    acked_at    INTEGER,
    fault       TEXT,                            -- the code with which its receiver refused it
    PRIMARY KEY (stream_id, seq)
) STRICT;

CREATE INDEX event_waiting ON event (stream_id, seq) WHERE acked_at IS NULL;

CREATE TABLE access (
    -- A use of data: paths, never values.
    access_id   TEXT NOT NULL PRIMARY KEY,
    consent_id  TEXT REFERENCES consent_record (consent_id),
    entry       TEXT NOT NULL,
    happened_at INTEGER NOT NULL
) STRICT;

CREATE INDEX access_by_consent ON access (consent_id, happened_at);

CREATE TABLE access_reader (
    -- The access log of one person: numbered for them alone, so that the numbers say nothing
    -- about other people.
    person_id   TEXT NOT NULL,
    seq         INTEGER NOT NULL,
    access_id   TEXT NOT NULL REFERENCES access (access_id),
    PRIMARY KEY (person_id, seq)
) STRICT;

CREATE TABLE offer (
    -- The catalogue: the same for everybody.
    offer_id    TEXT NOT NULL PRIMARY KEY,
    jws         TEXT NOT NULL,
    version     INTEGER NOT NULL,                -- of the catalogue when it was published
    expires_at  INTEGER NOT NULL,
    withdrawn_at INTEGER
) STRICT;

CREATE TABLE source_fetch (
    -- How often a source was asked about a person, so that one that fails at first can recover.
    person_id   TEXT NOT NULL,
    source_id   TEXT NOT NULL,
    fetches     INTEGER NOT NULL,
    first_at    INTEGER NOT NULL,
    PRIMARY KEY (person_id, source_id)
) STRICT;

CREATE TABLE plan (
    -- What the sample city is going to do because of a person, and when.
    plan_id     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id   TEXT NOT NULL,
    deed        TEXT NOT NULL,                   -- JSON: what, about which request or record
    due_at      INTEGER NOT NULL,
    done_at     INTEGER,
    UNIQUE (person_id, deed, due_at)
) STRICT;

CREATE INDEX plan_by_due ON plan (due_at) WHERE done_at IS NULL;
