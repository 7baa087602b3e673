package org.scepgate.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The certificate of ours that signed a request, and what the inventory knows of it.
 *
 * @param challengeIds the challenges that it goes back to: the first, and the last that a renewal brought
 * @param longestValidity what that challenge granted, where it was other than the profile's validity
 * @param successor the certificate that renewed it for the very key of the request
 */
public record ExistingCertificate(
        String profile,
        CertificateContents contents,
        boolean revoked,
        Set<UUID> challengeIds,
        Optional<Duration> longestValidity,
        Optional<Successor> successor) {

    public ExistingCertificate {
        challengeIds = Set.copyOf(challengeIds);
    }

    /** A renewal that was answered before: the digest of its request and the certificate (DER) that it got. */
    public record Successor(String requestSha256, byte[] certificate, Instant notAfter, boolean revoked) {
        public Successor {
            certificate = certificate.clone();
        }

        /** One that ended makes room for another: a client that keeps its key has no other way to a certificate. */
        boolean isReplaceable(Instant now) {
            return !revoked && now.isAfter(notAfter);
        }

        @Override
        public byte[] certificate() {
            return certificate.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Successor that
                    && requestSha256.equals(that.requestSha256)
                    && Arrays.equals(certificate, that.certificate)
                    && notAfter.equals(that.notAfter)
                    && revoked == that.revoked;
        }

        @Override
        public int hashCode() {
            return Objects.hash(requestSha256, notAfter);
        }
    }

    /** Whether it was issued for this challenge, or renews a certificate that was. */
    boolean goesBackTo(UUID challenge) {
        return challengeIds.contains(challenge);
    }

    boolean isInDate(Instant now) {
        return !now.isBefore(contents.notBefore()) && !now.isAfter(contents.notAfter());
    }

    /**
     * What it lets its successor hold: its own names, and of the usages those that the profile still grants. The
     * request may leave names out, which the successor has all the same.
     */
    Binding asBinding(Profile current) {
        return new Binding(
                current.name(),
                contents.subject(),
                contents.subjectAltNames(),
                Match.SUBSET,
                Optional.empty(),
                keyUsage(current),
                extendedKeyUsage(current),
                longestValidity.orElse(current.validity()));
    }

    private Set<KeyUsage> keyUsage(Profile current) {
        return KeyUsage.setOf(
                contents.keyUsage().stream().filter(current::allows).toList());
    }

    /** An absent extension restricts nothing (RFC 5280 section 4.2.1.12): it becomes no certificate that had one. */
    private List<ExtendedKeyUsage> extendedKeyUsage(Profile current) {
        if (contents.extendedKeyUsage().isEmpty() || current.extendedKeyUsage().isEmpty()) {
            return contents.extendedKeyUsage().isEmpty() ? current.extendedKeyUsage() : contents.extendedKeyUsage();
        }
        return contents.extendedKeyUsage().stream().filter(current::allows).toList();
    }
}
