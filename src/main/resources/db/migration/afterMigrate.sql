-- Runs at each start, before anything is written. A dump that was restored into another PostgreSQL brings rows of
-- transactions that this one has not reached: from here on the numbers go on above them.
do $$
declare
    reached bigint := pg_current_xact_id()::text::bigint + audit_transaction_offset();
    highest bigint := greatest((select max(written_in) from audit_event), (select max(last_written_in) from audit_seal));
begin
    if highest > reached then
        execute format('create or replace function audit_transaction_offset() returns bigint language sql immutable as %L',
            format('select %s::bigint', audit_transaction_offset() + highest - reached + 1));
    end if;
end
$$;
