-- Requests that wait for a person (RFC 8894 section 4.4).

-- Reserved for a request that waits: no other request can use it, and its own expiry ends nothing any more.
alter table challenge add column held_at timestamptz;

create table held_request (
    id                    uuid        primary key,
    profile               text        not null,
    -- One challenge, one request that waits with it, whatever became of it. No foreign key: old challenges are removed.
    challenge_id          uuid        unique,
    -- The transaction it came in first; held_transaction has all of them.
    transaction_id        text        not null,
    source_address        text,
    received_at           timestamptz not null,
    expires_at            timestamptz not null,
    -- The names that the certificate will have.
    subject               text        not null,
    subject_alt_names     jsonb       not null,
    key                   text        not null,
    -- The CertificationRequestInfo without the challenge: nothing in here lets anybody enrol.
    csr                   bytea       not null,
    spki_sha256           text        not null check (spki_sha256 ~ '^[0-9a-f]{64}$'),
    request_sha256        text        not null check (request_sha256 ~ '^[0-9a-f]{64}$'),
    -- Whether the message was signed with the key it wants certified.
    signer_holds_key      boolean     not null,
    -- What a person said. That a request expired shows in expires_at alone.
    ruling                text        check (ruling in ('APPROVED', 'DENIED')),
    ruled_at              timestamptz,
    ruled_by              text,
    ruling_reason         text,
    certificate_ca        text,
    certificate_serial    bytea,
    check ((ruling is null) = (ruled_at is null) and (ruling is null) = (ruled_by is null)
           and (ruling is null) = (ruling_reason is null)),
    check ((ruling is not distinct from 'APPROVED') = (certificate_serial is not null)
           and (certificate_ca is null) = (certificate_serial is null)),
    foreign key (certificate_ca, certificate_serial) references certificate (ca, serial)
);

-- How many wait per profile, and which do: few rows, whatever was decided before.
create index held_request_waiting on held_request (profile, id) where ruling is null;
-- Without a challenge, a request is known again by what it asks for.
create index held_request_unbound on held_request (profile, request_sha256, id) where challenge_id is null;

-- Who may poll for a request: the holder of the key that signed it, in each transaction it was sent in.
-- A client that uses one transactionID for two requests polls for the later one.
create table held_transaction (
    profile        text not null,
    transaction_id text not null,
    signer_sha256  text not null check (signer_sha256 ~ '^[0-9a-f]{64}$'),
    request_id     uuid not null references held_request (id) on delete cascade,
    primary key (profile, transaction_id, signer_sha256)
);
create index held_transaction_by_request on held_transaction (request_id);

-- GET /api/v1/transactions/{id}: every exchange is one event.
create index audit_event_by_transaction on audit_event ((details ->> 'transactionId'), id)
    where details ->> 'transactionId' is not null;
