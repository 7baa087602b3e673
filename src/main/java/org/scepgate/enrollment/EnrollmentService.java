package org.scepgate.enrollment;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.scepgate.challenge.ChallengeVerifier;
import org.scepgate.challenge.KnownSecrets;
import org.scepgate.platform.CryptoPool;
import org.scepgate.platform.Turns;
import org.scepgate.policy.Decision;
import org.scepgate.policy.EnrollmentPolicy;
import org.scepgate.policy.Verdict;

/** Answers a pkiMessage: reads it, gives it to whom it concerns, and enrols who has no certificate yet. */
@Singleton
public class EnrollmentService {
    private final CryptoPool crypto;
    private final ChallengeVerifier verifier;
    private final Execution execution;
    private final KnownSecrets secrets;
    private final PollService polls;
    private final RenewalService renewals;
    private final QueryService queries;
    private final FailurePace pace;
    private final Clock clock;

    EnrollmentService(
            CryptoPool crypto,
            ChallengeVerifier verifier,
            Execution execution,
            KnownSecrets secrets,
            PollService polls,
            RenewalService renewals,
            QueryService queries,
            FailurePace pace,
            Clock clock) {
        this.crypto = crypto;
        this.verifier = verifier;
        this.execution = execution;
        this.secrets = secrets;
        this.polls = polls;
        this.renewals = renewals;
        this.queries = queries;
        this.pace = pace;
        this.clock = clock;
    }

    /**
     * The CertRep (DER) to a pkiMessage; fails with {@code MalformedMessageException} if none can be addressed, and
     * with any other exception if it is our fault.
     */
    public Uni<byte[]> answer(ScepEndpoint endpoint, byte[] message, Sender sender) {
        Uni<Reply> reply = crypto.run(() -> RequestReader.read(endpoint, message, sender))
                .chain(this::hidingTransactionId)
                .chain(exchange -> exchange.received().fold(new Answers(exchange)));
        // Around all of it: what comes after must be the same for every refusal, to the microsecond (ADR 0003).
        return pace.hold(sender, reply).map(Reply::certRep);
    }

    /**
     * Some client may have made its transactionID of a challenge: one that the message does not carry, or not in a form
     * that could be read, or another device's. Whether the database is asked shows in the clear, so it is asked too where
     * the transactionID is hidden anyway (ADR 0003).
     */
    private Uni<Exchange> hidingTransactionId(Exchange exchange) {
        return secrets.isChallenge(exchange.replyTo().transactionId().value())
                .map(secret -> secret || exchange.mayTellStaticChallenge() ? exchange.hidingTransactionId() : exchange);
    }

    private Uni<Optional<Reply>> enroll(Exchange exchange, Received.Enrolment enrolment) {
        Execution.Task task = new Execution.Task(exchange, enrolment, Optional.empty(), false);
        return verifier.verify(enrolment.request(), exchange.presented(enrolment))
                .map(verdict -> decide(enrolment, verdict))
                .chain(decision -> execution.carryOut(task, decision));
    }

    private Decision decide(Received.Enrolment enrolment, Verdict verdict) {
        return EnrollmentPolicy.decide(enrolment.request(), verdict, clock.instant());
    }

    private Uni<Reply> poll(Exchange exchange, Received.Poll poll) {
        return polls.poll(exchange)
                .chain(reply -> reply.map(found -> Uni.createFrom().item(found))
                        .orElseGet(() -> execution.reject(exchange, poll.unknown())));
    }

    /** Looks up what a request that could be read would: whether it could must not show in time either (ADR 0003). */
    private Uni<Reply> reject(Exchange exchange, Received.Rejected rejected) {
        return lookUpDecoys(exchange, rejected).chain(() -> execution.reject(exchange, rejected));
    }

    private Uni<Void> lookUpDecoys(Exchange exchange, Received.Rejected rejected) {
        if (rejected.isQuery()) {
            return queries.lookUpDecoy(exchange);
        }
        return exchange.signerIssued()
                ? renewals.lookUpSigner(exchange).chain(secrets::lookUpDecoy)
                : secrets.lookUpDecoy();
    }

    private final class Answers implements Received.Cases<Uni<Reply>> {
        private final Exchange exchange;

        private Answers(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public Uni<Reply> enrolment(Received.Enrolment enrolment) {
            return Turns.take("a challenge", () -> enroll(exchange, enrolment));
        }

        @Override
        public Uni<Reply> poll(Received.Poll poll) {
            return EnrollmentService.this.poll(exchange, poll);
        }

        @Override
        public Uni<Reply> renewal(Received.Renewal renewal) {
            return renewals.answer(exchange, renewal);
        }

        @Override
        public Uni<Reply> certificateQuery(Received.CertificateQuery query) {
            return queries.certificate(exchange, query);
        }

        @Override
        public Uni<Reply> crlQuery(Received.CrlQuery query) {
            return queries.crl(exchange, query);
        }

        @Override
        public Uni<Reply> rejected(Received.Rejected rejected) {
            return reject(exchange, rejected);
        }
    }
}
