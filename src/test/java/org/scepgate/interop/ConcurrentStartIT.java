package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.RoundRobin;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestIdentityProvider;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestPostgres;

/** Three servers that find an empty database at the same moment. */
class ConcurrentStartIT {
    private static final int SERVERS = 3;

    @TempDir
    private Path folder;

    @Test
    void makeTheSchemaOnceAndServe() throws Exception {
        try (TestPostgres postgres = TestPostgres.start();
                RoundRobin balancer = RoundRobin.start()) {
            TestPostgres.Database database = postgres.create("fresh");
            TestIdentityProvider identities = new TestIdentityProvider();
            ServerSettings settings = ServerSettings.of(database)
                    .with(identities.settings(folder))
                    .ca("test", TestCa.in(folder, "Scepgate Test CA"))
                    .profile("demo", Map.of("ca", "test"));

            List<ServerProcess> servers = ServerProcess.startBehind(balancer, settings, SERVERS);

            try {
                // One that was late with an answer is out for a moment.
                Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> balancer.readyServers() == SERVERS);
                assertThat(count(database, "select count(*) from flyway_schema_history where not success"))
                        .isZero();
                assertThat(count(
                                database,
                                "select count(*) - count(distinct version) from flyway_schema_history"
                                        + " where version is not null"))
                        .isZero();
                TestMdm mdm = new TestMdm(servers.get(0).url(), identities.token("challenge-issuer"));
                TestDevice device = TestDevice.withRsaKey(servers.get(0).endpoint("demo"));
                for (int i = 0; i < 2 * SERVERS; i++) {
                    TestMdm.Challenge challenge = mdm.challenge("demo", "CN=first-" + i);
                    device.enrol(device.csr("CN=first-" + i, challenge.secret()));
                }
                assertThat(servers)
                        .allSatisfy(server ->
                                assertThat(balancer.servedBy(server.ownPort())).isPositive());
            } finally {
                servers.forEach(ServerProcess::close);
            }
        }
    }

    private static long count(TestPostgres.Database database, String query) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
