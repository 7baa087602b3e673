package org.scepgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.TBSCertList;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.SingleResp;

/** What RFC 5280 asks of a certificate, a CRL and an answer of OCSP beyond what a path validation looks at. */
public final class CertificateLint {
    // 2050-01-01T00:00:00Z: from then on GeneralizedTime (RFC 5280, 4.1.2.5).
    private static final Date END_OF_UTC_TIME = new Date(2_524_608_000_000L);
    private static final int LONGEST_NUMBER_BYTES = 20;

    private CertificateLint() {}

    public static void accepts(X509CertificateHolder certificate) {
        assertThat(certificate.getVersionNumber()).isEqualTo(3);
        requireDer(encoded(certificate));
        requireNumber(certificate.getSerialNumber());
        assertThat(certificate.getIssuer().getRDNs()).as("issuer").isNotEmpty();
        assertThat(certificate.toASN1Structure().getTBSCertificate().getSignature())
                .isEqualTo(certificate.getSignatureAlgorithm());
        requireTime(certificate.toASN1Structure().getStartDate());
        requireTime(certificate.toASN1Structure().getEndDate());
        assertThat(certificate.getNotBefore()).isBefore(certificate.getNotAfter());
        requireExtensions(certificate);
        requireKeyIdentifiers(certificate);
        requireUsages(certificate);
        requireAltNames(certificate);
    }

    public static void accepts(X509CRLHolder crl) {
        TBSCertList list = crl.toASN1Structure().getTBSCertList();
        requireDer(encoded(crl));
        assertThat(list.getVersionNumber()).isEqualTo(2);
        assertThat(list.getSignature()).isEqualTo(crl.toASN1Structure().getSignatureAlgorithm());
        requireTime(list.getThisUpdate());
        assertThat(list.getNextUpdate()).as("nextUpdate").isNotNull();
        requireTime(list.getNextUpdate());
        assertThat(crl.getThisUpdate()).isBefore(crl.getNextUpdate());
        Extension number = crl.getExtension(Extension.cRLNumber);
        assertThat(number.isCritical()).isFalse();
        requireNumber(ASN1Integer.getInstance(number.getParsedValue()).getValue());
        assertThat(crl.getExtension(Extension.authorityKeyIdentifier)).isNotNull();
        // RFC 5280, 5.1.2.6: absent, not empty, where nothing is revoked.
        assertThat(crl.getRevokedCertificates().isEmpty()).isEqualTo(list.getRevokedCertificates().length == 0);
        for (TBSCertList.CRLEntry entry : list.getRevokedCertificates()) {
            requireTime(entry.getRevocationDate());
            assertThat(entry.getExtensions() == null || entry.getExtensions().getExtensionOIDs().length > 0)
                    .as("entry extensions are absent or there are some")
                    .isTrue();
        }
    }

    /** An answer of OCSP by a delegate of the CA (RFC 6960, 4.2). */
    public static void accepts(BasicOCSPResp answer) {
        try {
            requireDer(answer.getEncoded());
            for (X509CertificateHolder delegate : answer.getCerts()) {
                accepts(delegate);
                assertThat(ExtendedKeyUsage.fromExtensions(delegate.getExtensions())
                                .hasKeyPurposeId(KeyPurposeId.id_kp_OCSPSigning))
                        .isTrue();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(answer.getResponses()).isNotEmpty();
        for (SingleResp single : answer.getResponses()) {
            assertThat(single.getThisUpdate()).isBeforeOrEqualTo(answer.getProducedAt());
            assertThat(single.getNextUpdate()).isAfter(single.getThisUpdate());
        }
    }

    private static void requireDer(byte[] encoded) {
        try {
            assertThat(ASN1Primitive.fromByteArray(encoded).getEncoded(ASN1Encoding.DER))
                    .as("DER")
                    .isEqualTo(encoded);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireNumber(BigInteger number) {
        assertThat(number.signum()).as("sign of " + number).isPositive();
        assertThat(number.toByteArray()).hasSizeLessThanOrEqualTo(LONGEST_NUMBER_BYTES);
    }

    private static void requireTime(Time time) {
        boolean utc = time.toASN1Primitive() instanceof ASN1UTCTime;
        assertThat(utc)
                .as("UTCTime up to 2049: " + time)
                .isEqualTo(time.getDate().before(END_OF_UTC_TIME));
        String text = utc ? ((ASN1UTCTime) time.toASN1Primitive()).getTime() : time.getTime();
        assertThat(text).as("whole seconds in UTC").matches("\\d{12,14}(Z|GMT\\+00:00)");
    }

    private static void requireExtensions(X509CertificateHolder certificate) {
        Extensions extensions = certificate.getExtensions();
        assertThat(extensions.getExtensionOIDs()).isNotEmpty().doesNotHaveDuplicates();
        Stream.of(extensions.getExtensionOIDs())
                .filter(type -> !type.equals(Extension.basicConstraints))
                .map(type -> extensions.getExtension(type).getParsedValue().toASN1Primitive())
                .filter(ASN1Sequence.class::isInstance)
                .forEach(value -> assertThat(((ASN1Sequence) value).size()).isPositive());
    }

    private static void requireKeyIdentifiers(X509CertificateHolder certificate) {
        Extension subject = certificate.getExtension(Extension.subjectKeyIdentifier);
        assertThat(subject.isCritical()).isFalse();
        Extension authority = certificate.getExtension(Extension.authorityKeyIdentifier);
        if (authority == null) {
            // RFC 5280, 4.2.1.1: a root may leave it out.
            assertThat(certificate.getSubject()).as("authorityKeyIdentifier").isEqualTo(certificate.getIssuer());
        } else {
            assertThat(authority.isCritical()).isFalse();
            assertThat(AuthorityKeyIdentifier.getInstance(authority.getParsedValue())
                            .getKeyIdentifierOctets())
                    .isNotEmpty();
        }
    }

    private static void requireUsages(X509CertificateHolder certificate) {
        BasicConstraints constraints = BasicConstraints.fromExtensions(certificate.getExtensions());
        boolean authority = constraints != null && constraints.isCA();
        assertThat(authority
                        && !certificate.getExtension(Extension.basicConstraints).isCritical())
                .as("basicConstraints of a CA are critical")
                .isFalse();
        assertThat(certificate.getExtension(Extension.keyUsage).isCritical()).isTrue();
        KeyUsage usage = KeyUsage.fromExtensions(certificate.getExtensions());
        assertThat(usage.hasUsages(KeyUsage.keyCertSign)).isEqualTo(authority);
        ExtendedKeyUsage purposes = ExtendedKeyUsage.fromExtensions(certificate.getExtensions());
        assertThat(purposes == null || purposes.size() > 0)
                .as("extendedKeyUsage")
                .isTrue();
    }

    private static void requireAltNames(X509CertificateHolder certificate) {
        Extension names = certificate.getExtension(Extension.subjectAlternativeName);
        boolean nameless = certificate.getSubject().getRDNs().length == 0;
        if (names == null) {
            assertThat(nameless).as("a subject, or names beside it").isFalse();
        } else {
            assertThat(names.isCritical())
                    .as("critical where they are all there is")
                    .isEqualTo(nameless);
            assertThat(GeneralNames.getInstance(names.getParsedValue()).getNames())
                    .isNotEmpty();
        }
    }

    private static byte[] encoded(X509CertificateHolder certificate) {
        return encoded(certificate.toASN1Structure());
    }

    private static byte[] encoded(X509CRLHolder crl) {
        return encoded(crl.toASN1Structure());
    }

    private static byte[] encoded(ASN1Object structure) {
        try {
            return structure.getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
