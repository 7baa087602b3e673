-- What the release before sends to the database, as PostgreSQL logged it: written down when its schema was at V8. It must
-- go on working on every schema up to that of the release after, for both run beside each other while one replaces the
-- other.

prepare add_audit_event as
    insert into audit_event (action, actor, at, details, object, outcome, reason, source_address, id) values ($1,
    $2, $3, cast(cast($4 as text) as jsonb), $5, $6, $7, $8, $9);

prepare add_seal as
    insert into audit_seal (number, rows, first_written_in, first_id, last_written_in, last_id, newest, entries,
    root_hash, previous_hash, keyed, hash, sealed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
    $13);

prepare add_certificate as
    insert into certificate (ca_key_sha256, challenge_id, der, id, issued_at, latest_challenge_id,
    longest_validity_sec, not_after, not_before, origin_challenge_id, profile, renewed_serial, replaced,
    request_sha256, revoked_at, spki_sha256, subject, subject_alt_names, ca, serial) values ($1, $2, $3, $4, $5, $6,
    $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20);

prepare add_challenge as
    insert into challenge (binding, cancelled_at, created_at, created_by, device_id, expires_at, failed_attempts,
    held_at, locked_at, profile, replaces, secret_mac, spent_at, id) values (cast(cast($1 as text) as jsonb), $2,
    $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

prepare add_held_request as
    insert into held_request (ca_key_sha256, certificate_ca, certificate_serial, challenge_id, csr, expires_at, key,
    profile, received_at, request_sha256, ruled_at, ruled_by, ruling, ruling_reason, signer_holds_key,
    signer_serial, source_address, spki_sha256, subject, subject_alt_names, transaction_id, id) values ($1, $2, $3,
    $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, cast(cast($20 as text) as jsonb), $21,
    $22);

prepare add_held_transaction as
    insert into held_transaction (profile, transaction_sha256, signer_sha256, request_id) values ($1, $2, $3, $4) on
    conflict (profile, transaction_sha256, signer_sha256) do update set request_id = excluded.request_id, sent_at =
    clock_timestamp();

prepare forget_old_transactions as
    delete from held_transaction where (profile, transaction_sha256, signer_sha256) in ( select profile,
    transaction_sha256, signer_sha256 from held_transaction where request_id = $1 order by sent_at desc offset $2);

prepare forget_old_alarms as
    delete from audit_alarm where raised_at <= $1;

prepare read_unsealed as
    select written_in, id, (extract(epoch from at) * 1000000)::bigint as at_micros, actor, source_address, action,
    object, outcome, reason, details::text as details from audit_event where (written_in, id) > ($1, $2) and
    written_in < pg_snapshot_xmin(pg_current_snapshot())::text::bigint + audit_transaction_offset() order by
    written_in, id limit $3;

prepare read_last_seal as
    select number, rows, first_written_in, first_id, last_written_in, last_id, newest, root_hash, previous_hash,
    keyed, hash, sealed_at from audit_seal order by number desc limit 1;

prepare read_verdict_by_secret as
    select c.id, c.profile, cast(c.binding as text) as binding, c.expires_at, c.spent_at, c.cancelled_at,
    c.locked_at, c.held_at, x.spki_sha256, x.request_sha256, x.der, x.not_after, x.revoked_at, h.spki_sha256 as
    held_spki, h.request_sha256 as held_request, h.expires_at as held_until from challenge c left join certificate x
    on x.challenge_id = c.id left join held_request h on h.challenge_id = c.id where c.secret_mac = $1;

prepare read_verdict_by_id as
    select c.id, c.profile, cast(c.binding as text) as binding, c.expires_at, c.spent_at, c.cancelled_at,
    c.locked_at, c.held_at, x.spki_sha256, x.request_sha256, x.der, x.not_after, x.revoked_at, h.spki_sha256 as
    held_spki, h.request_sha256 as held_request, h.expires_at as held_until from challenge c left join certificate x
    on x.challenge_id = c.id left join held_request h on h.challenge_id = c.id where c.id = $1;

prepare read_renewable as
    select c.profile, c.der, c.revoked_at, c.origin_challenge_id, c.latest_challenge_id, c.longest_validity_sec,
    s.request_sha256 as successor_request, s.der as successor_der, s.not_after as successor_not_after, s.revoked_at
    as successor_revoked_at from certificate c left join certificate s on s.ca = c.ca and s.renewed_serial =
    c.serial and s.spki_sha256 = $3 and not s.replaced where c.ca = $1 and c.serial = $2;

prepare read_inventory_entry as
    select c.id, c.ca, c.serial, c.profile, c.device_id, c.subject, c.subject_alt_names, c.spki_sha256,
    c.not_before, c.not_after, c.issued_at, c.revoked_at, c.revocation_reason, c.renewed_serial, c.challenge_id from
    certificate c where c.serial = $1 and c.ca = $2 order by c.id desc limit 2;

prepare read_challenge as
    select ce1_0.id, cast(ce1_0.binding as text), ce1_0.cancelled_at,(select encode(c.serial, 'hex') from
    certificate c where c.challenge_id = ce1_0.id), ce1_0.created_at, ce1_0.created_by, ce1_0.device_id,
    ce1_0.expires_at, ce1_0.failed_attempts, ce1_0.held_at,(select h.id from held_request h where h.challenge_id =
    ce1_0.id),(select h.ruling from held_request h where h.challenge_id = ce1_0.id),(select h.expires_at from
    held_request h where h.challenge_id = ce1_0.id), ce1_0.locked_at, ce1_0.profile,(select r.id from challenge r
    where r.replaces = ce1_0.id), ce1_0.replaces, ce1_0.secret_mac, ce1_0.spent_at from challenge ce1_0 where
    ce1_0.id=$1;

prepare read_challenges_of_device as
    select ce1_0.id, cast(ce1_0.binding as text), ce1_0.cancelled_at,(select encode(c.serial, 'hex') from
    certificate c where c.challenge_id = ce1_0.id), ce1_0.created_at, ce1_0.created_by, ce1_0.device_id,
    ce1_0.expires_at, ce1_0.failed_attempts, ce1_0.held_at,(select h.id from held_request h where h.challenge_id =
    ce1_0.id),(select h.ruling from held_request h where h.challenge_id = ce1_0.id),(select h.expires_at from
    held_request h where h.challenge_id = ce1_0.id), ce1_0.locked_at, ce1_0.profile,(select r.id from challenge r
    where r.replaces = ce1_0.id), ce1_0.replaces, ce1_0.secret_mac, ce1_0.spent_at from challenge ce1_0 where
    ce1_0.device_id=$1 and ce1_0.spent_at is null and ce1_0.cancelled_at is null and (ce1_0.expires_at>$2 or
    ce1_0.held_at is not null);

prepare count_open_challenges as
    select cast(count(*) as integer) from ( select 1 from challenge where created_by = $1 and expires_at > cast($2
    as timestamptz) and spent_at is null and cancelled_at is null and locked_at is null limit $3 ) as open;

prepare count_renewals as
    select count(*) from certificate ce1_0 where ce1_0.ca=$1 and ce1_0.renewed_serial=$2 and ce1_0.spki_sha256=$3
    and ce1_0.replaced=false;

prepare count_waiting as
    select count(*) from held_request where profile = $1 and challenge_id is null and ruling is null and expires_at
    > $2;

prepare read_held_request as
    select hre1_0.id, hre1_0.ca_key_sha256, hre1_0.certificate_ca,(select c.der from certificate c where c.ca =
    hre1_0.certificate_ca and c.serial = hre1_0.certificate_serial),(select c.not_after from certificate c where
    c.ca = hre1_0.certificate_ca and c.serial = hre1_0.certificate_serial),(select c.revoked_at from certificate c
    where c.ca = hre1_0.certificate_ca and c.serial = hre1_0.certificate_serial), hre1_0.certificate_serial,
    hre1_0.challenge_id, hre1_0.csr, hre1_0.expires_at, hre1_0.key, hre1_0.profile, hre1_0.received_at,
    hre1_0.request_sha256, hre1_0.ruled_at, hre1_0.ruled_by, hre1_0.ruling, hre1_0.ruling_reason,
    hre1_0.signer_holds_key, hre1_0.signer_serial, hre1_0.source_address, hre1_0.spki_sha256, hre1_0.subject,
    cast(hre1_0.subject_alt_names as text), hre1_0.transaction_id from held_request hre1_0 where hre1_0.id=$1;

prepare read_held_request_of_challenge as
    select hre1_0.id, hre1_0.ca_key_sha256, hre1_0.certificate_ca,(select c.der from certificate c where c.ca =
    hre1_0.certificate_ca and c.serial = hre1_0.certificate_serial),(select c.not_after from certificate c where
    c.ca = hre1_0.certificate_ca and c.serial = hre1_0.certificate_serial),(select c.revoked_at from certificate c
    where c.ca = hre1_0.certificate_ca and c.serial = hre1_0.certificate_serial), hre1_0.certificate_serial,
    hre1_0.challenge_id, hre1_0.csr, hre1_0.expires_at, hre1_0.key, hre1_0.profile, hre1_0.received_at,
    hre1_0.request_sha256, hre1_0.ruled_at, hre1_0.ruled_by, hre1_0.ruling, hre1_0.ruling_reason,
    hre1_0.signer_holds_key, hre1_0.signer_serial, hre1_0.source_address, hre1_0.spki_sha256, hre1_0.subject,
    cast(hre1_0.subject_alt_names as text), hre1_0.transaction_id from held_request hre1_0 where
    hre1_0.challenge_id=$1 offset $2 rows fetch first $3 rows only;

prepare read_waiting as
    select hre1_0.id, hre1_0.ca_key_sha256, hre1_0.certificate_ca,(select c.der from certificate c where c.ca =
    hre1_0.certificate_ca and c.serial = hre1_0.certificate_serial),(select c.not_after from certificate c where
    c.ca = hre1_0.certificate_ca and c.serial = hre1_0.certificate_serial),(select c.revoked_at from certificate c
    where c.ca = hre1_0.certificate_ca and c.serial = hre1_0.certificate_serial), hre1_0.certificate_serial,
    hre1_0.challenge_id, hre1_0.csr, hre1_0.expires_at, hre1_0.key, hre1_0.profile, hre1_0.received_at,
    hre1_0.request_sha256, hre1_0.ruled_at, hre1_0.ruled_by, hre1_0.ruling, hre1_0.ruling_reason,
    hre1_0.signer_holds_key, hre1_0.signer_serial, hre1_0.source_address, hre1_0.spki_sha256, hre1_0.subject,
    cast(hre1_0.subject_alt_names as text), hre1_0.transaction_id from held_request hre1_0 where 1=1 and
    hre1_0.ruling is null and hre1_0.expires_at>$1 and hre1_0.profile=$2 order by hre1_0.id desc offset $3 rows
    fetch first $4 rows only;

prepare read_poll as
    select request_id from held_transaction where profile = $1 and transaction_sha256 = $2 and signer_sha256 = $3;

prepare lock_waiting as
    select id from held_request where id = $1 and ruling is null and expires_at > $2 for no key update;

prepare lock_request_of_challenge as
    select id from held_request where challenge_id = $1 for no key update;

prepare lock_renewed as
    select profile from certificate where ca = $1 and serial = $2 and revoked_at is null for update;

prepare read_crl as
    select number, this_update, next_update, der from crl where ca = $1 and ca_key_sha256 = $2;

prepare read_crl_changes as
    select id from crl_change where ca = $1 and ca_key_sha256 = $2;

prepare read_revoked as
    select serial, revoked_at, revocation_reason from certificate where ca = $1 and coalesce(ca_key_sha256, $2) = $2
    and revoked_at is not null and not_after > $3;

prepare read_ocsp as
    select serial, revoked_at, revocation_reason from certificate where ca = $1 and coalesce(ca_key_sha256, $2) = $2
    and serial = any ($3);

prepare publish_crl as
    with published as ( insert into crl (ca, ca_key_sha256, number, this_update, next_update, der) values ($1, $2,
    $3, $4, $5, $6) on conflict (ca, ca_key_sha256) do update set number = $3, this_update = $4, next_update = $5,
    der = $6 where crl.number = $3 - 1 returning number ), told as ( delete from crl_change where id = any ($7) and
    exists (select from published) ) select number from published;

prepare replace_certificate as
    update certificate ce1_0 set replaced=true where ce1_0.ca=$1 and ce1_0.renewed_serial=$2 and
    ce1_0.spki_sha256=$3 and ce1_0.replaced=false and ce1_0.revoked_at is null and ce1_0.not_after<$4;

prepare cancel_challenge as
    update challenge ce1_0 set cancelled_at=$1 where ce1_0.id=$2 and ce1_0.spent_at is null and ce1_0.cancelled_at
    is null;

prepare reserve_challenge as
    update challenge ce1_0 set held_at=$1 where ce1_0.id=$2 and ce1_0.spent_at is null and ce1_0.cancelled_at is
    null and ce1_0.locked_at is null and ce1_0.held_at is null and ce1_0.expires_at>$1;

prepare spend_reserved as
    update challenge ce1_0 set spent_at=$1 where ce1_0.id=$2 and ce1_0.spent_at is null and ce1_0.cancelled_at is
    null and ce1_0.held_at is not null;

prepare spend_challenge as
    update challenge ce1_0 set spent_at=$1 where ce1_0.id=$2 and ce1_0.spent_at is null and ce1_0.cancelled_at is
    null and ce1_0.locked_at is null and ce1_0.held_at is null and ce1_0.expires_at>$1;

prepare deny as
    update held_request hre1_0 set ruling=$1, ruled_at=$2, ruled_by=$3, ruling_reason=$4 where hre1_0.id=$5 and
    hre1_0.ruling is null and hre1_0.expires_at>$2;

prepare approve as
    update held_request hre1_0 set ruling=$1, ruled_at=$2, ruled_by=$3, ruling_reason=$4, certificate_ca=$5,
    certificate_serial=$6 where hre1_0.id=$7 and hre1_0.ruling is null;

prepare revoke as
    with changed as ( update certificate set revoked_at = coalesce(revoked_at, cast($1 as timestamptz)),
    revocation_reason = $2 where ca = $3 and serial = $4 and (revoked_at is null or (revocation_reason = 6 and $5 <>
    6)) returning ca, serial, profile, device_id, subject ) select * from changed;

prepare revoke_device as
    with changed as ( update certificate set revoked_at = coalesce(revoked_at, cast($1 as timestamptz)),
    revocation_reason = $2 where device_id = $3 and not_after >= cast($4 as timestamptz) and (revoked_at is null or
    (revocation_reason = 6 and $5 <> 6)) returning ca, serial, profile, device_id, subject ) select * from changed;

prepare unhold as
    with changed as ( update certificate set revoked_at = null, revocation_reason = null where ca = $1 and serial =
    $2 and revocation_reason = 6 returning ca, serial, profile, device_id, subject ) select * from changed;

prepare count_refusal as
    with judged as ( select id, spent_at is null and cancelled_at is null and locked_at is null and held_at is null
    and expires_at > cast($1 as timestamptz) and failed_attempts + 1 >= $2 as locks from challenge where id = $3 for
    update ), counted as ( update challenge c set failed_attempts = c.failed_attempts + 1, locked_at = case when
    j.locks then cast($4 as timestamptz) else c.locked_at end from judged j where c.id = j.id returning
    c.failed_attempts, j.locks ), kept as ( insert into challenge_attempt (challenge_id, number, at, source_address,
    transaction_id, violations) select $5, failed_attempts, cast($6 as timestamptz), nullif(cast($7 as text), ''),
    nullif(cast($8 as text), ''), cast(cast($9 as text) as jsonb) from counted where failed_attempts <= $10 ) select
    locks from counted;

prepare take_token as
    with taken as ( insert into client_rate as r (client, tokens, refilled_at) values ($1, cast($2 as double
    precision) - 1, clock_timestamp()) on conflict (client) do update set tokens = least(cast($3 as double
    precision), r.tokens + cast($4 as double precision) * greatest(0, extract(epoch from clock_timestamp() -
    r.refilled_at))) - 1, refilled_at = clock_timestamp() where least(cast($5 as double precision), r.tokens +
    cast($6 as double precision) * greatest(0, extract(epoch from clock_timestamp() - r.refilled_at))) >= 1
    returning 0 as wait ) select wait from taken union all select cast(greatest(1, ceil((1 - r.tokens) / cast($7 as
    double precision) - extract(epoch from clock_timestamp() - r.refilled_at))) as integer) from client_rate r where
    r.client = $8 and not exists (select 1 from taken);

prepare read_transaction as
    select id, at, actor, source_address, action, object, outcome, reason, cast(details as text) as details from
    audit_event where details ->> 'transactionId' = $1 and id < $2 and ($3 or details ->> 'profile' = $4) order by
    id desc fetch first $5 rows only;

prepare forget_challenges as
    with old as ( select c.id from challenge c where c.id > $1 and c.id < $2 and c.expires_at < $3 and not exists (
    select from certificate x where x.origin_challenge_id = c.id and x.not_after >= now()) and not exists ( select
    from certificate x where x.latest_challenge_id = c.id and x.not_after >= now()) and not exists ( select from
    held_request h where h.challenge_id = c.id and (h.expires_at >= $3 or h.ruled_at >= $3)) order by c.id limit
    1000 ), waited as ( delete from held_request where challenge_id in (select id from old) ), gone as ( delete from
    challenge where id in (select id from old) returning id ) select (select count(*) from gone) as removed, (select
    id from old order by id desc limit 1) as last;

prepare forget_requests as
    with old as ( select id from held_request where id > $1 and id < $2 and expires_at < $3 and challenge_id is null
    and (ruled_at is null or ruled_at < $3) order by id limit 1000 ), gone as ( delete from held_request where id in
    (select id from old) returning id ) select (select count(*) from gone) as removed, (select id from old order by
    id desc limit 1) as last;

prepare forget_audit as
    with gone as materialized ( select from generate_series(1, forget_audit_events($3, 1000)) ), old as ( select
    $1::uuid as id where $2::uuid is not null ) select (select count(*) from gone) as removed, (select id from old
    order by id desc limit 1) as last;

prepare read_crl_states as
    select ca, ca_key_sha256, number, this_update, exists (select from crl_change c where c.ca = crl.ca and
    c.ca_key_sha256 = crl.ca_key_sha256) as changed from crl;

prepare keep_answer as
    insert into idempotent_answer as kept (caller, key, request_sha256, key_id, sealed, created_at) values ($1, $2, $3,
    $4, $5, cast($6 as timestamptz)) on conflict (caller, key) do update set request_sha256 = excluded.request_sha256,
    key_id = excluded.key_id, sealed = excluded.sealed, created_at = excluded.created_at where kept.created_at <=
    cast($7 as timestamptz);

prepare add_alarm as
    insert into audit_alarm (action, object, raised_at) values ($1, $2, $3) on conflict (action, object) do nothing;

prepare note_anchor as
    insert into audit_anchor (target, number) values ($1, $2) on conflict (target) do update set number =
    excluded.number;
