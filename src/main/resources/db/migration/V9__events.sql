-- What is told to the outside: derived of audit_event, which is written in the transaction that it tells of, and of the
-- ends that times bring. One server at a time writes here, so numbers are in the order of the commits and have no row
-- that comes late: a reader goes on after the last one it saw.
create table event (
    number bigint      generated always as identity primary key,
    id     uuid        not null unique,
    type   text        not null,
    at     timestamptz not null,
    -- Who made the challenge; null where there was none.
    client text,
    -- The bytes that are sent and signed.
    body   text        not null
);

create table event_delivery (
    webhook         text        not null,
    event_number    bigint      not null references event (number) on delete cascade,
    state           text        not null default 'PENDING' check (state in ('PENDING', 'DELIVERED', 'DEAD')),
    attempts        integer     not null default 0,
    queued_at       timestamptz not null,
    due_at          timestamptz not null,
    -- Until then another server is at it, or died with it.
    claimed_until   timestamptz,
    last_attempt_at timestamptz,
    last_status     integer,
    last_error      text,
    primary key (webhook, event_number)
) with (fillfactor = 85);
create index event_delivery_by_event on event_delivery (event_number);
create index event_delivery_due on event_delivery (webhook, due_at, event_number) where state = 'PENDING';
create index event_delivery_dead on event_delivery (webhook, event_number) where state = 'DEAD';

-- How the receiver of a webhook is doing; its lock is the queue of all servers for what is due.
create table event_webhook (
    name          text    primary key,
    -- In a row, of different deliveries; from some on there is one attempt at a time.
    failures      integer not null default 0,
    failing_since timestamptz,
    retry_at      timestamptz
);

-- How far each source of events has been read.
create table event_progress (
    source text primary key,
    number bigint,
    at     timestamptz,
    id     uuid not null
);

-- Requests that nobody decided on; few rows.
create index held_request_undecided on held_request (expires_at, id) where ruling is null;
