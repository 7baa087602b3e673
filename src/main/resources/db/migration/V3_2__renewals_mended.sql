alter table held_request
    -- The certificate of the profile's CA that signed the message: an approval looks at it again.
    add column signer_serial bytea check (octet_length(signer_serial) between 1 and 20);
