package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import org.awaitility.Awaitility;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;

/** GetCert and GetCRL (RFC 8894, 4.5 and 4.6). */
@ExtendWith(Scepgate.Extension.class)
class QueryIT {
    private static final String SUBJECT = "CN=query.acme.example,O=Acme";
    private static final String GET_CERT = "21";
    private static final String GET_CRL = "22";

    @TempDir
    Path folder;

    private final Scepgate scepgate;
    private final TestDevice device;

    QueryIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.QUERIES));
    }

    private X509CertificateHolder enrol() {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.QUERIES, SUBJECT);
        return device.enrol(device.csr(SUBJECT, challenge.secret()));
    }

    private static CertRep ask(TestDevice device, String type, X500Name issuer, BigInteger serial) {
        try {
            byte[] id = new IssuerAndSerialNumber(issuer, serial).getEncoded();
            // sscep has one transactionID for all its questions.
            return device.send(device.request(id).messageType(type).transactionId("SSCEP transactionId"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CertRep ask(String type, X509CertificateHolder certificate) {
        return ask(device, type, certificate.getIssuer(), certificate.getSerialNumber());
    }

    @Test
    void givesACertificateByIssuerAndSerialNumber() {
        X509CertificateHolder certificate = enrol();

        CertRep answer = ask(GET_CERT, certificate);

        assertThat(answer.certificates(device.signer())).containsExactly(certificate);
    }

    /** It may have come into the inventory from elsewhere; only a renewal has to understand its names. */
    @Test
    void givesACertificateWhoseNamesNoRenewalCouldKeep() throws SQLException {
        X509CertificateHolder certificate = scepgate.ca()
                .certify(
                        String.join(",", Collections.nCopies(1_000, "CN=query")),
                        device.keys().getPublic(),
                        TestCa.Validity.ofDays(1));
        Issued.in(scepgate.database()).add("test", Scepgate.QUERIES, certificate);

        CertRep answer = ask(GET_CERT, certificate);

        assertThat(answer.certificates(device.signer())).containsExactly(certificate);
    }

    @Test
    void knowsNoOtherSerialNumberAndNoOtherIssuer() {
        X509CertificateHolder certificate = enrol();
        BigInteger serial = certificate.getSerialNumber();

        assertThat(ask(device, GET_CERT, certificate.getIssuer(), serial.add(BigInteger.ONE))
                        .failInfo())
                .contains("4");
        assertThat(ask(device, GET_CERT, certificate.getIssuer(), serial.negate())
                        .failInfo())
                .contains("4");
        assertThat(ask(device, GET_CERT, certificate.getIssuer(), BigInteger.TWO.pow(4000))
                        .failInfo())
                .contains("4");
        assertThat(ask(device, GET_CERT, new X500Name("CN=Another CA"), serial).failInfo())
                .contains("4");
    }

    @ParameterizedTest
    @ValueSource(strings = {GET_CERT, GET_CRL})
    void answersNothingUnlessTheProfileSaysSo(String type) {
        TestDevice elsewhere = device.at(scepgate.endpoint(Scepgate.DEMO));
        X509CertificateHolder ca = scepgate.ca().certificate();

        CertRep answer = ask(elsewhere, type, ca.getSubject(), ca.getSerialNumber());

        assertThat(answer.failInfo()).contains("2");
    }

    @Test
    void givesTheCrlOfTheIssuerThatOpensslAccepts() {
        X509CertificateHolder certificate = enrol();

        X509CRLHolder crl = ask(GET_CRL, certificate).crl(device.signer());

        assertThat(crl.getIssuer()).isEqualTo(certificate.getIssuer());
        assertThat(crl.getRevokedCertificate(certificate.getSerialNumber())).isNull();
        assertThat(crl.getExtension(Extension.authorityKeyIdentifier)).isNotNull();
        assertThat(crl.getThisUpdate()).isBeforeOrEqualTo(Date.from(Instant.now()));
        assertThat(crl.getNextUpdate()).isAfter(Date.from(Instant.now()));
        new CertificateJudge(scepgate.ca().certificate()).accepts(crl, folder);
    }

    /** The CA's own certificate stands for its CRL too (clients.md 20), and any serial number of its does. */
    @Test
    void givesTheCrlToWhoNamesTheCa() {
        X509CertificateHolder ca = scepgate.ca().certificate();

        assertThat(ask(GET_CRL, ca).crl(device.signer()).getIssuer()).isEqualTo(ca.getSubject());
        assertThat(ask(device, GET_CRL, ca.getSubject(), BigInteger.ONE).isSuccess())
                .isTrue();
        assertThat(ask(device, GET_CRL, new X500Name("CN=Another CA"), BigInteger.ONE)
                        .failInfo())
                .contains("4");
    }

    @Test
    void makesANewCrlWhenACertificateWasRevokedWithAHigherNumberOnAnyServer() throws SQLException {
        X509CertificateHolder certificate = enrol();
        X509CRLHolder before = ask(GET_CRL, certificate).crl(device.signer());

        Issued.in(scepgate.database()).revoke(certificate);
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> ask(GET_CRL, certificate)
                                .crl(device.signer())
                                .getRevokedCertificate(certificate.getSerialNumber())
                        != null);
        X509CRLHolder after = ask(GET_CRL, certificate).crl(device.signer());
        X509CRLHolder onPeer;
        try (ServerProcess peer = scepgate.startPeer()) {
            TestDevice there = device.at(peer.endpoint(Scepgate.QUERIES));
            onPeer = ask(there, GET_CRL, certificate.getIssuer(), certificate.getSerialNumber())
                    .crl(device.signer());
        }

        assertThat(number(after)).isGreaterThan(number(before));
        assertThat(number(onPeer)).isGreaterThanOrEqualTo(number(after));
        assertThat(onPeer.getRevokedCertificate(certificate.getSerialNumber())).isNotNull();
        assertThat(after.getRevokedCertificate(certificate.getSerialNumber())).isNotNull();
        new CertificateJudge(scepgate.ca().certificate()).accepts(after, folder);
    }

    private static BigInteger number(X509CRLHolder crl) {
        return ASN1Integer.getInstance(crl.getExtension(Extension.cRLNumber).getParsedValue())
                .getValue();
    }

    @Test
    void leavesAnAuditRowEither() throws SQLException {
        X509CertificateHolder certificate = enrol();

        ask(GET_CERT, certificate);
        ask(device, GET_CERT, certificate.getIssuer(), BigInteger.TEN);

        String serial = Issued.serialText(certificate);
        assertThat(Issued.in(scepgate.database()).outcomesOfQueriesFor(serial)).containsExactly("success");
        assertThat(Issued.in(scepgate.database()).outcomesOfQueriesFor("0a")).contains("refused");
    }
}
