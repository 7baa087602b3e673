package org.scepgate.policy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
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
        Instant notAfter) {

    public CertificateContents {
        keyUsage = KeyUsage.setOf(keyUsage);
        extendedKeyUsage = List.copyOf(extendedKeyUsage);
    }

    /** @throws IllegalStateException if it holds what no policy of ours lets in */
    public static CertificateContents of(X509CertificateHolder certificate) {
        try {
            return new CertificateContents(
                    DistinguishedName.of(certificate.getSubject()),
                    altNames(certificate),
                    keyUsage(certificate),
                    extendedKeyUsage(certificate),
                    Csr.sha256Of(certificate.getSubjectPublicKeyInfo()),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant());
        } catch (InvalidNameException | UnreadableCsrException e) {
            throw new IllegalStateException("a certificate of ours has names that cannot be read", e);
        }
    }

    /** The whole subject, a common name or an alternative name: enough to be taken for the device that is meant. */
    boolean sharesNameWith(Binding bound) {
        return !subject.isEmpty() && subject.matches(bound.subject())
                || subject.sharesCommonNameWith(bound.subject())
                || subjectAltNames.shareOneWith(bound.subjectAltNames());
    }

    private static SubjectAltNames altNames(X509CertificateHolder certificate)
            throws UnreadableCsrException, InvalidNameException {
        GeneralNames names = GeneralNames.fromExtensions(certificate.getExtensions(), Extension.subjectAlternativeName);
        if (names == null) {
            return SubjectAltNames.NONE;
        }
        RequestedSans read = RequestedSans.of(names);
        if (!read.unsupported().isEmpty()) {
            throw new InvalidNameException("", String.join("; ", read.unsupported()));
        }
        return read.supported();
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
