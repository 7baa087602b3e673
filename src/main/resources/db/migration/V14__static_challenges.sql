-- A static challenge is shared by many devices. Each of their requests gets a challenge of its own, a row of challenge
-- like any other, so that it stands for one certificate: this finds it again.
create table static_enrolment (
    profile        text not null,
    spki_sha256    text not null check (spki_sha256 ~ '^[0-9a-f]{64}$'),
    request_sha256 text not null check (request_sha256 ~ '^[0-9a-f]{64}$'),
    -- The latest: when its time is over, another takes its place.
    challenge_id   uuid not null references challenge (id) on delete cascade,
    primary key (profile, spki_sha256, request_sha256)
);

create index static_enrolment_by_challenge on static_enrolment (challenge_id);
