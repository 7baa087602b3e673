package org.scepgate.setup;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.cert.X509CertificateHolder;

/** From when to when a certificate is valid. */
record Validity(Instant from, Instant until) {
    // Clocks of devices run behind.
    private static final Duration BACKDATED = Duration.ofMinutes(5);

    static Validity of(Duration length) {
        Instant now = Instant.now();
        return new Validity(now.minus(BACKDATED), now.plus(length));
    }

    /** Cut to that of the issuer. */
    Validity within(X509CertificateHolder issuer) {
        Instant begin = issuer.getNotBefore().toInstant();
        Instant end = issuer.getNotAfter().toInstant();
        return new Validity(from.isBefore(begin) ? begin : from, until.isAfter(end) ? end : until);
    }

    Date notBefore() {
        return Date.from(from);
    }

    Date notAfter() {
        return Date.from(until);
    }
}
