package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.sql.SQLException;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.PasswordRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestSigner;

/** Devices with elliptic keys, which read their answer with the challenge (RFC 8894 section 3.1). */
@ExtendWith(Scepgate.Extension.class)
class EllipticDeviceIT {
    private static final String SUBJECT = "CN=elliptic.acme.example,O=Acme";

    private final Scepgate scepgate;

    EllipticDeviceIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1"})
    void enrolsAndReadsTheAnswerWithItsChallenge(String curve, @TempDir Path folder) {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT);
        TestDevice device = device(TestKeys.ec(curve));

        CertRep answer = device.send(device.request(device.csr(SUBJECT, challenge.secret())));

        X509CertificateHolder certificate = answer.issued(challenge.secret());
        assertOpenSslOpens(answer, challenge, folder);
        CertificateJudge.certifies(certificate, device.keys().getPublic());
        new CertificateJudge(scepgate.ca().certificate()).accepts(certificate, folder);
        assertThat(scepgate.mdm().stateOf(challenge)).isEqualTo("REDEEMED");
    }

    @Test
    void isAnsweredUnderAFreshSaltAndTenThousandRounds() {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT);
        TestDevice device = device(TestKeys.ec("secp256r1"));
        TestCsr csr = device.csr(SUBJECT, challenge.secret());

        EnvelopedData first = envelope(device.send(device.request(csr)));
        EnvelopedData second = envelope(device.send(device.request(csr)));

        assertThat(first.getVersion().intValueExact()).isEqualTo(3);
        assertThat(password(first).getKeyEncryptionAlgorithm().getAlgorithm())
                .isEqualTo(PKCSObjectIdentifiers.id_alg_PWRI_KEK);
        assertThat(derivation(first).getPrf().getAlgorithm()).isEqualTo(PKCSObjectIdentifiers.id_hmacWithSHA256);
        assertThat(derivation(first).getIterationCount().intValueExact()).isEqualTo(10_000);
        assertThat(derivation(first).getSalt())
                .hasSize(16)
                .isNotEqualTo(derivation(second).getSalt());
    }

    /** CertPoll, GetCert and GetCRL hold no challenge that an answer could be encrypted with. */
    @ParameterizedTest
    @ValueSource(strings = {"20", "21", "22"})
    void isToldThatAMessageWithoutAChallengeCannotBeAnswered(String type) throws IOException {
        TestDevice device = TestDevice.withKey(scepgate.endpoint(Scepgate.QUERIES), TestKeys.ec("secp256r1"));
        X509CertificateHolder ca = device.authority().authority();
        byte[] id = new IssuerAndSerialNumber(ca.getSubject(), ca.getSerialNumber()).getEncoded();

        CertRep answer = device.send(device.request(id).messageType(type));

        assertThat(answer.failInfo()).contains("0");
    }

    private static EnvelopedData envelope(CertRep answer) {
        return EnvelopedData.getInstance(
                ContentInfo.getInstance(answer.envelope().encoded()).getContent());
    }

    private static PasswordRecipientInfo password(EnvelopedData data) {
        assertThat(data.getRecipientInfos()).hasSize(1);
        return PasswordRecipientInfo.getInstance(
                RecipientInfo.getInstance(data.getRecipientInfos().getObjectAt(0))
                        .getInfo());
    }

    private static PBKDF2Params derivation(EnvelopedData data) {
        return PBKDF2Params.getInstance(
                password(data).getKeyDerivationAlgorithm().getParameters());
    }

    @Test
    void getsTheSameCertificateAgainWhenTheAnswerWasLost() throws SQLException {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT);
        TestDevice device = device(TestKeys.ec("secp256r1"));
        TestCsr csr = device.csr(SUBJECT, challenge.secret());

        X509CertificateHolder first = device.send(device.request(csr)).issued(challenge.secret());
        X509CertificateHolder second = device.send(device.request(csr)).issued(challenge.secret());

        assertThat(second).isEqualTo(first);
        assertThat(Issued.in(scepgate.database()).forChallenge(challenge)).containsExactly(first);
    }

    @Test
    void aRenewalWithoutAChallengeToEncryptWithIsRefusedBeforeAnythingIsIssued() throws SQLException {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT);
        TestDevice old = device(TestKeys.ec("secp256r1"));
        X509CertificateHolder certificate =
                old.send(old.request(old.csr(SUBJECT, challenge.secret()))).issued(challenge.secret());
        TestDevice device =
                TestDevice.withSigner(scepgate.endpoint(Scepgate.DEMO), new TestSigner(old.keys(), certificate));
        long before = Issued.in(scepgate.database()).count();

        CertRep answer = device.send(
                device.request(TestCsr.of(TestKeys.rsa()).subject(SUBJECT)).messageType("17"));

        assertThat(answer.failInfo()).contains("0");
        assertThat(Issued.in(scepgate.database()).count()).isEqualTo(before);
    }

    @Test
    void enrolsAnEllipticKeyUnderAThrowAwayRsaSignerAsFleetDoes() {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT);
        TestDevice signer = device(TestKeys.rsa());
        KeyPair keys = TestKeys.ec("secp256r1");
        TestCsr csr = TestCsr.of(keys).subject(SUBJECT).challenge(challenge.secret());

        X509CertificateHolder certificate = signer.enrol(csr);

        CertificateJudge.certifies(certificate, keys.getPublic());
    }

    private static void assertOpenSslOpens(CertRep answer, TestMdm.Challenge challenge, Path folder) {
        SystemProgram openssl = SystemProgram.require("openssl", "openssl");
        Path envelope = write(folder.resolve("envelope.der"), answer.envelope().encoded());
        Path bundle = folder.resolve("bundle.der");
        openssl.run(
                folder,
                "cms",
                "-decrypt",
                "-binary",
                "-inform",
                "DER",
                "-in",
                envelope + "",
                "-pwri_password",
                challenge.secret(),
                "-out",
                bundle + "");
        assertThat(openssl.run(folder, "pkcs7", "-inform", "DER", "-in", bundle + "", "-print_certs"))
                .contains("elliptic.acme.example");
    }

    private static Path write(Path file, byte[] content) {
        try {
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestDevice device(KeyPair keys) {
        return TestDevice.withKey(scepgate.endpoint(Scepgate.DEMO), keys);
    }
}
