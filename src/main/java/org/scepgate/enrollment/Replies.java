package org.scepgate.enrollment;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.ca.SignedCrl;
import org.scepgate.platform.CryptoPool;
import org.scepgate.scep.CertRepEncoder;
import org.scepgate.scep.FailInfo;

/** Writes the CertRep (DER) that ends an exchange, and counts it. */
@Singleton
class Replies {
    // The one text of every refusal: a device, or who plays one, learns from it nothing about what was wrong.
    static final String REFUSED = "The request was refused.";

    private final CryptoPool crypto;
    private final EnrollmentMetrics metrics;
    private final FailurePace pace;

    Replies(CryptoPool crypto, EnrollmentMetrics metrics, FailurePace pace) {
        this.crypto = crypto;
        this.metrics = metrics;
        this.pace = pace;
    }

    /** An answer that was written before what it tells was recorded. */
    byte[] counted(Exchange exchange, byte[] answer, Outcome outcome) {
        metrics.count(exchange, outcome);
        return answer;
    }

    Uni<byte[]> success(Exchange exchange, X509CertificateHolder certificate, Outcome outcome) {
        metrics.count(exchange, outcome);
        return crypto.runAdmitted(() -> encoder(exchange).success(exchange.replyTo(), certificate, List.of()));
    }

    Uni<byte[]> crl(Exchange exchange, SignedCrl crl) {
        metrics.count(exchange, Outcome.FOUND);
        return crypto.runAdmitted(() -> encoder(exchange).crl(exchange.replyTo(), new X509CRLHolder(crl.der())));
    }

    Uni<byte[]> pending(Exchange exchange) {
        metrics.count(exchange, Outcome.PENDING);
        return crypto.runAdmitted(() -> encoder(exchange).pending(exchange.replyTo()));
    }

    Uni<byte[]> failure(Exchange exchange, FailInfo failInfo) {
        metrics.count(exchange, Outcome.REFUSED);
        return pace.hold(
                exchange.sender(),
                crypto.runAdmitted(() -> encoder(exchange).failure(exchange.replyTo(), failInfo, REFUSED)));
    }

    /** Counts what gets no CertRep, and becomes nothing sooner than a failure would. */
    Uni<Void> turnedAway(Exchange exchange) {
        metrics.count(exchange, Outcome.THROTTLED);
        return pace.hold(exchange.sender(), Uni.createFrom().voidItem());
    }

    private static CertRepEncoder encoder(Exchange exchange) {
        return exchange.responder().encoder();
    }
}
