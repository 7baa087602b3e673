-- A client may make its transactionID of its challenge, and no challenge is stored in clear.
alter table held_transaction rename column transaction_id to transaction_sha256;
update held_transaction set transaction_sha256 = encode(sha256(convert_to(transaction_sha256, 'UTF8')), 'hex');
alter table held_transaction add check (transaction_sha256 ~ '^[0-9a-f]{64}$');
