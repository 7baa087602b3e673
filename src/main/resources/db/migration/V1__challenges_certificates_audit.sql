-- Ids are UUIDs of version 7 (RFC 9562), made by the server: they grow with time, so "newest first" and
-- keyset paging need no index beside the primary key.

-- One-time challenges. The secret itself is never stored: secret_mac is its HMAC under a pepper.
create table challenge (
    id              uuid        primary key,
    secret_mac      bytea       not null unique check (octet_length(secret_mac) = 32),
    profile         text        not null,
    device_id       text,
    created_by      text        not null,
    created_at      timestamptz not null,
    expires_at      timestamptz not null,
    -- What the certificate may hold, as agreed when the challenge was made.
    binding         jsonb       not null,
    spent_at        timestamptz,
    cancelled_at    timestamptz,
    locked_at       timestamptz,
    failed_attempts integer     not null default 0 check (failed_attempts >= 0),
    check (spent_at is null or cancelled_at is null)
-- Spending and counting touch no indexed column: with room in the page they stay heap-only updates.
) with (fillfactor = 85);

create index challenge_by_device on challenge (device_id, id) where device_id is not null;
create index challenge_by_creator on challenge (created_by, id);

-- Why a device was refused, numbered by challenge.failed_attempts under that row's lock.
create table challenge_attempt (
    challenge_id   uuid        not null references challenge (id) on delete cascade,
    number         integer     not null,
    at             timestamptz not null,
    source_address text,
    transaction_id text,
    violations     jsonb       not null,
    primary key (challenge_id, number)
);

create table certificate (
    ca                text        not null,
    -- Unsigned, big-endian, without leading zeros: its hex is what openssl prints.
    serial            bytea       not null check (octet_length(serial) between 1 and 20),
    profile           text        not null,
    -- Null for a certificate that needed no challenge. Unique: one challenge, one certificate, whatever the
    -- servers do. No foreign key: certificates are kept when old challenges are removed.
    challenge_id      uuid        unique,
    subject           text        not null,
    spki_sha256       text        not null check (spki_sha256 ~ '^[0-9a-f]{64}$'),
    request_sha256    text        not null check (request_sha256 ~ '^[0-9a-f]{64}$'),
    not_before        timestamptz not null,
    not_after         timestamptz not null,
    der               bytea       not null,
    issued_at         timestamptz not null,
    revoked_at        timestamptz,
    -- CRLReason of RFC 5280 section 5.3.1.
    revocation_reason smallint,
    primary key (ca, serial),
    check ((revoked_at is null) = (revocation_reason is null))
);

create table audit_event (
    id             uuid        primary key,
    at             timestamptz not null,
    actor          text        not null,
    source_address text,
    action         text        not null,
    object         text        not null,
    outcome        text        not null,
    reason         text,
    details        jsonb       not null
);

-- Append-only against mistakes of our own and careless hands (an owner of the table can always lift it).
-- Retention removes old rows after "set local scepgate.retention = 'on'"; a row is never changed.
create function audit_event_is_append_only() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and current_setting('scepgate.retention', true) = 'on' then
        return old;
    end if;
    raise exception 'audit_event is append-only' using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_event_append_only before update or delete on audit_event
    for each row execute function audit_event_is_append_only();
create trigger audit_event_no_truncate before truncate on audit_event
    for each statement execute function audit_event_is_append_only();
