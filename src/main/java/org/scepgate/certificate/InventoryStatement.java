package org.scepgate.certificate;

/**
 * The statements that list certificates. Each has the shape that PostgreSQL is to carry out, whatever the values and the
 * statistics are: it walks an index that begins with what is asked for, in the order of the pages, and takes a thousand
 * candidates at most. What that index does not know is compared in their rows.
 *
 * <p>A comparison of rows says where in the index to begin. An equality would not do: PostgreSQL may then take any index
 * in the right order, and read all of it until it has found enough.
 *
 * <p>All have the values of {@link InventorySearch#values}.
 */
enum InventoryStatement {
    BY_SERIAL(InventoryOrder.NEWEST_FIRST, Sql.OF_SERIAL, Sql.COLUMNS),
    DER_BY_SERIAL(InventoryOrder.NEWEST_FIRST, Sql.OF_SERIAL, "c.der"),
    BY_DEVICE(InventoryOrder.NEWEST_FIRST, """
            select c.id, null::text as key from certificate c
            where (c.device_id, c.id) < ($10, $1) and c.device_id >= $10
            order by c.device_id desc, c.id desc limit 1000
            """, Sql.COLUMNS),
    BY_NAME(InventoryOrder.LAST_NAME_FIRST, """
            select n.certificate_id as id, n.name as key from certificate_name n
            where (n.name, n.certificate_id) < ($4, $1) and n.name >= $5
            order by n.name desc, n.certificate_id desc limit 1000
            """, Sql.COLUMNS),
    BY_END(InventoryOrder.LATEST_END_FIRST, Sql.OF_END.formatted("true"), Sql.COLUMNS),
    REVOKED(InventoryOrder.LATEST_END_FIRST, Sql.OF_END.formatted("c.revocation_reason <> 6"), Sql.COLUMNS),
    ON_HOLD(InventoryOrder.LATEST_END_FIRST, Sql.OF_END.formatted("c.revocation_reason = 6"), Sql.COLUMNS),
    BY_PROFILE(InventoryOrder.NEWEST_FIRST, """
            select s.id, null::text as key
            from origin o cross join lateral (
                select c.id from certificate c
                where (c.profile, c.ca, c.id) < (o.profile, o.ca, $1) and (c.profile, c.ca) >= (o.profile, o.ca)
                order by c.profile desc, c.ca desc, c.id desc limit 1000
            ) s
            """, Sql.COLUMNS),
    ALL(InventoryOrder.NEWEST_FIRST, """
            select c.id, null::text as key from certificate c where c.id < $1 order by c.id desc limit 1000
            """, Sql.COLUMNS);

    private final InventoryOrder order;
    private final String sql;

    InventoryStatement(InventoryOrder order, String candidates, String columns) {
        this.order = order;
        String lastName = order == InventoryOrder.LAST_NAME_FIRST ? Sql.LAST_NAME : "";
        this.sql = Sql.ORIGINS
                + Sql.CANDIDATES.formatted(descending("f"), candidates, descending("f"))
                + Sql.PAGE.formatted(columns, lastName, descending("s"));
    }

    InventoryOrder order() {
        return order;
    }

    String sql() {
        return sql;
    }

    private String descending(String row) {
        String byId = row + ".id desc";
        return order == InventoryOrder.NEWEST_FIRST ? byId : row + ".key desc, " + byId;
    }

    private static final class Sql {
        static final String COLUMNS = """
                c.id, c.ca, c.serial, c.profile, c.device_id, c.subject, c.subject_alt_names, c.spki_sha256,
                c.not_before, c.not_after, c.issued_at, c.revoked_at, c.revocation_reason, c.renewed_serial,
                c.challenge_id""";
        static final String OF_SERIAL = """
                select c.id, null::text as key
                from (select distinct ca from origin) o join certificate c on c.ca = o.ca and c.serial = $9
                where c.id < $1
                """;
        static final String OF_END = """
                select s.id, s.not_after as key
                from (select distinct profile from origin) o cross join lateral (
                    select c.id, c.not_after from certificate c
                    where (c.profile, c.not_after, c.id) < (o.profile, $2, $1)
                        and (c.profile, c.not_after) >= (o.profile, $3) and %s
                    order by c.profile desc, c.not_after desc, c.id desc limit 1000
                ) s
                """;
        // Which profiles issued by which CAs, of those that were asked for: a few steps through an index.
        static final String ORIGINS = """
                with recursive known(profile, ca) as (
                    (select profile, ca from certificate order by profile, ca limit 1)
                    union all
                    select s.profile, s.ca from known k cross join lateral (
                        select c.profile, c.ca from certificate c where (c.profile, c.ca) > (k.profile, k.ca)
                        order by c.profile, c.ca limit 1
                    ) s
                ), origin as (
                    select profile, ca from known
                    where ($11::text is null or profile = $11) and ($12::text is null or ca = $12)
                ),
                """;
        static final String CANDIDATES = """
                candidate as materialized (
                    select f.id, f.key, row_number() over (order by %s) as n from (
                %s) f order by %s limit 1000
                )
                """;
        // Reads candidates until the page is full, where PostgreSQL knows their order (17 and later), or else all of
        // them.
        // The thousandth says where to go on when the page did not get full.
        static final String PAGE = """
                select page.*, cut.id as cut_id, cut.key as cut_key
                from (values (1000)) as whole(n) left join candidate cut on cut.n = whole.n
                left join lateral (
                    select s.n, s.key, %s
                    from candidate s cross join lateral (select * from certificate c where c.id = s.id offset 0) c
                    where ($9::bytea is null or c.serial = $9) and ($10::text is null or c.device_id = $10)
                        and ($11::text is null or c.profile = $11) and ($12::text is null or c.ca = $12)
                        and c.not_after >= $3::timestamptz and c.not_after < $13::timestamptz
                        and ($14::text is null or $14 = case
                            when c.revocation_reason = 6 then 'ON_HOLD' when c.revoked_at is not null then 'REVOKED'
                            when c.not_after < $15::timestamptz then 'EXPIRED' else 'VALID' end)
                        and ($5::text is null or exists (
                            select from certificate_names_of(c.subject, c.subject_alt_names) as name
                            where name collate "C" >= $5 and name collate "C" < $6::text))
                        and ($7::text is null or exists (
                            select from certificate_names_of(c.subject, c.subject_alt_names) as name
                            where name collate "C" >= $7 and name collate "C" < $8::text))
                %s
                    order by %s limit $16
                ) page on true
                -- Every statement has all values, whether it needs them or not.
                where $1::uuid is not null and $2::timestamptz is not null and $4::text is distinct from ''
                order by page.n
                """;
        // Of several names of a certificate the last counts, or it would be on several pages.
        static final String LAST_NAME = """
                and s.key = (select max(name collate "C")
                             from certificate_names_of(c.subject, c.subject_alt_names) as name
                             where name collate "C" >= $5 and name collate "C" < $6)
                """;
    }
}
