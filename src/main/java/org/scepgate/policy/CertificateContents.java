package org.scepgate.policy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * What a certificate of ours says, as far as a renewal keeps it.
 *
 * @param spkiSha256 lower-case hex over the DER of the SubjectPublicKeyInfo
 */
public record CertificateContents(
        DistinguishedName subject,
        SubjectAltNames subjectAltNames,
        Set<KeyUsage> keyUsage,
        List<ExtendedKeyUsage> extendedKeyUsage,
        String spkiSha256,
        Instant notBefore,
        Instant notAfter,
        Optional<SecurityIdentifier> securityIdentifier) {

    public CertificateContents {
        keyUsage = KeyUsage.setOf(keyUsage);
        extendedKeyUsage = List.copyOf(extendedKeyUsage);
    }

    /** Without the SID of an account. */
    public CertificateContents(
            DistinguishedName subject,
            SubjectAltNames subjectAltNames,
            Set<KeyUsage> keyUsage,
            List<ExtendedKeyUsage> extendedKeyUsage,
            String spkiSha256,
            Instant notBefore,
            Instant notAfter) {
        this(subject, subjectAltNames, keyUsage, extendedKeyUsage, spkiSha256, notBefore, notAfter, Optional.empty());
    }

    /** @throws IllegalStateException if it holds what no policy of ours lets in */
    public static CertificateContents of(X509CertificateHolder certificate) {
        CertifiedNames names = CertifiedNames.of(certificate);
        return new CertificateContents(
                names.subject(),
                names.subjectAltNames(),
                keyUsage(certificate),
                extendedKeyUsage(certificate),
                Csr.sha256Of(certificate.getSubjectPublicKeyInfo()),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                SecurityIdentifier.in(certificate.getExtensions()));
    }

    /** The whole subject, a common name or an alternative name: enough to be taken for the device that is meant. */
    boolean sharesNameWith(Binding bound) {
        return !subject.isEmpty() && subject.matches(bound.subject())
                || subject.sharesCommonNameWith(bound.subject())
                || subjectAltNames.shareOneWith(bound.subjectAltNames());
    }

    private static Set<KeyUsage> keyUsage(X509CertificateHolder certificate) {
        org.bouncycastle.asn1.x509.KeyUsage bits =
                org.bouncycastle.asn1.x509.KeyUsage.fromExtensions(certificate.getExtensions());
        return Arrays.stream(KeyUsage.values())
                .filter(usage -> bits != null && bits.hasUsages(usage.bit()))
                .collect(Collectors.toSet());
    }

    private static List<ExtendedKeyUsage> extendedKeyUsage(X509CertificateHolder certificate) {
        return Optional.ofNullable(
                        org.bouncycastle.asn1.x509.ExtendedKeyUsage.fromExtensions(certificate.getExtensions()))
                .map(org.bouncycastle.asn1.x509.ExtendedKeyUsage::getUsages)
                .map(usages -> Arrays.stream(usages)
                        .map(KeyPurposeId::getId)
                        .map(ExtendedKeyUsage::parse)
                        .toList())
                .orElse(List.of());
    }
}
