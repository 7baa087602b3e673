-- What the database does for each enrolment, less what nobody needs. docs/performance.md tells what it saves.

-- The changes take a moment, but wait for whoever reads the table, a pg_dump too, and every device would wait behind them.
-- Then the start fails, and is tried again.
set local lock_timeout = '3s';

-- certificate_by_end begins with the same two columns and goes on.
drop index certificate_by_expiry;

-- A check is parsed and planned for every statement, and a regular expression of 64 places is made anew for every value.
-- What stands here is what the server makes of a SHA-256 in one place, and nobody sends it.
alter table certificate
    drop constraint certificate_spki_sha256_check,
    drop constraint certificate_request_sha256_check,
    drop constraint certificate_ca_key_sha256_check;

-- As before, with the names that are looked for, by the function that makes these, and with plans that a session keeps:
-- certificate_names() was planned for each call.
create or replace function certificate_is_found() returns trigger language plpgsql as $$
begin
    if new.device_id is null then
        select device_id into new.device_id from challenge where id = coalesce(new.challenge_id, new.origin_challenge_id);
    end if;
    if new.device_id is null and new.renewed_serial is not null then
        select device_id into new.device_id from certificate where ca = new.ca and serial = new.renewed_serial;
    end if;
    insert into certificate_name (name, certificate_id)
    select name, new.id from certificate_names_of(new.subject, new.subject_alt_names) as name;
    return new;
end
$$;
drop function certificate_names(uuid, text, text);
