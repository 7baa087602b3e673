package org.scepgate.enrollment;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.scepgate.approval.ApprovalEvents;
import org.scepgate.approval.ApprovalStore;
import org.scepgate.approval.HeldRequest;
import org.scepgate.approval.Ruling;
import org.scepgate.audit.AuditLog;
import org.scepgate.certificate.CertificateStore;
import org.scepgate.certificate.IssuedCertificate;
import org.scepgate.challenge.ChallengeStore;
import org.scepgate.policy.Profile;
import org.scepgate.policy.Violation;

/** Records what becomes of requests that wait: each method is one transaction. */
@ApplicationScoped
public class HoldLedger {
    private final ApprovalStore requests;
    private final ChallengeStore challenges;
    private final CertificateStore certificates;
    private final AuditLog audit;

    HoldLedger(ApprovalStore requests, ChallengeStore challenges, CertificateStore certificates, AuditLog audit) {
        this.requests = requests;
        this.challenges = challenges;
        this.certificates = certificates;
        this.audit = audit;
    }

    /**
     * Lets the request wait and reserves its challenge, or finds the one that it repeats; empty, and nothing written, if
     * another request was faster.
     */
    @WithTransaction
    public Uni<Optional<HeldRequest>> recordHeld(Exchange exchange, HeldRequest asked) {
        return requests.findSame(asked, retryWindow(exchange))
                .chain(same -> same.map(held -> join(exchange, held, asked.receivedAt()))
                        .orElseGet(() -> hold(exchange, asked)));
    }

    private Uni<Optional<HeldRequest>> join(Exchange exchange, HeldRequest held, Instant now) {
        return requests.join(held.id(), exchange.pollKey())
                .chain(() -> audit.append(HeldEvents.polled(exchange, held, now)))
                .replaceWith(Optional.of(held));
    }

    private Uni<Optional<HeldRequest>> hold(Exchange exchange, HeldRequest asked) {
        Profile profile = exchange.endpoint().profile();
        return asked.challengeId()
                .map(id -> challenges.reserve(id, asked.receivedAt()))
                .orElseGet(() -> requests.claimPlace(asked, profile.approval(), retryWindow(exchange)))
                .chain(won -> won ? add(exchange, asked) : Uni.createFrom().item(Optional.empty()));
    }

    private Uni<Optional<HeldRequest>> add(Exchange exchange, HeldRequest asked) {
        return requests.add(asked, exchange.pollKey())
                .chain(() -> audit.append(HeldEvents.held(exchange, asked)))
                .replaceWith(Optional.of(asked));
    }

    @WithTransaction
    public Uni<Void> recordPolled(Exchange exchange, HeldRequest held, Instant now) {
        return audit.append(HeldEvents.polled(exchange, held, now));
    }

    /**
     * Records the ruling and the certificate, and spends the challenge; false, and nothing written, if the request waits
     * no longer or its challenge was taken back in between.
     */
    @WithTransaction
    public Uni<Boolean> recordApproved(ApprovedRequest approved, IssuedCertificate issued) {
        HeldRequest held = approved.held();
        return requests.lockPending(held.id(), approved.ruling().at())
                .chain(waits -> waits
                        ? spend(held, approved.ruling())
                        : Uni.createFrom().item(false))
                .chain(won -> won ? store(approved, issued) : Uni.createFrom().item(false));
    }

    private Uni<Boolean> spend(HeldRequest held, Ruling ruling) {
        return held.challengeId()
                .map(id -> challenges.spendReserved(id, ruling.at()))
                .orElseGet(() -> Uni.createFrom().item(true));
    }

    private Uni<Boolean> store(ApprovedRequest approved, IssuedCertificate issued) {
        HeldRequest held = approved.held();
        Ruling ruling = approved.ruling();
        return certificates
                .add(issued)
                .chain(() -> requests.approve(held.id(), ruling, issued.ca().name(), issued.serial()))
                .chain(() -> audit.append(ApprovalEvents.approved(held, ruling, approved.caller(), issued.serial())))
                .chain(() -> audit.append(HeldEvents.issued(approved, issued)))
                .replaceWith(true);
    }

    /** An operator said yes, and the policy or an endpoint no. */
    @WithTransaction
    public Uni<Void> recordApprovalRefused(ApprovedRequest approved, List<Violation> violations) {
        return audit.append(HeldEvents.approvalRefused(approved, violations));
    }

    private static Duration retryWindow(Exchange exchange) {
        return exchange.endpoint().profile().challenge().retryWindow();
    }
}
