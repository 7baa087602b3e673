alter table certificate
    -- SHA-256 of the issuing CA's SubjectPublicKeyInfo: a CA keeps its name and changes its key when it rolls over, and
    -- each key has a CRL of its own. Null for certificates from before keys were told apart.
    add column ca_key_sha256        text check (ca_key_sha256 ~ '^[0-9a-f]{64}$'),
    -- The certificate of the same CA that this one renews.
    add column renewed_serial       bytea check (octet_length(renewed_serial) between 1 and 20),
    -- The challenge that this certificate and those it renewed go back to: devices send it with every renewal.
    add column origin_challenge_id  uuid,
    -- What that challenge granted, where it is less than the profile's validity; renewals get no more.
    add column longest_validity_sec bigint check (longest_validity_sec > 0),
    -- One old certificate, one new key, one new certificate, whatever the servers do.
    add constraint certificate_renewed_once_per_key unique (ca, renewed_serial, spki_sha256);

update certificate set origin_challenge_id = challenge_id;

create index certificate_revoked on certificate (ca, revoked_at) where revoked_at is not null;

-- The CRL in force of each key of a CA. Who makes the next one replaces it, and only if nobody was faster: so numbers
-- grow, whatever the servers do.
create table crl (
    ca            text        not null,
    ca_key_sha256 text        not null check (ca_key_sha256 ~ '^[0-9a-f]{64}$'),
    number        bigint      not null check (number > 0),
    this_update   timestamptz not null,
    next_update   timestamptz not null,
    der           bytea       not null,
    primary key (ca, ca_key_sha256)
);
