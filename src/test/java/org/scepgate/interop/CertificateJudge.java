package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;

/** Judges an issued certificate with eyes that are not the server's: the JDK's and, where it is there, OpenSSL's. */
final class CertificateJudge {
    private final X509CertificateHolder ca;

    CertificateJudge(X509CertificateHolder ca) {
        this.ca = ca;
    }

    /** The certificate verifies under the CA and is of the form every profile promises. */
    void accepts(X509CertificateHolder certificate, Path folder) {
        try {
            X509Certificate issued = jca(certificate);
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(jca(ca), null)));
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(issued)), parameters);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("the certificate does not chain to the CA", e);
        }
        assertThat(certificate.getSerialNumber().bitLength())
                .as("random serial")
                .isBetween(64, 159);
        assertThat(certificate.getNotAfter()).isBeforeOrEqualTo(ca.getNotAfter());
        assertThat(certificate.getExtension(Extension.basicConstraints)).isNotNull();
        assertThat(certificate.getExtension(Extension.subjectKeyIdentifier)).isNotNull();
        assertThat(certificate.getExtension(Extension.authorityKeyIdentifier)).isNotNull();
        // The servers of these tests have an http URL, which puts them in by default.
        assertThat(certificate.getExtension(Extension.cRLDistributionPoints)).isNotNull();
        assertThat(certificate.getExtension(Extension.authorityInfoAccess)).isNotNull();
        SystemProgram.find("openssl").ifPresent(openssl -> verifies(openssl, certificate, folder));
    }

    private void verifies(SystemProgram openssl, X509CertificateHolder certificate, Path folder) {
        Path trusted = write(folder.resolve("judge-ca.pem"), ca);
        Path judged = write(folder.resolve("judge-certificate.pem"), certificate);
        String verdict = openssl.run(
                folder, "verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", trusted + "", judged + "");
        assertThat(verdict).contains("OK");
    }

    /** The CRL is the CA's. */
    void accepts(X509CRLHolder crl, Path folder) {
        try {
            byte[] encoded = crl.getEncoded();
            X509CRL read =
                    (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(encoded));
            read.verify(jca(ca).getPublicKey());
            Path file = Files.write(folder.resolve("judge.crl"), encoded);
            Path trusted = write(folder.resolve("judge-ca.pem"), ca);
            SystemProgram.find("openssl").ifPresent(openssl -> verifies(openssl, file, trusted));
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError("the CRL is not the CA's", e);
        }
    }

    private static void verifies(SystemProgram openssl, Path crl, Path trusted) {
        String verdict = openssl.run(
                crl.getParent(), "crl", "-inform", "der", "-in", crl + "", "-CAfile", trusted + "", "-noout", "-text");
        assertThat(verdict).contains("verify OK", "Version 2", "X509v3 CRL Number");
    }

    /** Subject and DNS names are these and there are no others. */
    static void holdsExactly(X509CertificateHolder certificate, String subject, String... dnsNames) {
        assertThat(certificate.getSubject()).isEqualTo(new X500Name(BCStyle.INSTANCE, subject));
        GeneralNames names = GeneralNames.fromExtensions(certificate.getExtensions(), Extension.subjectAlternativeName);
        List<GeneralName> present = names == null ? List.of() : List.of(names.getNames());
        assertThat(present)
                .containsExactly(List.of(dnsNames).stream()
                        .map(name -> new GeneralName(GeneralName.dNSName, name))
                        .toArray(GeneralName[]::new));
    }

    static void certifies(X509CertificateHolder certificate, PublicKey key) {
        assertThat(certificate.getSubjectPublicKeyInfo().toASN1Primitive())
                .isEqualTo(SubjectPublicKeyInfo.getInstance(key.getEncoded()).toASN1Primitive());
    }

    /** Reads a file that holds one certificate in PEM. */
    static X509CertificateHolder read(Path pem) {
        try {
            String base64 = Files.readString(pem).replaceAll("-----[A-Z ]+-----|\\s", "");
            return new X509CertificateHolder(Base64.getDecoder().decode(base64));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(Path file, X509CertificateHolder certificate) {
        try {
            String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static X509Certificate jca(X509CertificateHolder certificate) throws GeneralSecurityException {
        return new JcaX509CertificateConverter().getCertificate(certificate);
    }
}
