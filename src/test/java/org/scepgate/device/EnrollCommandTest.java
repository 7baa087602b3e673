package org.scepgate.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.scep.MessageType;
import org.scepgate.scep.PkiMessage;

/** Enrolment against a server whose every answer the test decides on. */
class EnrollCommandTest {
    private static final String SUBJECT = "--subject=CN=device-42,O=Acme";
    private static final String CHALLENGE = "--challenge=s3cret-challenge";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"rsa2048", "rsa3072", "ec256", "ec384"})
    void writesKeyCertificateAndChain(String keyType) throws Exception {
        try (FakeServer server = FakeServer.standing().answering(FakeServer.ISSUES)) {
            Run run = enroll(server, SUBJECT, CHALLENGE, "--key-type", keyType, "--san=dns:device-42.example");

            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
            assertThat(run.out())
                    .contains("CN=Fake CA", "enrolled CN=device-42,O=Acme")
                    .doesNotContain("s3cret");
            X509CertificateHolder certificate = PemReader.certificate(folder.resolve("certificate.pem"));
            assertThat(certificate.getSubjectPublicKeyInfo())
                    .isEqualTo(RequestedNames.publicKey(PemReader.keyPair(folder.resolve("key.pem"))));
            assertThat(PemReader.certificate(folder.resolve("chain.pem"))).isEqualTo(FakeServer.CA);
            assertThat(Files.getPosixFilePermissions(folder.resolve("key.pem")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void overwritesOnlyWhenTold() throws Exception {
        try (FakeServer server = FakeServer.standing().answering(FakeServer.ISSUES)) {
            enroll(server, SUBJECT);
            String first = Files.readString(folder.resolve("key.pem"));

            Run refused = enroll(server, SUBJECT);
            String untouched = Files.readString(folder.resolve("key.pem"));
            server.received.clear();
            Run forced = enroll(server, SUBJECT, "--force");

            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.err()).contains("--force");
            assertThat(untouched).isEqualTo(first);
            assertThat(forced.exitCode()).isZero();
            assertThat(Files.readString(folder.resolve("key.pem"))).isNotEqualTo(first);
        }
    }

    @Test
    void tellsARefusalInTheServersWordsAndKeepsNothing() throws Exception {
        try (FakeServer server = FakeServer.standing().answering(FakeServer.REFUSES)) {
            Run run = enroll(server, SUBJECT, CHALLENGE);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("refused: badRequest, \"No.[2J.\"");
            assertThat(Files.list(folder)).isEmpty();
        }
    }

    @Test
    void tellsWhenToComeAgainWithTheSameKey() throws Exception {
        try (FakeServer server = FakeServer.standing().answering(FakeServer.TURNS_AWAY, FakeServer.ISSUES)) {
            Run run = enroll(server, SUBJECT, CHALLENGE);
            Run later = enroll(server, SUBJECT, CHALLENGE, "--key", folder.resolve("pending-key.pem"));

            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.err()).contains("PKIOperation: HTTP 503, come again in 7 s");
            assertThat(later.exitCode()).isZero();
            assertThat(later.out()).containsPattern("serial ([0-9a-f]{2})+, until");
        }
    }

    @Test
    void keepsTheKeyOfARequestThatIsPending() throws Exception {
        try (FakeServer server = FakeServer.standing().answering(FakeServer.HOLDS, FakeServer.ISSUES)) {
            Run pending = enroll(server, SUBJECT, CHALLENGE);
            Path pendingKey = folder.resolve("pending-key.pem");
            Run tooHasty = enroll(server, SUBJECT, CHALLENGE);
            Run later = enroll(server, SUBJECT, CHALLENGE, "--key", pendingKey);

            assertThat(pending.exitCode()).isEqualTo(4);
            assertThat(pending.out()).contains("--key " + pendingKey);
            assertThat(tooHasty.exitCode()).isEqualTo(2);
            assertThat(later.exitCode()).isZero();
            assertThat(pendingKey).doesNotExist();
            assertThat(folder.resolve("key.pem")).exists();
            assertThat(folder.resolve("certificate.pem")).exists();
        }
    }

    @Test
    void pollsWithCertPoll() {
        try (FakeServer server =
                FakeServer.standing().answering(FakeServer.HOLDS, FakeServer.HOLDS, FakeServer.ISSUES)) {
            Run run = enroll(server, SUBJECT, "--poll", "--poll-interval=1");

            assertThat(run.exitCode()).isZero();
            assertThat(server.received)
                    .extracting(PkiMessage::messageType)
                    .containsExactly(MessageType.PKCS_REQ, MessageType.CERT_POLL, MessageType.CERT_POLL);
            assertThat(server.received.stream().map(message -> message.replyTo().transactionId()))
                    .containsOnly(server.received.get(0).replyTo().transactionId());
        }
    }

    @Test
    void pollsForAnEllipticKeyWithTheRequestItself() {
        try (FakeServer server = FakeServer.standing().answering(FakeServer.HOLDS, FakeServer.ISSUES)) {
            Run run = enroll(server, SUBJECT, CHALLENGE, "--key-type=ec256", "--poll", "--poll-interval=1");

            assertThat(run.exitCode()).isZero();
            assertThat(server.received).extracting(PkiMessage::messageType).containsOnly(MessageType.PKCS_REQ);
        }
    }

    @Test
    void renewsWithTheOldKeyAndNames() throws Exception {
        Path old = Files.createDirectory(folder.resolve("old"));
        try (FakeServer server = FakeServer.standing().answering(FakeServer.ISSUES)) {
            Run.of("enroll", "--url", server.url(), SUBJECT, "--out", old);
            X509CertificateHolder before = PemReader.certificate(old.resolve("certificate.pem"));
            server.received.clear();

            Run run = enroll(
                    server, "--renew", "--cert", old.resolve("certificate.pem"), "--key", old.resolve("key.pem"));

            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
            PkiMessage request = server.received.get(0);
            assertThat(request.messageType()).isEqualTo(MessageType.RENEWAL_REQ);
            assertThat(request.signer()).isEqualTo(before);
            assertThat(request.signerHoldsRequestedKey()).isFalse();
            assertThat(PemReader.keyPair(folder.resolve("key.pem")).getPublic().getAlgorithm())
                    .isEqualTo("RSA");
            assertThat(PemReader.certificate(folder.resolve("certificate.pem")).getSubject())
                    .isEqualTo(before.getSubject());
        }
    }

    @Test
    void asksAgainLaterForAPendingRenewalWithTheSameNewKey() throws Exception {
        Path old = Files.createDirectory(folder.resolve("old"));
        try (FakeServer server =
                FakeServer.standing().answering(FakeServer.ISSUES, FakeServer.HOLDS, FakeServer.ISSUES)) {
            Run.of("enroll", "--url", server.url(), SUBJECT, "--out", old);
            Object[] renewal = {"--renew", "--cert", old.resolve("certificate.pem"), "--key", old.resolve("key.pem")};
            server.received.clear();

            Run pending = enroll(server, renewal);
            Path pendingKey = folder.resolve("pending-key.pem");
            String made = Files.readString(pendingKey);
            Run later = enroll(server, with(renewal, "--new-key", pendingKey));

            assertThat(pending.exitCode()).isEqualTo(4);
            assertThat(pending.out()).contains("--new-key " + pendingKey);
            assertThat(later.exitCode()).as(later.err()).isZero();
            assertThat(server.received)
                    .extracting(PkiMessage::messageType)
                    .containsExactly(MessageType.RENEWAL_REQ, MessageType.RENEWAL_REQ);
            assertThat(Files.readString(folder.resolve("key.pem"))).isEqualTo(made);
            assertThat(pendingKey).doesNotExist();
        }
    }

    @Test
    void neverOverwritesOrDeletesAKeyThatWasSentBefore() throws Exception {
        try (FakeServer server = FakeServer.standing().answering(FakeServer.HOLDS, FakeServer.REFUSES)) {
            enroll(server, SUBJECT, CHALLENGE);
            Path pendingKey = folder.resolve("pending-key.pem");
            String sent = Files.readString(pendingKey);

            Run forced = enroll(server, SUBJECT, CHALLENGE, "--force");
            Run refused = enroll(server, SUBJECT, CHALLENGE, "--key", pendingKey);

            assertThat(forced.exitCode()).isEqualTo(2);
            assertThat(forced.err()).contains("--key");
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(Files.readString(pendingKey)).isEqualTo(sent);
        }
    }

    @Test
    void keepsTheKeyInUseWhereTheCertificateCannotBeWritten() throws Exception {
        try (FakeServer server = FakeServer.standing().answering(FakeServer.ISSUES)) {
            String inUse = "the key in use";
            Files.writeString(folder.resolve("key.pem"), inUse);
            // Nothing can take the place of a folder with something in it.
            Files.createDirectories(folder.resolve("certificate.pem/something"));

            Run run = enroll(server, SUBJECT, "--force");

            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(Files.readString(folder.resolve("key.pem"))).isEqualTo(inUse);
            assertThat(Files.list(folder).map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("key.pem", "pending-key.pem", "certificate.pem");
        }
    }

    private static Object[] with(Object[] options, Object... more) {
        return Stream.concat(Stream.of(options), Stream.of(more)).toArray();
    }

    @Test
    void renewsByPkcsReqWhereRenewalIsNotAnnounced() throws Exception {
        Path old = Files.createDirectory(folder.resolve("old"));
        try (FakeServer server = new FakeServer("SCEPStandard\n", Set.of()).answering(FakeServer.ISSUES)) {
            Run.of("enroll", "--url", server.url(), SUBJECT, "--out", old);
            server.received.clear();

            enroll(server, "--renew", "--cert", old.resolve("certificate.pem"), "--key", old.resolve("key.pem"));

            assertThat(server.received).extracting(PkiMessage::messageType).containsExactly(MessageType.PKCS_REQ);
        }
    }

    @Test
    void sendsByGetWhereItIsToldOrPostIsNotAnnounced() {
        try (FakeServer standing = FakeServer.standing().answering(FakeServer.REFUSES);
                FakeServer old = new FakeServer("AES\nSHA-256\n", Set.of()).answering(FakeServer.REFUSES)) {
            enroll(standing, SUBJECT, "--get");
            enroll(standing, SUBJECT);
            enroll(old, SUBJECT);

            assertThat(standing.methods).containsExactly("GET", "POST");
            assertThat(old.methods).containsExactly("GET");
        }
    }

    @Test
    void trustsTheCaOfTheFingerprintOnly() throws Exception {
        String right = Fingerprint.sha256(FakeServer.CA).toUpperCase().replaceAll("(..)(?=.)", "$1:");
        try (FakeServer server = FakeServer.standing().answering(FakeServer.ISSUES)) {
            Run other = enroll(server, SUBJECT, "--ca-fingerprint", "00".repeat(32));
            Run same = enroll(server, SUBJECT, "--ca-fingerprint", right);

            assertThat(other.exitCode()).isEqualTo(3);
            assertThat(other.err()).contains("the CA is another one");
            assertThat(same.exitCode()).isZero();
            assertThat(same.out()).contains("as expected");
        }
    }

    @Test
    void usesTheAlgorithmsItIsTold() {
        try (FakeServer server = FakeServer.standing().answering(FakeServer.REFUSES)) {
            Run current = enroll(server, SUBJECT, "--digest=sha-512", "--cipher=aes-256");
            Run old = enroll(server, SUBJECT, "--cipher=des3");
            Run never = enroll(server, SUBJECT, "--cipher=des");

            assertThat(current.err()).contains("badRequest");
            assertThat(old.err()).contains("badAlg");
            assertThat(never.exitCode()).isEqualTo(2);
        }
    }

    @Test
    void believesNoCertificateForAnotherKey() throws IOException {
        try (FakeServer server = FakeServer.standing().answering(FakeServer.ISSUES)) {
            enroll(server, SUBJECT);

            String inUse = Files.readString(folder.resolve("key.pem"));

            // The server goes on issuing for the first request's key.
            Run run = enroll(server, SUBJECT, "--force");

            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.err()).contains("no certificate for the requested key");
            assertThat(Files.readString(folder.resolve("key.pem"))).isEqualTo(inUse);
        }
    }

    private Run enroll(FakeServer server, Object... options) {
        Object[] all = new Object[options.length + 5];
        all[0] = "enroll";
        all[1] = "--url";
        all[2] = server.url();
        all[3] = "--out";
        all[4] = folder;
        System.arraycopy(options, 0, all, 5, options.length);
        return Run.of(all);
    }
}
