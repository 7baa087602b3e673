-- How often a client may still ask for challenges: one bucket for all servers, refilled by the database's clock.
create table client_rate (
    client      text             primary key,
    tokens      double precision not null,
    refilled_at timestamptz      not null
-- Every request of a client that has a rate writes its row: room in the page keeps that a heap-only update.
) with (fillfactor = 50);

-- The open challenges of a client are counted before more are made. expires_at alone: an index that knew which are
-- spent would make spending one more expensive.
create index challenge_by_creator_and_expiry on challenge (created_by, expires_at);
