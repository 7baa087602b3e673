package org.scepgate.enrollment;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.platform.CryptoPool;
import org.scepgate.scep.FailInfo;
import org.scepgate.scep.ReplyAddress;

/** Writes the answer to an exchange whose outcome is recorded, and counts it. */
@Singleton
class CertReps {
    // The one text of every refusal: a device, or who plays one, learns from it nothing about what was wrong.
    static final String REFUSED = "The request was refused.";

    private final CryptoPool crypto;
    private final EnrollmentMetrics metrics;

    CertReps(CryptoPool crypto, EnrollmentMetrics metrics) {
        this.crypto = crypto;
        this.metrics = metrics;
    }

    Uni<byte[]> success(Exchange exchange, X509CertificateHolder certificate, Outcome outcome) {
        metrics.count(exchange, outcome);
        ReplyAddress to = exchange.replyTo();
        return crypto.run(() -> exchange.endpoint().encoder().success(to, certificate, List.of()));
    }

    Uni<byte[]> failure(Exchange exchange, FailInfo failInfo) {
        metrics.count(exchange, Outcome.REFUSED);
        ReplyAddress to = exchange.replyTo();
        return crypto.run(() -> exchange.endpoint().encoder().failure(to, failInfo, REFUSED));
    }

    Uni<byte[]> pending(Exchange exchange) {
        metrics.count(exchange, Outcome.PENDING);
        ReplyAddress to = exchange.replyTo();
        return crypto.run(() -> exchange.endpoint().encoder().pending(to));
    }
}
