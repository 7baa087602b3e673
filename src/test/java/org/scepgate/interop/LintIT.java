package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.sql.SQLException;
import org.awaitility.Awaitility;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.CertificateLint;
import org.scepgate.testing.EnvelopeBuilder;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.Soak;
import org.scepgate.testing.SuiteLint;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestSigner;

/** Certificates and CRLs under the eyes of linters: pkilint, OpenSSL, and RFC 5280 as {@link CertificateLint} reads it. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LintIT {
    private static final String SUBJECT = "CN=lint.acme.example,O=Acme";
    private static final String NAME = "lint.acme.example";

    @TempDir
    Path folder;

    private final Scepgate scepgate;
    private ServerProcess server;

    LintIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    /** The linter takes {@code http://localhost:...} in a certificate for a fault. */
    @BeforeAll
    void startsWithPublicUrls() {
        server = scepgate.startPeer(settings -> settings.with("scepgate.pki-base-url", "http://pki.acme.example"));
    }

    @AfterAll
    void stops() {
        server.close();
    }

    @Test
    void findsNoFaultInACertificateAndItsRenewal() throws IOException {
        TestDevice device = device(Scepgate.DEMO, TestKeys.rsa());
        X509CertificateHolder issued = device.enrol(csr(Scepgate.DEMO, device.keys()));
        TestDevice holder = device.holding(issued);
        KeyPair newKeys = TestKeys.rsa(3072);
        X509CertificateHolder renewed = holder.send(
                        holder.renewal(TestCsr.of(newKeys).subject(SUBJECT)))
                .issued(holder.signer());

        requireFaultless(issued, scepgate.ca());
        requireFaultless(renewed, scepgate.ca());
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1"})
    void findsNoFaultInACertificateForAnEllipticKey(String curve) throws IOException {
        KeyPair keys = TestKeys.ec(curve);
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT, NAME);
        TestDevice device = device(Scepgate.DEMO, keys);

        X509CertificateHolder issued = device.send(
                        device.request(device.csr(SUBJECT, challenge.secret()).dns(NAME)))
                .issued(challenge.secret());

        requireFaultless(issued, scepgate.ca());
    }

    @Test
    void findsNoFaultInACertificateOfAnEllipticCa() throws IOException {
        X509CertificateHolder ra = scepgate.rollingNext().raCertificate();
        TestDevice device = device(Scepgate.ROLLOVER, TestKeys.rsa());
        byte[] csr = csr(Scepgate.ROLLOVER, device.keys()).encoded();
        byte[] request = device.request(EnvelopeBuilder.of(csr).to(ra)).build();

        X509CertificateHolder issued =
                CertRep.read(device.endpoint().post(request).body(), ra).issued(device.signer());

        requireFaultless(issued, scepgate.rollingNext());
    }

    @Test
    void findsNoFaultInACertificateWithNamesOfEveryKind() throws IOException {
        TestDevice device = device(Scepgate.DEMO, TestKeys.rsa());
        ObjectNode wish = TestMdm.wish(Scepgate.DEMO, SUBJECT, NAME).put("match", "subset");
        ObjectNode names = (ObjectNode) wish.get("subjectAltNames");
        names.putArray("email").add("lint@acme.example");
        names.putArray("uri").add("https://lint.acme.example/device");
        names.putArray("ip").add("192.0.2.1").add("2001:db8::1");
        names.putArray("upn").add("lint@acme.example");
        wish.put("securityIdentifier", "S-1-5-21-1004336348-1177238915-682003330-1104");
        TestMdm.Challenge challenge = scepgate.mdm().challenge(wish);

        X509CertificateHolder issued = device.enrol(device.csr(SUBJECT, challenge.secret()));

        requireFaultless(issued, scepgate.ca());
        assertThat(GeneralNames.fromExtensions(issued.getExtensions(), Extension.subjectAlternativeName)
                        .getNames())
                .hasSize(6);
    }

    @Test
    void findsNoFaultInWhatGetCaCertGives() throws IOException {
        for (X509CertificateHolder certificate :
                scepgate.endpoint(Scepgate.DEMO).caCertificates().all()) {
            requireFaultless(certificate, scepgate.ca());
        }
    }

    @Test
    void findsNoFaultInACrl() throws IOException, SQLException {
        TestDevice device = device(Scepgate.QUERIES, TestKeys.rsa());
        X509CertificateHolder certificate = device.enrol(csr(Scepgate.QUERIES, device.keys()));
        byte[] id = new IssuerAndSerialNumber(certificate.getIssuer(), certificate.getSerialNumber()).getEncoded();
        Issued.in(scepgate.database()).revoke(certificate);

        X509CRLHolder crl = Awaitility.await()
                .until(
                        () -> device.send(device.request(id).messageType("22")).crl(device.signer()),
                        published -> published.getRevokedCertificate(certificate.getSerialNumber()) != null);

        requireFaultless(crl, scepgate.ca());
    }

    @Test
    void findsNoFaultInACrlOfAnEllipticCa() throws IOException {
        HttpResponse<byte[]> answer =
                ScepEndpoint.send(HttpRequest.newBuilder(server.url().resolve("/crl/elliptic.crl"))
                        .build());

        requireFaultless(new X509CRLHolder(answer.body()), scepgate.elliptic());
    }

    private void requireFaultless(X509CRLHolder crl, TestCa ca) throws IOException {
        CertificateLint.accepts(crl);
        new CertificateJudge(ca.certificate()).accepts(crl, folder);
        Path file = Files.write(folder.resolve("linted.crl"), crl.getEncoded());
        assertThat(new PkiLint(folder).findings("lint_crl", "-t", "CRL", "-p", "PKIX", file + ""))
                .isEmpty();
    }

    @Test
    void findsNoFaultInAnAnswerOfOcsp() throws IOException {
        TestDevice device = device(Scepgate.DEMO, TestKeys.rsa());
        X509CertificateHolder issued = device.enrol(csr(Scepgate.DEMO, device.keys()));
        Pem.write(folder.resolve("ca.pem"), scepgate.ca().certificate());
        Pem.write(folder.resolve("asked.pem"), issued);
        String url = server.url().resolve("/ocsp/test").toString();
        SystemProgram.require("openssl", "openssl")
                .run(
                        folder,
                        "ocsp",
                        "-issuer",
                        "ca.pem",
                        "-cert",
                        "asked.pem",
                        "-url",
                        url,
                        "-respout",
                        "ocsp.der",
                        "-noverify");

        OCSPResp answer = new OCSPResp(Files.readAllBytes(folder.resolve("ocsp.der")));

        CertificateLint.accepts(basic(answer));
        assertThat(new PkiLint(folder).findings("lint_ocsp_response", folder.resolve("ocsp.der") + ""))
                .isEmpty();
        new PkiLint(folder)
                .requireFaultless(scepgate.ca().ocspCertificate(), scepgate.ca().certificate());
    }

    private static BasicOCSPResp basic(OCSPResp answer) {
        try {
            return (BasicOCSPResp) answer.getResponseObject();
        } catch (OCSPException e) {
            throw new AssertionError("no basic response", e);
        }
    }

    /** Whatever other tests of the run had issued before; at its end {@link Scepgate} looks once more. */
    @Test
    void findsNoFaultInAnythingOfTheRun() {
        TestDevice device = device(Scepgate.DEMO, TestKeys.rsa());
        device.enrol(csr(Scepgate.DEMO, device.keys()));

        SuiteLint linted = SuiteLint.of(scepgate.database());

        assertThat(linted.certificates()).isPositive();
        assertThat(linted.compared()).isPositive();
        assertThat(linted.crls()).isPositive();
        Soak.report("R10 lint: %s", linted);
    }

    @Test
    void isNoLinterThatFindsNothing() throws IOException {
        X509CertificateHolder faulty =
                TestSigner.of(TestKeys.rsa()).serial(BigInteger.ZERO).build().certificate();
        Path file = Files.write(folder.resolve("faulty.der"), faulty.getEncoded());

        String found = SystemProgram.require("lint_pkix_cert", PkiLint.PACKAGES)
                .tryToRun(folder, "lint", "-s", "WARNING", file + "")
                .output();

        assertThat(found).contains("serial_number");
        assertThatThrownBy(() -> CertificateLint.accepts(faulty)).isInstanceOf(AssertionError.class);
    }

    private TestDevice device(String profile, KeyPair keys) {
        return TestDevice.withKey(server.endpoint(profile), keys);
    }

    private TestCsr csr(String profile, KeyPair keys) {
        TestMdm.Challenge challenge = scepgate.mdm().challenge(profile, SUBJECT, NAME);
        return TestCsr.of(keys).subject(SUBJECT).challenge(challenge.secret()).dns(NAME);
    }

    private void requireFaultless(X509CertificateHolder certificate, TestCa ca) throws IOException {
        new PkiLint(folder).requireFaultless(certificate, ca.certificate());
    }
}
