package org.scepgate.authorization;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.scepgate.outbound.OutboundAnswer;
import org.scepgate.outbound.OutboundException;
import org.scepgate.platform.TimeOrderedId;
import org.scepgate.policy.Authorization;

/** Asks the endpoint of one profile, and takes everything but a clear word for no. */
public final class AuthorizationVerifier {
    private static final Logger LOG = Logger.getLogger("org.scepgate.authorization");

    private final String profile;
    private final AuthorizationEndpoint endpoint;
    private final Semaphore places;
    private final Breaker breaker;

    AuthorizationVerifier(String profile, AuthorizationEndpoint endpoint, int places, Breaker breaker) {
        this.profile = profile;
        this.endpoint = endpoint;
        this.places = new Semaphore(places);
        this.breaker = breaker;
    }

    /** On the caller's context; that there was no answer is an answer too. */
    public Uni<AuthorizationAnswer> ask(AuthorizationQuestion question) {
        return Uni.createFrom().deferred(() -> {
            long begun = System.nanoTime();
            UUID id = TimeOrderedId.at(endpoint.now());
            return said(id, question)
                    .map(said -> new AuthorizationAnswer(id, said, Duration.ofNanos(System.nanoTime() - begun)));
        });
    }

    private Uni<Authorization> said(UUID id, AuthorizationQuestion question) {
        if (!places.tryAcquire()) {
            return failed("a place among the questions that are open", "none is free");
        }
        // The breaker comes last: whom it lets through is the one try that it has.
        if (!breaker.lets()) {
            places.release();
            return failed("an endpoint that answers", "it did not the last " + Breaker.FAILURES + " times");
        }
        return endpoint.send(id, question)
                .onTermination()
                .invoke(places::release)
                .map(this::answered)
                .onFailure(OutboundException.class)
                .recoverWithItem(failure -> unanswered((OutboundException) failure));
    }

    private Authorization answered(OutboundAnswer answer) {
        if (breaker.answered()) {
            LOG.infof("the authorization endpoint of profile %s answers again", profile);
        }
        return endpoint.read(answer);
    }

    private Authorization unanswered(OutboundException failure) {
        return switch (failure.kind()) {
            case ANSWER_TOO_LARGE -> tooLarge(failure);
            // Nobody asked the endpoint, so it did not fail to answer.
            case NOT_SENT -> new Authorization.Failed("a free connection", failure.getMessage());
            default -> away(failure);
        };
    }

    private Authorization tooLarge(OutboundException failure) {
        breaker.answered();
        return new Authorization.Failed("a short answer", failure.getMessage());
    }

    private Authorization away(OutboundException failure) {
        if (breaker.unanswered()) {
            LOG.warnf(
                    "the authorization endpoint of profile %s does not answer, and is asked once in %s: %s",
                    profile, Breaker.PAUSE, failure.getMessage());
        }
        return new Authorization.Failed("an answer within " + endpoint.timeout(), failure.getMessage());
    }

    private static Uni<Authorization> failed(String expected, String actual) {
        return Uni.createFrom().item(new Authorization.Failed(expected, actual));
    }
}
