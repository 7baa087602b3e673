-- GET /api/v1/certificates: each list has an index that begins with what is asked for and goes on in the order of the
-- pages, so that a page costs the same in a large inventory as in a small one.
create index certificate_by_profile on certificate (profile, ca, id);
create index certificate_by_end on certificate (profile, not_after, id);
-- certificate_by_expiry begins with the same two columns and is of no more use. It goes with a later release: to drop it
-- here, behind the locks of the indexes above, would wait for renewals that wait for those.
-- These are empty but for what was revoked: issuing a certificate costs nothing more.
create index certificate_revoked_by_end on certificate (profile, not_after, id) where revocation_reason <> 6;
create index certificate_on_hold_by_end on certificate (profile, not_after, id) where revocation_reason = 6;

-- The names under which certificate_names() stores a certificate.
create function certificate_names_of(subject text, alt_names text) returns setof text language sql immutable as $$
    select distinct left(lower(name), 202)
    from unnest(array['s:' || subject] || array(
        select 'a:' || substr(line, position(':' in line) + 1) from unnest(string_to_array(alt_names, e'\n')) as line
    )) as name
$$;
