alter table held_request
    -- The certificate of the profile's CA that signed the message: an approval looks at it again.
    add column signer_serial bytea check (octet_length(signer_serial) between 1 and 20),
    -- The key of the CA that the request was sent to, as in certificate: while a CA rolls over the device chooses.
    add column ca_key_sha256 text  check (ca_key_sha256 ~ '^[0-9a-f]{64}$');

alter table certificate
    -- origin_challenge_id is the first challenge of a line of renewals, this the last that one of them brought: some
    -- clients go on to send the first, others the last.
    add column latest_challenge_id uuid,
    -- It renewed a certificate, ended before that one did, and was followed by another for the same key.
    add column replaced            boolean not null default false,
    drop constraint certificate_renewed_once_per_key;

-- One old certificate, one new key, one certificate in force that renews it, whatever the servers do.
create unique index certificate_renewed_once_per_key on certificate (ca, renewed_serial, spki_sha256)
    where not replaced;

create index certificate_by_latest on certificate (latest_challenge_id) where latest_challenge_id is not null;
