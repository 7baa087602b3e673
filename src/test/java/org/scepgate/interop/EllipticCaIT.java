package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.jscep.client.Client;
import org.jscep.client.EnrollmentResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestSigner;

/** Real clients get certificates of an ECDSA CA, whose RSA RA talks SCEP with them. */
@ExtendWith(Scepgate.Extension.class)
class EllipticCaIT {
    private static final String ECDSA_WITH_SHA384 = "1.2.840.10045.4.3.3";

    @TempDir
    Path folder;

    private final Scepgate scepgate;

    EllipticCaIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @Test
    void enrolsAndRenewsStrongSwan() throws SQLException {
        String host = "strongswan-ecdsa.acme.example";
        TestMdm.Challenge challenge = challenge(host);
        StrongSwan client = StrongSwan.require(folder, scepgate.endpoint(Scepgate.ELLIPTIC))
                .fetchCaCertificates()
                .makeKey("old-key.pem", 2048)
                .makeKey("new-key.pem", 2048);

        SystemProgram.Outcome enrolment =
                client.scep("old.pem", host, "--in", "old-key.pem", "--password", challenge.secret());
        SystemProgram.Outcome renewal =
                client.scep("new.pem", host, "--in", "new-key.pem", "--cert", "old.pem", "--key", "old-key.pem");

        assertThat(enrolment.exitCode()).as(enrolment.output()).isZero();
        assertThat(renewal.exitCode()).as(renewal.output()).isZero();
        X509CertificateHolder old = accepted(CertificateJudge.read(folder.resolve("old.pem")));
        X509CertificateHolder renewed = accepted(CertificateJudge.read(folder.resolve("new.pem")));
        assertThat(Issued.in(scepgate.database()).renewalsOf(old)).containsExactly(renewed);
    }

    @Test
    void enrolsJscep() throws Exception {
        String host = "jscep-ecdsa.acme.example";
        TestMdm.Challenge challenge = challenge(host);
        KeyPair keys = TestKeys.rsa();
        Client client = new Client(
                scepgate.endpoint(Scepgate.ELLIPTIC).url().toURL(),
                (X509Certificate certificate) -> certificate.getBasicConstraints() >= 0);
        X509Certificate identity = new JcaX509CertificateConverter()
                .getCertificate(
                        TestSigner.selfSigned(keys, "CN=" + host + ",O=Acme").certificate());
        TestCsr csr =
                TestCsr.of(keys).subject("CN=" + host + ",O=Acme").dns(host).challenge(challenge.secret());

        EnrollmentResponse response = client.enrol(identity, keys.getPrivate(), csr.build());

        assertThat(response.isSuccess()).isTrue();
        Certificate issued =
                response.getCertStore().getCertificates(null).iterator().next();
        accepted(new JcaX509CertificateHolder((X509Certificate) issued));
    }

    private TestMdm.Challenge challenge(String host) {
        return scepgate.mdm().challenge(Scepgate.ELLIPTIC, "CN=" + host + ",O=Acme", host);
    }

    private X509CertificateHolder accepted(X509CertificateHolder issued) {
        new CertificateJudge(scepgate.elliptic().certificate()).accepts(issued, folder);
        assertThat(issued.getSignatureAlgorithm().getAlgorithm().getId()).isEqualTo(ECDSA_WITH_SHA384);
        return issued;
    }
}
