-- A vault as schema 1 leaves it: one row in every table.

INSERT INTO setting VALUES ('language', 'sv');

INSERT INTO operator VALUES ('https://operator.example.fi', 'https://operator.example.fi',
    '{"fi":"Malli","sv":"Exempel","en":"Sample"}', 0, '{}', '{"keys":[]}',
    'urn:mdc:surrogate:Aino', zeroblob(32), 'eyJ.binding', 'https://operator.example.fi/poll',
    'access', 'refresh', 1795346100000, 0, 482, 12, 3, 1795342500000, 1795342501000, NULL);

INSERT INTO delegation VALUES ('https://operator.example.fi', 'urn:mdc:surrogate:Eero',
    'eyJ.delegation', 'suomi.fi-valtuudet', 1795428900000);

INSERT INTO service VALUES ('https://operator.example.fi', 'urn:service:preschool', '{}',
    1795342501000);

INSERT INTO source VALUES ('https://operator.example.fi', 'urn:source:family', '{}',
    'https://operator.example.fi/v1/sources/family/schema/1', '{}');

INSERT INTO notice VALUES ('https://operator.example.fi/v1/notices/preschool', '3', 'fi',
    'sha-256:notice', 'Seloste');

INSERT INTO snapshot (snapshot_seq, snapshot_id, operator_id, source_id, outcome, media_type,
    raw_bytes, sha256, value_count, fetched_at, raw)
VALUES (1, '0198f3a2-6c1e-7b55-9d0e-3f5c2f8a1b01', 'https://operator.example.fi',
    'urn:source:family', 'ok', 'application/json', 2, 'sha-256:raw', 1, 1795342501000,
    x'789cabae0500017500f9');

INSERT INTO node VALUES (1, 0, NULL, 0, '', 'object', NULL, 0, 1);
INSERT INTO node VALUES (1, 1, 0, 1, 'FIRST_NAME', 'text', 'Eero', 0, 0);

INSERT INTO access_request VALUES ('req-1', 'https://operator.example.fi', 'eyJ.request', '{}',
    'answered', '0198f3a2-6c1e-7b55-9d0e-3f5c2f8a1b02', 1795342501000, 1795428900000,
    1795342502000);

INSERT INTO consent_record VALUES ('0198f3a2-6c1e-7b55-9d0e-3f5c2f8a1b02',
    'https://operator.example.fi', 'req-1', 'urn:mdc:surrogate:Eero', 'urn:service:preschool',
    '{}', 'sha-256:record', '{}', '["/child/birthDate"]', 1795342503000, 1827014400000);

INSERT INTO consent_event VALUES (1, '0198f3a2-6c1e-7b55-9d0e-3f5c2f8a1b02', 1795342503000,
    'given');

INSERT INTO statement VALUES ('0198f3a2-7000-7000-8000-000000000001',
    '0198f3a2-6c1e-7b55-9d0e-3f5c2f8a1b02', 1, 1, 'eyJ.statement', 'sha-256:statement', 0,
    1795342503000);

INSERT INTO receipt VALUES ('https://operator.example.fi r-0001',
    '0198f3a2-6c1e-7b55-9d0e-3f5c2f8a1b02', 'sha-256:statement', 'eyJ.receipt', 1795342504000,
    1795342505000);

INSERT INTO outbox VALUES ('0198f3a2-7000-7000-8000-000000000001', 1,
    'https://operator.example.fi', '0198f3a2-6c1e-7b55-9d0e-3f5c2f8a1b02', 'statement', 0, '',
    'accepted', 1, NULL, NULL, 1795342503000, 1795342505000);

INSERT INTO event VALUES ('https://operator.example.fi', 'ev-000482', 482, 'access-requested',
    '{"request":"req-1"}', 1795342501000, 1795342501000, 1795342502000);

INSERT INTO access VALUES ('https://operator.example.fi', 'acc-991',
    '0198f3a2-6c1e-7b55-9d0e-3f5c2f8a1b02', 1795342506000, '{}');

INSERT INTO offer VALUES ('offer-1', 'https://operator.example.fi', 'eyJ.offer', '{}',
    'accepting', 'urn:mdc:surrogate:Eero', '0198f3a2-7000-7000-8000-000000000009', NULL,
    1795342501000, 1795342502000);

INSERT INTO journal VALUES (1, 1795342500000, 'vault-created', NULL);
