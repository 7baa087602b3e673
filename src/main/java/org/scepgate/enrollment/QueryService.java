package org.scepgate.enrollment;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.ca.CaKeys;
import org.scepgate.certificate.Authorities;
import org.scepgate.certificate.CertificateStore;
import org.scepgate.certificate.CrlService;
import org.scepgate.scep.CertificateId;
import org.scepgate.scep.FailInfo;

/** Answers GetCert and GetCRL (RFC 8894 sections 4.5 and 4.6). */
@Singleton
class QueryService {
    private final CertificateStore certificates;
    private final CrlService crls;
    private final Authorities authorities;
    private final EnrollmentLedger ledger;
    private final Replies replies;
    private final Clock clock;

    QueryService(
            CertificateStore certificates,
            CrlService crls,
            Authorities authorities,
            EnrollmentLedger ledger,
            Replies replies,
            Clock clock) {
        this.authorities = authorities;
        this.certificates = certificates;
        this.crls = crls;
        this.ledger = ledger;
        this.replies = replies;
        this.clock = clock;
    }

    Uni<Reply> certificate(Exchange exchange, Received.CertificateQuery query) {
        boolean ours = issuers(exchange, query.id()).findAny().isPresent();
        String ca = exchange.endpoint().ca().current().name();
        // Looked up for a stranger's name too: one look-up, as for an envelope that could not be read (ADR 0003).
        return certificates
                .find(ca, query.id().serialNumber())
                .map(found -> found.filter(certificate -> ours && isMeant(certificate, query.id())))
                .chain(found -> found.map(certificate -> give(exchange, query.id(), certificate))
                        .orElseGet(() -> notFound(exchange, query.id())));
    }

    Uni<Reply> crl(Exchange exchange, Received.CrlQuery query) {
        Optional<CaKeys> issuer = Stream.concat(
                        issuers(exchange, query.id()),
                        // Some name the CA's own certificate, whose issuer is another where the CA is no root.
                        generations(exchange)
                                .filter(ca -> isMeant(ca.authority().certificate(), query.id())))
                .findFirst();
        return issuer.flatMap(ca -> authorities.find(ca.id()))
                .map(authority -> crls.current(authority)
                        .chain(crl -> ledger.recordAnswered(exchange, query.id(), clock.instant())
                                .chain(() -> replies.crl(exchange, crl))))
                .orElseGet(() -> unknownIssuer(exchange, query.id()));
    }

    /** The work of a query that finds nothing, for one that could not be read (ADR 0003). */
    Uni<Void> lookUpDecoy(Exchange exchange) {
        return certificates
                .find(exchange.endpoint().ca().current().name(), BigInteger.ONE)
                .replaceWithVoid();
    }

    // The look-up finds out nothing; a request that cannot be read costs one too (ADR 0003).
    private Uni<Reply> unknownIssuer(Exchange exchange, CertificateId id) {
        return certificates
                .find(exchange.endpoint().ca().current().name(), id.serialNumber())
                .chain(ignored -> notFound(exchange, id));
    }

    private static Stream<CaKeys> issuers(Exchange exchange, CertificateId id) {
        // Ours first: a name of few parts bounds what the comparison costs.
        return generations(exchange)
                .filter(ca -> ca.authority().certificate().getSubject().equals(id.issuer()));
    }

    /** The CA that the request was sent to comes first. */
    private static Stream<CaKeys> generations(Exchange exchange) {
        return Stream.concat(Stream.of(exchange.responder().ca()), exchange.endpoint().ca().all().stream());
    }

    private static boolean isMeant(X509CertificateHolder certificate, CertificateId id) {
        return certificate.getSerialNumber().equals(id.serialNumber())
                && certificate.getIssuer().equals(id.issuer());
    }

    private Uni<Reply> give(Exchange exchange, CertificateId id, X509CertificateHolder certificate) {
        return ledger.recordAnswered(exchange, id, clock.instant())
                .chain(() -> replies.success(exchange, certificate, Outcome.FOUND));
    }

    private Uni<Reply> notFound(Exchange exchange, CertificateId id) {
        return ledger.recordUnanswered(exchange, id, clock.instant())
                .chain(() -> replies.failure(exchange, FailInfo.BAD_CERT_ID));
    }
}
