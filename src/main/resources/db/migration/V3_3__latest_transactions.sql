-- A request that waits is remembered in its latest transactions only: a device may invent one with every message.
alter table held_transaction add column sent_at timestamptz not null default clock_timestamp();
