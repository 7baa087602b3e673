alter table held_request
    -- The certificate of the profile's CA that signed the message: an approval looks at it again.
    add column signer_serial bytea check (octet_length(signer_serial) between 1 and 20);

alter table certificate
    -- origin_challenge_id is the first challenge of a line of renewals, this the last that one of them brought: some
    -- clients go on to send the first, others the last.
    add column latest_challenge_id uuid;
