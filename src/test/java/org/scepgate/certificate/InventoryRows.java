package org.scepgate.certificate;

import io.quarkus.vertx.VertxContextSupport;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.scepgate.platform.TimeOrderedId;

/** Puts rows into the inventory that no device asked for. */
final class InventoryRows {
    static final byte[] DER = {0x30, 0x01, 0x02};
    private static final HexFormat HEX = HexFormat.of();

    private final Pool database;

    InventoryRows(Pool database) {
        this.database = database;
    }

    /** What a certificate is to be; a new one that is valid for a year if nothing else is said. */
    record Wish(
            String ca,
            String serial,
            String profile,
            UUID challenge,
            String subject,
            String names,
            Instant notAfter,
            String renews) {
        Wish ca(String value) {
            return new Wish(value, serial, profile, challenge, subject, names, notAfter, renews);
        }

        Wish serial(String value) {
            return new Wish(ca, value, profile, challenge, subject, names, notAfter, renews);
        }

        Wish profile(String value) {
            return new Wish(ca, serial, value, challenge, subject, names, notAfter, renews);
        }

        Wish challenge(UUID value) {
            return new Wish(ca, serial, profile, value, subject, names, notAfter, renews);
        }

        Wish subject(String value) {
            return new Wish(ca, serial, profile, challenge, value, names, notAfter, renews);
        }

        Wish names(String value) {
            return new Wish(ca, serial, profile, challenge, subject, value, notAfter, renews);
        }

        Wish notAfter(Instant value) {
            return new Wish(ca, serial, profile, challenge, subject, names, value, renews);
        }

        Wish renews(String value) {
            return new Wish(ca, serial, profile, challenge, subject, names, notAfter, value);
        }
    }

    /** Gives the serial number. */
    String add(UnaryOperator<Wish> wishes) {
        String random = "7f" + UUID.randomUUID().toString().replace("-", "").substring(2);
        Instant now = Instant.now();
        Wish wish = wishes.apply(
                new Wish("test", random, "demo", null, "CN=device", null, now.plusSeconds(31_536_000), null));
        sql(
                """
                insert into certificate (id, ca, serial, profile, challenge_id, origin_challenge_id, subject,
                    subject_alt_names, spki_sha256, request_sha256, not_before, not_after, der, issued_at, renewed_serial)
                values ($1, $2, $3, $4, $5, $5, $6, $7, $8, repeat('7', 64), $9, $10, $11, $9, $12)
                """,
                Tuple.tuple()
                        .addUUID(TimeOrderedId.at(now))
                        .addString(wish.ca())
                        .addValue(Buffer.buffer(HEX.parseHex(wish.serial())))
                        .addString(wish.profile())
                        .addUUID(wish.challenge())
                        .addString(wish.subject())
                        .addString(wish.names())
                        .addString(random + random)
                        .addOffsetDateTime(now.atOffset(ZoneOffset.UTC))
                        .addOffsetDateTime(wish.notAfter().atOffset(ZoneOffset.UTC))
                        .addValue(Buffer.buffer(DER))
                        .addValue(wish.renews() == null ? null : Buffer.buffer(HEX.parseHex(wish.renews()))));
        return wish.serial();
    }

    /** An open challenge of a device. */
    UUID challenge(String deviceId) {
        Instant now = Instant.now();
        UUID id = TimeOrderedId.at(now);
        byte[] mac = HEX.parseHex((id + "" + id).replace("-", ""));
        sql(
                """
                insert into challenge (id, secret_mac, profile, device_id, created_by, created_at, expires_at, binding)
                values ($1, $2, 'demo', $3, 'mdm', $4, $5, $6)
                """,
                Tuple.tuple()
                        .addUUID(id)
                        .addValue(Buffer.buffer(mac))
                        .addString(deviceId)
                        .addOffsetDateTime(now.atOffset(ZoneOffset.UTC))
                        .addOffsetDateTime(now.plusSeconds(3600).atOffset(ZoneOffset.UTC))
                        .addValue(new io.vertx.core.json.JsonObject(BINDING)));
        return id;
    }

    private static final String BINDING = """
            {"subject": "CN=device", "subjectAltNames": {}, "match": "subset", "keyUsage": ["digitalSignature"],
             "extendedKeyUsage": ["clientAuth"], "validity": "P365D"}
            """;

    List<String> events(String object) {
        List<String> events = new ArrayList<>();
        sql("select action, actor, outcome, reason from audit_event where object = $1 order by id", Tuple.of(object))
                .forEach(row -> events.add(String.join(
                        " ", IntStream.range(0, 4).mapToObj(row::getString).toList())));
        return events;
    }

    RowSet<Row> sql(String statement, Tuple values) {
        try {
            return VertxContextSupport.subscribeAndAwait(
                    () -> database.preparedQuery(statement).execute(values));
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }
}
