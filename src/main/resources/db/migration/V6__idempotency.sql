-- Answers that are given again to who repeats a request under the same Idempotency-Key, for 24 hours.
create table idempotent_answer (
    caller         text        not null,
    key            text        not null,
    -- Of the request: another one under the same key is refused.
    request_sha256 bytea       not null check (octet_length(request_sha256) = 32),
    -- Which key of the server's seals the answer; the answer holds secrets.
    key_id         text        not null,
    sealed         bytea       not null,
    created_at     timestamptz not null,
    -- One answer, whatever parallel requests and servers do.
    primary key (caller, key)
);
create index idempotent_answer_by_age on idempotent_answer (created_at);

-- The challenge that this one was made in place of, and no other: a device has one that works.
alter table challenge add column replaces uuid;
create unique index challenge_replaces on challenge (replaces) where replaces is not null;
