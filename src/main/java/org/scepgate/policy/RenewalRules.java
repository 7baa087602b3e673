package org.scepgate.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether and when a certificate of this profile renews itself.
 *
 * @param window how long before its end a certificate may be renewed; empty: as long as it is valid
 * @param sameKey whether the new certificate may be for the old key (RFC 8894 section 2.5)
 */
public record RenewalRules(boolean enabled, Optional<Duration> window, boolean sameKey) {

    /** @throws InvalidProfileException on {@code renewal.window} */
    public RenewalRules {
        InvalidProfileException.unless(
                window.map(length -> !length.isZero() && !length.isNegative()).orElse(true),
                "renewal.window",
                "must be longer than nothing; leave it out to allow renewal at any time");
    }

    /** From when on a certificate may be renewed. */
    Instant opensAt(CertificateContents certificate) {
        return window.map(length -> certificate.notAfter().minus(length)).orElse(certificate.notBefore());
    }
}
