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

    Replies(CryptoPool crypto, EnrollmentMetrics metrics) {
        this.crypto = crypto;
        this.metrics = metrics;
    }

    /** An answer that was written before what it tells was recorded. */
    Reply counted(Exchange exchange, byte[] answer, Outcome outcome) {
        metrics.count(exchange, outcome);
        return Reply.granted(answer);
    }

    Uni<Reply> success(Exchange exchange, X509CertificateHolder certificate, Outcome outcome) {
        metrics.count(exchange, outcome);
        return crypto.runAdmitted(
                () -> Reply.granted(encoder(exchange).success(exchange.replyTo(), certificate, List.of())));
    }

    Uni<Reply> crl(Exchange exchange, SignedCrl crl) {
        metrics.count(exchange, Outcome.FOUND);
        return crypto.runAdmitted(
                () -> Reply.granted(encoder(exchange).crl(exchange.replyTo(), new X509CRLHolder(crl.der()))));
    }

    Uni<Reply> pending(Exchange exchange) {
        metrics.count(exchange, Outcome.PENDING);
        return crypto.runAdmitted(() -> Reply.granted(encoder(exchange).pending(exchange.replyTo())));
    }

    Uni<Reply> failure(Exchange exchange, FailInfo failInfo) {
        metrics.count(exchange, Outcome.REFUSED);
        return crypto.runAdmitted(
                () -> Reply.failure(encoder(exchange).failure(exchange.replyTo(), failInfo, REFUSED)));
    }

    /** What gets no CertRep. */
    void countTurnedAway(Exchange exchange) {
        metrics.count(exchange, Outcome.THROTTLED);
    }

    private static CertRepEncoder encoder(Exchange exchange) {
        return exchange.responder().encoder();
    }
}
