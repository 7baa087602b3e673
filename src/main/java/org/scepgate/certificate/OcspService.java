package org.scepgate.certificate;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.jboss.logging.Logger;
import org.scepgate.ca.OcspSigner.Answer;
import org.scepgate.ca.OcspSigner.Revocation;
import org.scepgate.platform.CryptoPool;
import org.scepgate.platform.LineBudget;
import org.scepgate.platform.MetricNames;

/** Answers OCSP requests (RFC 6960) from the inventory. */
@Singleton
class OcspService {
    private static final Logger LOG = Logger.getLogger("org.scepgate.ocsp");

    private final Map<String, List<OcspResponder>> responders;
    private final OcspStore store;
    private final CryptoPool crypto;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final LineBudget lines = new LineBudget();

    OcspService(Authorities authorities, OcspStore store, CryptoPool crypto, Clock clock, MeterRegistry metrics) {
        this.responders = authorities.all().stream()
                .map(OcspResponder::of)
                .flatMap(Optional::stream)
                .collect(Collectors.groupingBy(responder -> responder.id().name()));
        this.store = store;
        this.crypto = crypto;
        this.clock = clock;
        this.metrics = metrics;
    }

    void warnOfChecks(@Observes StartupEvent start, Authorities authorities) {
        authorities.all().forEach(OcspService::warnOfChecks);
    }

    /** RFC 6960 section 4.2.2.2.1: without the extension, who asks would have to ask about the responder as well. */
    private static void warnOfChecks(Authority authority) {
        boolean endless = authority
                .keys()
                .ocspResponder()
                .filter(entry -> entry.certificate().getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck) == null)
                .isPresent();
        if (endless) {
            LOG.warnf(
                    "the OCSP certificate of CA %s lacks id-pkix-ocsp-nocheck: some clients will not accept its answers",
                    authority.id().name());
        }
    }

    boolean answersFor(String ca) {
        return responders.containsKey(ca);
    }

    /** @param ca one that {@link #answersFor} */
    Uni<OcspAnswer> answer(String ca, byte[] der) {
        return OcspRequest.decode(der)
                .map(request -> answer(ca, request))
                .orElseGet(() -> error(OCSPResponseStatus.MALFORMED_REQUEST, "malformed"))
                .invoke(answer -> metrics.counter(MetricNames.OCSP_ANSWERS, "ca", ca, "outcome", answer.outcome())
                        .increment());
    }

    private Uni<OcspAnswer> answer(String ca, OcspRequest request) {
        // RFC 6960 section 4.2.2.2: who answers must be delegated by the very key that issued the certificate.
        return request.asked().stream()
                .flatMap(asked -> responders.get(ca).stream().filter(responder -> responder.isIssuerOf(asked)))
                .findFirst()
                .map(responder -> look(responder, request))
                // Section 2.3: no answer that could be signed would be authoritative.
                .orElseGet(() -> error(OCSPResponseStatus.UNAUTHORIZED, "unauthorized"));
    }

    private Uni<OcspAnswer> look(OcspResponder responder, OcspRequest request) {
        List<BigInteger> serials =
                request.asked().stream().map(CertificateID::getSerialNumber).toList();
        return store.find(responder.id(), serials)
                .chain(found -> crypto.run(() -> sign(responder, request, found)))
                // Database away or too much to do: section 2.3 has a word for it, and clients know no other.
                .onFailure()
                .recoverWithUni(failure -> tryLater(failure));
    }

    private OcspAnswer sign(OcspResponder responder, OcspRequest request, Map<BigInteger, Optional<Revocation>> found) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        List<Answer> answers = request.asked().stream()
                .map(asked -> answer(responder, asked, found))
                .toList();
        byte[] der = responder.signer().sign(answers, request.nonce(), now);
        Duration validity =
                request.nonce().isPresent() ? Duration.ZERO : responder.signer().validity();
        return new OcspAnswer(der, "answered", now, validity);
    }

    private static Answer answer(
            OcspResponder responder, CertificateID asked, Map<BigInteger, Optional<Revocation>> found) {
        boolean known = responder.isIssuerOf(asked) && found.containsKey(asked.getSerialNumber());
        return new Answer(asked, known ? found.get(asked.getSerialNumber()) : Optional.empty(), known);
    }

    private Uni<OcspAnswer> tryLater(Throwable failure) {
        lines.write(more -> LOG.warnf("ocsp.try-later%s: %s", more, failure));
        return error(OCSPResponseStatus.TRY_LATER, "try-later");
    }

    private Uni<OcspAnswer> error(int status, String outcome) {
        try {
            byte[] der = new OCSPResponse(new OCSPResponseStatus(status), null).getEncoded();
            return Uni.createFrom().item(new OcspAnswer(der, outcome, clock.instant(), Duration.ZERO));
        } catch (IOException e) {
            throw new IllegalStateException("an OCSPResponse cannot be written", e);
        }
    }
}
