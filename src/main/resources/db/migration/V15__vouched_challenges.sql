-- Challenges of services outside (Microsoft Intune) that a certificate was signed for. Each has a row of challenge as well,
-- which is made when it is spent: so one challenge stands for one certificate, whoever made it.
create table vouched_challenge (
    challenge_id uuid        primary key references challenge (id) on delete cascade,
    authority    text        not null,
    -- The certificate's, as in certificate: the authority names what is to be revoked by it.
    serial       bytea       not null check (octet_length(serial) between 1 and 20),
    -- The authority was told of the certificate, or need not be: a device may have it.
    released_at  timestamptz,
    -- It could not be told, and the certificate was revoked. Of these two the first one stands.
    withdrawn_at timestamptz,
    check (released_at is null or withdrawn_at is null)
);
create index vouched_challenge_by_serial on vouched_challenge (serial);
-- Few at a time: those of requests that are being answered, and of servers that died at it.
create index vouched_challenge_open on vouched_challenge (challenge_id) where released_at is null and withdrawn_at is null;
