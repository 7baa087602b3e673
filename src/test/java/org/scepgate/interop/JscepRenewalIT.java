package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CRLHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.jscep.client.Client;
import org.jscep.transaction.FailInfo;
import org.jscep.transaction.OperationFailureException;
import org.jscep.transport.response.Capability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestSigner;

/** What jscep does once it has a certificate: renew it, look up others, fetch the CRL and the next CA. */
@ExtendWith(Scepgate.Extension.class)
class JscepRenewalIT {
    private static final String SUBJECT = "CN=jscep-renewal.acme.example,O=Acme";

    @TempDir
    Path folder;

    private final Scepgate scepgate;
    private final KeyPair keys = TestKeys.rsa();

    JscepRenewalIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    private X509Certificate enrolled(String profile) throws Exception {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(profile, SUBJECT);
        X509CertificateHolder self = TestSigner.selfSigned(keys, SUBJECT).certificate();
        return first(client(profile)
                .enrol(
                        jca(self),
                        keys.getPrivate(),
                        TestCsr.of(keys)
                                .subject(SUBJECT)
                                .challenge(challenge.secret())
                                .build())
                .getCertStore());
    }

    @Test
    void renewsWithTheCertificateItHas() throws Exception {
        X509Certificate old = enrolled(Scepgate.DEMO);
        KeyPair newKeys = TestKeys.rsa();

        CertStore renewed = client(Scepgate.DEMO)
                .enrol(
                        old,
                        keys.getPrivate(),
                        TestCsr.of(newKeys).subject(SUBJECT).build())
                .getCertStore();

        X509CertificateHolder certificate = new JcaX509CertificateHolder(first(renewed));
        new CertificateJudge(scepgate.ca().certificate()).accepts(certificate, folder);
        CertificateJudge.certifies(certificate, newKeys.getPublic());
        assertThat(client(Scepgate.DEMO).getCaCapabilities().contains(Capability.RENEWAL))
                .isTrue();
    }

    @Test
    void looksACertificateUp() throws Exception {
        X509Certificate certificate = enrolled(Scepgate.QUERIES);

        CertStore found =
                client(Scepgate.QUERIES).getCertificate(certificate, keys.getPrivate(), certificate.getSerialNumber());

        assertThat(first(found)).isEqualTo(certificate);
        assertThatThrownBy(
                        () -> client(Scepgate.QUERIES).getCertificate(certificate, keys.getPrivate(), BigInteger.TEN))
                .isInstanceOfSatisfying(
                        OperationFailureException.class,
                        refused -> assertThat(refused.getFailInfo()).isEqualTo(FailInfo.badCertId));
    }

    @Test
    void fetchesTheCrl() throws Exception {
        X509Certificate certificate = enrolled(Scepgate.QUERIES);
        X500Principal issuer = certificate.getIssuerX500Principal();

        X509CRL crl = client(Scepgate.QUERIES)
                .getRevocationList(certificate, keys.getPrivate(), issuer, certificate.getSerialNumber());

        assertThat(crl.isRevoked(certificate)).isFalse();
        new CertificateJudge(scepgate.ca().certificate()).accepts(new JcaX509CRLHolder(crl), folder);
    }

    @Test
    void fetchesTheNextCa() throws Exception {
        CertStore next = client(Scepgate.ROLLOVER).getRolloverCertificate();

        assertThat(next.getCertificates(null))
                .extracting(certificate -> new JcaX509CertificateHolder((X509Certificate) certificate))
                .extracting(X509CertificateHolder::getSubject)
                .contains(
                        scepgate.rollingNext().certificate().getSubject(),
                        scepgate.rollingNext().raCertificate().getSubject());
    }

    private static X509Certificate jca(X509CertificateHolder certificate) throws GeneralSecurityException {
        return new JcaX509CertificateConverter().getCertificate(certificate);
    }

    private static X509Certificate first(CertStore store) throws GeneralSecurityException {
        List<Certificate> found = List.copyOf(store.getCertificates(null));
        return (X509Certificate) found.get(0);
    }

    private Client client(String profile) throws MalformedURLException {
        return new Client(scepgate.endpoint(profile).url().toURL(), (X509Certificate certificate) -> true);
    }
}
