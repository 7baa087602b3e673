package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestMdm;

/** Enrolment by strongSwan's {@code pki --scep} with all it can be told: ciphers, digests, paddings, key lengths. */
@ExtendWith(Scepgate.Extension.class)
class StrongSwanIT {
    @TempDir
    Path folder;

    private final Scepgate scepgate;

    StrongSwanIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @Test
    void readsTheCertificatesOfCaAndRa() {
        strongSwan(Scepgate.DEMO).fetchCaCertificates();

        assertThat(CertificateJudge.read(folder.resolve("ca.pem")))
                .isEqualTo(scepgate.ca().certificate());
        assertThat(CertificateJudge.read(folder.resolve("ra.pem")))
                .isEqualTo(scepgate.ca().raCertificate());
    }

    static Stream<Arguments> algorithms() {
        return Stream.of("aes", "des3")
                .flatMap(cipher -> Stream.of("sha256", "sha384", "sha512")
                        .flatMap(digest ->
                                Stream.of("pkcs1", "pss").map(padding -> Arguments.of(cipher, digest, padding))));
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void enrolsWithAChallengeOfTheApi(String cipher, String digest, String padding) {
        String host = "strongswan-" + cipher + "-" + digest + "-" + padding + ".acme.example";
        // Triple DES is served where a profile names it.
        String profile = cipher.equals("des3") ? Scepgate.LEGACY : Scepgate.DEMO;
        TestMdm.Challenge challenge = scepgate.mdm().challenge(profile, "CN=" + host + ",O=Acme", host);
        StrongSwan client = strongSwan(profile).fetchCaCertificates().makeKey("key.pem", 2048);

        SystemProgram.Outcome outcome = client.scep(
                "certificate.pem",
                host,
                "--in",
                "key.pem",
                "--password",
                challenge.secret(),
                "--cipher",
                cipher,
                "--digest",
                digest,
                "--rsa-padding",
                padding);

        requireCertificate(outcome, host);
        assertThat(scepgate.mdm().stateOf(challenge)).isEqualTo("REDEEMED");
        assertThat(sent(profile, challenge).get("contentEncryption").asText())
                .startsWith(cipher.equals("aes") ? "AES" : "DES3");
        assertThat(sent(profile, challenge).get("digest").asText().replace("-", ""))
                .isEqualToIgnoringCase(digest);
    }

    @Test
    void enrolsAnRsa4096Key() {
        String host = "strongswan-4096.acme.example";
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, "CN=" + host + ",O=Acme", host);
        StrongSwan client = strongSwan(Scepgate.DEMO).fetchCaCertificates().makeKey("key.pem", 4096);

        SystemProgram.Outcome outcome =
                client.scep("certificate.pem", host, "--in", "key.pem", "--password", challenge.secret());

        requireCertificate(outcome, host);
    }

    @Test
    void isRefusedWithAWrongChallenge() {
        StrongSwan client = strongSwan(Scepgate.DEMO).fetchCaCertificates().makeKey("key.pem", 2048);

        SystemProgram.Outcome outcome = client.scep(
                "certificate.pem", "strongswan-refused.acme.example", "--in", "key.pem", "--password", "wrong");

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.output()).contains("badRequest");
        assertThat(folder.resolve("certificate.pem"))
                .satisfiesAnyOf(
                        file -> assertThat(file).doesNotExist(),
                        file -> assertThat(file).isEmptyFile());
    }

    private StrongSwan strongSwan(String profile) {
        return StrongSwan.require(folder, scepgate.endpoint(profile));
    }

    private void requireCertificate(SystemProgram.Outcome outcome, String host) {
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        X509CertificateHolder issued = CertificateJudge.read(folder.resolve("certificate.pem"));
        new CertificateJudge(scepgate.ca().certificate()).accepts(issued, folder);
        CertificateJudge.holdsExactly(issued, "CN=" + host + ",O=Acme", host);
    }

    /** The algorithms of the request that spent the challenge, as the server saw them. */
    private JsonNode sent(String profile, TestMdm.Challenge challenge) {
        List<JsonNode> events = Issued.in(scepgate.database()).eventsOf(challenge);
        assertThat(events).hasSize(1);
        assertThat(events.get(0).get("profile").asText()).isEqualTo(profile);
        return events.get(0).get("algorithms");
    }
}
