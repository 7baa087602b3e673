package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.Moment;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.Soak;
import org.scepgate.testing.TcpProxy;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestIdentityProvider;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestOperator;
import org.scepgate.testing.TestPostgres;

/** The connection to PostgreSQL breaks where an enrolment or a renewal commits: nobody knows whether it happened. */
class LostCommitIT {
    private static final int ROUNDS = Soak.choose(5, 100);
    private static final Map<String, Integer> COMMITTED = new TreeMap<>();

    private static TestPostgres postgres;
    private static TestPostgres.Database database;
    private static TcpProxy network;
    private static ServerProcess server;
    private static TestMdm mdm;
    private static TestOperator operator;

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
        operator = new TestOperator(server.url(), identities.token("operator"));
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
    void ofAnEnrolmentIsSettledByTheRetry(Moment moment) throws Exception {
        TestDevice device = TestDevice.withRsaKey(server.endpoint("demo"));
        int committed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String subject = "CN=lost-commit-" + moment + "-" + round;
            TestMdm.Challenge challenge = mdm.challenge("demo", subject);
            byte[] csr = device.csr(subject, challenge.secret()).encoded();

            // The statement that spends the challenge and commits by itself is the first to hold the name.
            network.cutOnce(moment, subject);
            HttpResponse<byte[]> answer =
                    server.endpoint("demo").post(device.request(csr).build());

            List<X509CertificateHolder> stored = Issued.in(database).forChallenge(challenge);
            requireTurnedAway(answer);
            committed += stored.size();
            X509CertificateHolder certificate = device.send(device.request(csr)).issued(device.signer());
            assertThat(Issued.in(database).forChallenge(challenge)).containsExactly(certificate);
            assertThat(stored).isSubsetOf(certificate);
        }
        requireCommitted("enrolment", moment, committed);
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void ofARenewalIsSettledByTheRetry(Moment moment) throws Exception {
        TestDevice device = TestDevice.withRsaKey(server.endpoint("demo"));
        KeyPair next = TestKeys.rsa();
        int committed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String subject = "CN=lost-renewal-" + moment + "-" + round;
            X509CertificateHolder old = device.enrol(
                    device.csr(subject, mdm.challenge("demo", subject).secret()));
            JsonNode before = operator.certificate(old);
            TestDevice holder = device.holding(old);
            TestCsr csr = TestCsr.of(next).subject(subject);
            MessageBuilder renewal = holder.renewal(csr);

            // A renewal is a transaction: what it tells the audit log shows which connection it has.
            network.cutOnce(moment, "\"renews\":\"" + Issued.serialText(old) + "\"", "COMMIT");
            HttpResponse<byte[]> answer = server.endpoint("demo").post(renewal.build());

            List<X509CertificateHolder> stored = Issued.in(database).renewalsOf(old);
            requireTurnedAway(answer);
            committed += stored.size();
            X509CertificateHolder certificate = holder.send(renewal).issued(holder.signer());
            assertThat(holder.send(holder.renewal(csr)).issued(holder.signer())).isEqualTo(certificate);
            assertThat(Issued.in(database).renewalsOf(old)).containsExactly(certificate);
            assertThat(stored).isSubsetOf(certificate);
            CertificateJudge.certifies(certificate, next.getPublic());
            assertThat(before.get("state").asText()).isEqualTo("VALID");
            assertThat(operator.certificate(old)).isEqualTo(before);
            assertThat(operator.certificate(certificate).get("renews").asText()).isEqualTo(Issued.serialText(old));
        }
        requireCommitted("renewal", moment, committed);
    }

    private static void requireTurnedAway(HttpResponse<byte[]> answer) {
        assertThat(network.hasCut()).isTrue();
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    private static void requireCommitted(String what, Moment moment, int committed) {
        assertThat(committed).isEqualTo(moment == Moment.BEFORE_IT_ARRIVES ? 0 : ROUNDS);
        COMMITTED.put(what + " " + moment, committed);
    }
}
