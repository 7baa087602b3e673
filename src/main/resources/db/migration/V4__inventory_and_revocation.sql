-- The inventory is read newest first, in pages: it gets ids of version 7 as the other tables have them.
create function time_ordered_id(at timestamptz) returns uuid language sql volatile as $$
    select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0')
            || '7' || substr(random, 1, 3) || '8' || substr(random, 4, 15))::uuid
    from (select md5(random()::text || clock_timestamp()::text)) as drawn(random)
$$;

alter table certificate
    -- The default is for servers of the release before, which may run beside this one while all are replaced.
    add column id                uuid not null default time_ordered_id(now()),
    -- The device of its challenge, or of the certificate it renews; see the trigger.
    add column device_id         text,
    -- One name a line: dns:device-42.acme.example
    add column subject_alt_names text;

-- Names by which certificates are found, in lower case: 's:' and the subject, or 'a:' and an alternative name. Sorted by
-- bytes, so that one index finds a name and the start of one. No foreign key: certificates are kept for ever.
create table certificate_name (
    name           text collate "C" not null,
    certificate_id uuid             not null,
    primary key (name, certificate_id)
);

-- An entry of an index holds 2,700 bytes and a name may be longer: 200 characters must do to find it.
create function certificate_names(id uuid, subject text, alt_names text) returns void language sql as $$
    insert into certificate_name (name, certificate_id)
    select distinct left(lower(name), 202), id
    from unnest(array['s:' || subject] || array(
        select 'a:' || substr(line, position(':' in line) + 1) from unnest(string_to_array(alt_names, e'\n')) as line
    )) as name
$$;

update certificate set id = time_ordered_id(issued_at);
update certificate c set
    device_id = h.device_id,
    subject_alt_names = (
        select string_agg(kind.key || ':' || name, e'\n')
        from jsonb_each(h.binding -> 'subjectAltNames') as kind, jsonb_array_elements_text(kind.value) as name
    )
from challenge h where h.id = c.origin_challenge_id and jsonb_typeof(h.binding -> 'subjectAltNames') = 'object';
select count(certificate_names(id, subject, subject_alt_names)) from certificate;

alter table certificate add constraint certificate_id unique (id);
create index certificate_by_device on certificate (device_id, id) where device_id is not null;
-- What of a profile expires when; and the few certificates of a small profile among many others.
create index certificate_by_expiry on certificate (profile, not_after);
-- Whether a challenge is still of use: devices send it with every renewal.
create index certificate_by_origin on certificate (origin_challenge_id) where origin_challenge_id is not null;
-- Holds all that a CRL says, so that making one reads neither other certificates nor the rows of these.
drop index certificate_revoked;
create index certificate_revoked on certificate (id)
    include (ca, ca_key_sha256, serial, revoked_at, revocation_reason, not_after) where revoked_at is not null;

-- A trigger and no join of the server's: it costs no round trip, and servers of the release before have it too.
create function certificate_is_found() returns trigger language plpgsql as $$
begin
    if new.device_id is null then
        select device_id into new.device_id from challenge where id = coalesce(new.challenge_id, new.origin_challenge_id);
    end if;
    if new.device_id is null and new.renewed_serial is not null then
        select device_id into new.device_id from certificate where ca = new.ca and serial = new.renewed_serial;
    end if;
    perform certificate_names(new.id, new.subject, new.subject_alt_names);
    return new;
end
$$;
create trigger certificate_is_found before insert on certificate
    for each row execute function certificate_is_found();

-- A key of a CA whose CRL does not tell yet what became of its certificates. Who publishes a CRL deletes the rows that it
-- saw before it read the revoked certificates: so no revocation is lost, however transactions and clocks overlap.
create table crl_change (
    id            bigint generated always as identity primary key,
    ca            text not null,
    ca_key_sha256 text not null
);

create function certificate_changed() returns trigger language plpgsql as $$
begin
    insert into crl_change (ca, ca_key_sha256)
    select distinct changed.ca, coalesce(changed.ca_key_sha256, crl.ca_key_sha256) from changed
    left join crl on changed.ca_key_sha256 is null and crl.ca = changed.ca
    where coalesce(changed.ca_key_sha256, crl.ca_key_sha256) is not null;
    return null;
end
$$;
create trigger certificate_changed after update on certificate referencing new table as changed
    for each statement execute function certificate_changed();
