-- The transaction that wrote a row, as a number that only grows. It tells which rows are complete: of a transaction below
-- the oldest that still runs, every row that will ever be is there, however late it committed. Ids cannot tell that,
-- they are made before the commit. After a restore into another PostgreSQL, whose transactions count from anew, the
-- offset grows (afterMigrate.sql).
create function audit_transaction_offset() returns bigint language sql immutable as 'select 0::bigint';

alter table audit_event add column written_in bigint not null
    default pg_current_xact_id()::text::bigint + audit_transaction_offset();

-- The order of the chain.
create unique index audit_event_in_order on audit_event (written_in, id);

-- GET /api/v1/audit. Partial where one value has most of the rows: newest first, it is found without an index.
create index audit_event_by_object on audit_event (object, id);
create index audit_event_by_address on audit_event (source_address, id);
create index audit_event_by_action on audit_event (action, id)
    where action <> 'certificate.issued' and action <> 'challenge.created';
create index audit_event_by_actor on audit_event (actor, id) where actor <> 'device';
create index audit_event_by_outcome on audit_event (outcome, id) where outcome <> 'success';
create index audit_event_by_profile on audit_event ((details ->> 'profile'), id);

-- A batch of rows that stood next to each other in (written_in, id); bytes that are hashed: docs/audit.md.
create table audit_seal (
    number          bigint      primary key check (number > 0),
    rows            integer     not null check (rows > 0),
    first_written_in bigint     not null,
    first_id        uuid        not null,
    last_written_in bigint      not null,
    last_id         uuid        not null,
    -- The latest time in the batch.
    newest          timestamptz not null,
    -- Id and SHA-256 of each row, 48 bytes: they tell which row was changed. Gone when the rows are.
    entries         bytea,
    root_hash       bytea       not null check (octet_length(root_hash) = 32),
    previous_hash   bytea       not null check (octet_length(previous_hash) = 32),
    keyed           boolean     not null,
    hash            bytea       not null unique check (octet_length(hash) = 32),
    sealed_at       timestamptz not null,
    -- When retention removed the rows; the seal stays.
    removed_at      timestamptz,
    unique (last_written_in, last_id),
    check ((entries is null) = (removed_at is not null)),
    check (entries is null or octet_length(entries) = rows * 48)
);
create index audit_seal_kept on audit_seal (number) where removed_at is null;

create function audit_seal_is_append_only() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and current_setting('scepgate.retention', true) = 'on' then
        return new;
    end if;
    raise exception 'audit_seal is append-only' using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_seal_append_only before update or delete on audit_seal
    for each row execute function audit_seal_is_append_only();
create trigger audit_seal_no_truncate before truncate on audit_seal
    for each statement execute function audit_seal_is_append_only();

-- How far the seals are written down outside: in the file, at the webhook.
create table audit_anchor (
    target text   primary key,
    number bigint not null
);

-- Removes the rows of whole seals, oldest first, as long as all rows of a seal are older; stops after so many rows.
create function forget_audit_events(before timestamptz, enough bigint) returns bigint language plpgsql as $$
declare
    seal    record;
    batch   bigint;
    removed bigint := 0;
begin
    perform set_config('scepgate.retention', 'on', true);
    for seal in select * from audit_seal where removed_at is null order by number loop
        exit when removed >= enough or seal.newest >= before;
        update audit_seal set removed_at = now(), entries = null where number = seal.number;
        delete from audit_event
        where (written_in, id) >= (seal.first_written_in, seal.first_id)
          and (written_in, id) <= (seal.last_written_in, seal.last_id);
        get diagnostics batch = row_count;
        removed := removed + batch;
    end loop;
    return removed;
end
$$;

-- As before, and of a sealed batch all rows or none, or the chain would show a hole.
create or replace function audit_event_is_append_only() returns trigger language plpgsql as $$
declare
    forgotten boolean;
begin
    if tg_op = 'DELETE' and current_setting('scepgate.retention', true) = 'on' then
        select removed_at is not null into forgotten from audit_seal
        where (last_written_in, last_id) >= (old.written_in, old.id) order by last_written_in, last_id limit 1;
        if forgotten then
            return old;
        end if;
        raise exception 'audit_event: only forget_audit_events() removes rows' using errcode = 'insufficient_privilege';
    end if;
    raise exception 'audit_event is append-only' using errcode = 'insufficient_privilege';
end
$$;

-- Which alarm was raised when: each once in a window.
create table audit_alarm (
    action    text        not null,
    object    text        not null,
    raised_at timestamptz not null,
    primary key (action, object)
);
