package org.scepgate.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.ca.CaId;
import org.scepgate.challenge.ChallengeApi;
import org.scepgate.testing.CaTestResource;
import org.scepgate.testing.PostgresTestResource;
import org.scepgate.testing.TestIssuer;

@QuarkusTest
@TestProfile(ChallengeApi.class)
@WithTestResource(PostgresTestResource.class)
@WithTestResource(TestIssuer.class)
@WithTestResource(CaTestResource.class)
class CrlStoreTest {
    private static final String KEY = "0123456789abcdef".repeat(4);

    @Inject
    CrlStore store;

    @Inject
    Pool database;

    private final CaId ca = new CaId("ca-" + UUID.randomUUID(), KEY);

    private void revoke(String name, int first, int last, String end) {
        new InventoryRows(database).sql("""
                        insert into certificate (id, ca, serial, profile, subject, spki_sha256, request_sha256, not_before,
                            not_after, der, issued_at, ca_key_sha256, revoked_at, revocation_reason)
                        select gen_random_uuid(), $1, int4send(n), $1, 'CN=x', repeat('5', 64), repeat('7', 64),
                            now(), now() + $5::text::interval, '\\x3000', now(), $4, now(), 4
                        from generate_series($2::int, $3::int) n
                        """, Tuple.of(name, first, last, KEY, end));
    }

    /** None, some, a full portion and more than two. */
    @ParameterizedTest
    @ValueSource(ints = {0, 7, 1000, 2001})
    void readsAllThatAreRevokedOnce(int count) throws Throwable {
        int first = 0x40000000;
        revoke(ca.name(), first, first + count - 1, "1 day");
        revoke(ca.name(), 1, 3, "-1 day");
        revoke("other-" + ca.name(), first, first + 3, "1 day");

        List<CrlStore.Revoked> revoked = VertxContextSupport.subscribeAndAwait(
                () -> database.withConnection(connection -> store.revoked(connection, ca, Instant.now())));

        assertThat(revoked)
                .extracting(CrlStore.Revoked::serial)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(first, first + count)
                        .mapToObj(BigInteger::valueOf)
                        .toList());
    }
}
