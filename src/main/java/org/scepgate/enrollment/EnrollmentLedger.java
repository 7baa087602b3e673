package org.scepgate.enrollment;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.audit.AuditEvent;
import org.scepgate.audit.AuditLog;
import org.scepgate.certificate.CertificateStore;
import org.scepgate.certificate.IssuedCertificate;
import org.scepgate.challenge.ChallengeStore;
import org.scepgate.challenge.Refusal;
import org.scepgate.challenge.VouchedChallenge;
import org.scepgate.challenge.VouchedChallenges;
import org.scepgate.platform.SharedStatement;
import org.scepgate.policy.Decision;
import org.scepgate.scep.CertificateId;
import org.scepgate.scep.FailInfo;

/** Records how an enrolment ended: each method is one transaction, and what it names is true once it commits. */
@ApplicationScoped
public class EnrollmentLedger {
    // One statement is one transaction and one round trip. Who comes second to the challenge waits for the first one's
    // commit, then finds nothing to spend, and so adds and appends nothing.
    private static final SharedStatement ISSUE = new SharedStatement("with spent as (" + ChallengeStore.SPENDING
            + "), added as (" + CertificateStore.ADDING + ") " + AuditLog.APPENDING);

    private final Pool database;
    private final ChallengeStore challenges;
    private final VouchedChallenges vouched;
    private final CertificateStore certificates;
    private final AuditLog audit;

    EnrollmentLedger(
            Pool database,
            ChallengeStore challenges,
            VouchedChallenges vouched,
            CertificateStore certificates,
            AuditLog audit) {
        this.database = database;
        this.challenges = challenges;
        this.vouched = vouched;
        this.certificates = certificates;
        this.audit = audit;
    }

    /**
     * Spends the challenge and stores the certificate; false, and nothing written, if the challenge could not be spent
     * because another request was faster or it was cancelled, locked or out of date in between.
     */
    public Uni<Boolean> recordIssued(Exchange exchange, IssuedCertificate issued) {
        AuditEvent event = EnrollmentEvents.issued(exchange, issued);
        SharedStatement.Values values = new SharedStatement.Values();
        ChallengeStore.addSpending(values, issued.challengeId(), issued.issuedAt());
        CertificateStore.addAdding(values, issued);
        audit.addAppending(values, event);
        return ISSUE.execute(database, values)
                .map(appended -> appended.rowCount() == 1)
                .invoke(won -> log(won, event));
    }

    private void log(boolean won, AuditEvent event) {
        if (won) {
            audit.log(List.of(event));
        }
    }

    /** Likewise of a challenge that an authority outside made: nobody knows it here until it is spent. */
    @WithTransaction
    public Uni<Boolean> recordVouched(Exchange exchange, IssuedCertificate issued, VouchedChallenge challenge) {
        return vouched.spend(challenge)
                .chain(won -> won ? store(exchange, issued) : Uni.createFrom().item(false));
    }

    /**
     * Stores a certificate that renews another one, and spends the challenge if one was sent; false, and nothing
     * written, if another request was faster or the old certificate was revoked in between.
     */
    @WithTransaction
    public Uni<Boolean> recordRenewed(Exchange exchange, IssuedCertificate issued) {
        return certificates
                .claimRenewal(issued)
                .chain(mine -> mine ? spendIfSent(issued) : Uni.createFrom().item(false))
                .chain(won -> won ? store(exchange, issued) : Uni.createFrom().item(false));
    }

    private Uni<Boolean> spendIfSent(IssuedCertificate issued) {
        return issued.challengeId() == null
                ? Uni.createFrom().item(true)
                : challenges.spend(issued.challengeId(), issued.issuedAt());
    }

    private Uni<Boolean> store(Exchange exchange, IssuedCertificate issued) {
        return certificates
                .add(issued)
                .chain(() -> audit.append(EnrollmentEvents.issued(exchange, issued)))
                .replaceWith(true);
    }

    @WithTransaction
    public Uni<Void> recordReissued(
            Exchange exchange, Optional<UUID> challengeId, X509CertificateHolder certificate, Instant now) {
        return audit.append(EnrollmentEvents.reissued(exchange, challengeId, certificate, now));
    }

    /** Counts the refusal on the challenge, if one is known and it counts, and locks it at the profile's limit; spends nothing. */
    @WithTransaction
    public Uni<Void> recordRefused(Exchange exchange, Decision.Refuse refuse, FailInfo failInfo, Instant now) {
        return refuse.challengeId()
                .filter(id -> refuse.isCounted())
                .map(id -> count(exchange, id, refuse, now))
                .orElseGet(() -> Uni.createFrom().voidItem())
                .chain(() -> audit.append(EnrollmentEvents.refused(exchange, refuse, failInfo, now)));
    }

    private Uni<Void> count(Exchange exchange, UUID challengeId, Decision.Refuse refuse, Instant now) {
        int limit = exchange.endpoint().profile().challenge().refusalsUntilLocked();
        Refusal refusal =
                new Refusal(now, refuse.violations(), limit, exchange.sourceAddress(), exchange.transactionId());
        return challenges
                .recordRefusal(challengeId, refusal)
                .chain(locked -> locked
                        ? audit.append(EnrollmentEvents.locked(exchange, challengeId, limit, now))
                        : Uni.createFrom().voidItem());
    }

    @WithTransaction
    public Uni<Void> recordRejected(Exchange exchange, Received.Rejected rejected, Instant now) {
        return audit.append(EnrollmentEvents.rejected(exchange, rejected, now));
    }

    @WithTransaction
    public Uni<Void> recordAnswered(Exchange exchange, CertificateId asked, Instant now) {
        return audit.append(EnrollmentEvents.answered(exchange, asked, now));
    }

    @WithTransaction
    public Uni<Void> recordUnanswered(Exchange exchange, CertificateId asked, Instant now) {
        return audit.append(EnrollmentEvents.unanswered(exchange, asked, now));
    }
}
