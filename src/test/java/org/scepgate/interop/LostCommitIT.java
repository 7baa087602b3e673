package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scepgate.testing.Moment;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.Soak;
import org.scepgate.testing.TcpProxy;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestIdentityProvider;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestPostgres;

/** The connection to PostgreSQL breaks where an enrolment commits: nobody knows whether it happened. */
class LostCommitIT {
    private static final int ROUNDS = Soak.choose(5, 100);
    private static final Map<Moment, Integer> COMMITTED = new EnumMap<>(Moment.class);

    private static TestPostgres postgres;
    private static TestPostgres.Database database;
    private static TcpProxy network;
    private static ServerProcess server;
    private static TestMdm mdm;

    @BeforeAll
    static void start(@TempDir Path folder) {
        postgres = TestPostgres.start();
        database = postgres.create("commits");
        String url = database.jdbcUrl();
        int port = Integer.parseInt(url.replaceFirst(".*:(\\d+)/.*", "$1"));
        network = TcpProxy.to(port);
        TestIdentityProvider identities = new TestIdentityProvider();
        server = ServerProcess.start(ServerSettings.of(database)
                .with("quarkus.datasource.jdbc.url", url.replace(":" + port + "/", ":" + network.port() + "/"))
                .with(
                        "quarkus.datasource.reactive.url",
                        database.settings()
                                .get("quarkus.datasource.reactive.url")
                                .replace(":" + port + "/", ":" + network.port() + "/"))
                .with(identities.settings(folder))
                .ca("test", TestCa.in(folder, "Scepgate Test CA"))
                .profile("demo", Map.of("ca", "test")));
        mdm = new TestMdm(server.url(), identities.token("challenge-issuer"));
    }

    @AfterAll
    static void stop() {
        server.close();
        network.close();
        postgres.close();
        Soak.report("R5 connection cut at COMMIT: %d rounds each, committed all the same: %s", ROUNDS, COMMITTED);
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void isSettledByTheRetry(Moment moment) throws Exception {
        TestDevice device = TestDevice.withRsaKey(server.endpoint("demo"));
        int committed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String subject = "CN=lost-commit-" + moment + "-" + round;
            TestMdm.Challenge challenge = mdm.challenge("demo", subject);
            byte[] csr = device.csr(subject, challenge.secret()).encoded();

            // The statement that spends the challenge and commits by itself is the first to hold the name.
            network.cutOnce(subject, moment);
            HttpResponse<byte[]> answer =
                    server.endpoint("demo").post(device.request(csr).build());

            List<X509CertificateHolder> stored = Issued.in(database).forChallenge(challenge);
            assertThat(network.hasCut()).isTrue();
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            committed += stored.size();
            X509CertificateHolder certificate = device.send(device.request(csr)).issued(device.signer());
            assertThat(Issued.in(database).forChallenge(challenge)).containsExactly(certificate);
            assertThat(stored).isSubsetOf(certificate);
        }
        assertThat(committed).isEqualTo(moment == Moment.BEFORE_IT_ARRIVES ? 0 : ROUNDS);
        COMMITTED.put(moment, committed);
    }
}
