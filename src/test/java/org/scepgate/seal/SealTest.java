package org.scepgate.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final UUID ID = UUID.fromString("0198f3a2-7b1c-7cc3-9f4e-2b6d1a5c8e90");
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123456Z");

    @Test
    void hashesARowAsDocumented() throws Exception {
        SealedRow row = row(7, ID, "device");

        byte[] bytes = fields(
                "scepgate audit row 1",
                "7",
                ID.toString(),
                "1795428000123456",
                "device",
                null,
                "challenge.created",
                "challenge/1",
                "success",
                null,
                "{\"a\": 1}");

        assertThat(row.hash()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes));
        assertThat(row.at()).isEqualTo(NOW);
    }

    @Test
    void tellsNullFromNothingAndFieldsFromEachOther() {
        SealedRow absent = new SealedRow(new Position(1, ID), 0, Arrays.asList("a", null, "b"));
        SealedRow empty = new SealedRow(new Position(1, ID), 0, List.of("a", "", "b"));
        SealedRow shifted = new SealedRow(new Position(1, ID), 0, List.of("ab", "", ""));

        assertThat(absent.hash()).isNotEqualTo(empty.hash());
        assertThat(empty.hash()).isNotEqualTo(shifted.hash());
    }

    @Test
    void ordersIdsAsPostgreSqlDoes() {
        Position low = new Position(1, UUID.fromString("7fffffff-ffff-7fff-9fff-ffffffffffff"));
        Position high = new Position(1, UUID.fromString("80000000-0000-7000-8000-000000000000"));

        assertThat(low).isLessThan(high);
        assertThat(high).isLessThan(new Position(2, low.id()));
        assertThat(Position.START).isLessThan(low);
    }

    @Test
    void isBrokenByAnyChange() {
        Seal seal = seal(SealKey.NONE);

        assertThat(seal.isMadeWith(SealKey.NONE)).isTrue();
        assertThat(new Seal(2, seal.batch(), seal.previous(), false, seal.sealedAtMicros(), seal.hash())
                        .isMadeWith(SealKey.NONE))
                .isFalse();
        assertThat(new Seal(1, seal.batch(), seal.previous(), false, 0, seal.hash()).isMadeWith(SealKey.NONE))
                .isFalse();
        assertThat(seal.follows(Seal.beforeAll())).isTrue();
        assertThat(seal.follows(seal.hash())).isFalse();
    }

    @Test
    void needsItsKey() {
        SealKey key = SealKey.of("k".repeat(32) + "\n");
        Seal seal = seal(key);

        assertThat(seal.isMadeWith(SealKey.of("k".repeat(32)))).isTrue();
        assertThat(seal.isMadeWith(SealKey.NONE)).isFalse();
        assertThat(seal.isMadeWith(SealKey.of("x".repeat(32)))).isFalse();
        assertThat(key).hasToString("***");
        assertThatThrownBy(() -> SealKey.of("short")).hasMessageContaining("32");
    }

    @Test
    void isWrittenDownAsALineOfJson() {
        Seal seal = seal(SealKey.NONE);
        String line = Anchor.of(seal).toJson();

        assertThat(line).startsWith("{\"number\":1,\"hash\":\"").endsWith(",\"rows\":1,\"sealedAt\":\"" + NOW + "\"}");
        assertThat(Anchor.parse(line))
                .hasValueSatisfying(anchor -> assertThat(anchor.isOf(seal)).isTrue());
        assertThat(Anchor.parse("{}")).isEmpty();
    }

    private static Seal seal(SealKey key) {
        List<SealedRow> rows = List.of(row(1, ID, "device"));
        byte[] entries = Entry.encode(rows.stream().map(SealedRow::entry).toList());
        assertThat(Entry.decode(entries)).containsExactly(rows.get(0).entry());
        return Seal.next(1, Seal.beforeAll(), SealedBatch.of(rows, entries), NOW, key);
    }

    private static SealedRow row(long writtenIn, UUID id, String actor) {
        return new SealedRow(
                new Position(writtenIn, id),
                1795428000123456L,
                Arrays.asList(actor, null, "challenge.created", "challenge/1", "success", null, "{\"a\": 1}"));
    }

    private static byte[] fields(String... fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (String field : fields) {
            byte[] text = field == null ? new byte[0] : field.getBytes(StandardCharsets.UTF_8);
            out.writeInt(field == null ? -1 : text.length);
            out.write(text);
        }
        return bytes.toByteArray();
    }
}
