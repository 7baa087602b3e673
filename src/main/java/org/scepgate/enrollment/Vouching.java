package org.scepgate.enrollment;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.certificate.IssuedCertificate;
import org.scepgate.challenge.Opinion;
import org.scepgate.challenge.OutsideAuthorities;
import org.scepgate.challenge.OutsideAuthority;
import org.scepgate.challenge.PresentedRequest;
import org.scepgate.challenge.VouchedChallenge;
import org.scepgate.challenge.VouchedChallenges;
import org.scepgate.challenge.VouchedChallenges.Standing;
import org.scepgate.platform.DatabaseOutage;
import org.scepgate.platform.UnavailableException;
import org.scepgate.policy.Binding;

/** Asks the authority of a profile before a certificate is signed, and tells it before one leaves. */
@Singleton
class Vouching {
    private static final Opinion WITHDRAWN = Opinion.no("the certificate was withdrawn");

    private final OutsideAuthorities authorities;
    private final VouchedChallenges challenges;
    private final Clock clock;

    Vouching(OutsideAuthorities authorities, VouchedChallenges challenges, Clock clock) {
        this.authorities = authorities;
        this.challenges = challenges;
        this.clock = clock;
    }

    Uni<Opinion> judge(Execution.Task task) {
        return authority(task).judge(presented(task));
    }

    /** The challenge as it is spent on a certificate. */
    VouchedChallenge spent(Execution.Task task, Binding binding, IssuedCertificate issued) {
        return new VouchedChallenge(
                issued.challengeId(),
                authority(task).name(),
                task.enrolment().challengePassword().orElseThrow(),
                binding,
                issued.serial(),
                issued.issuedAt());
    }

    /**
     * Only of what the device is not told to come back for: an authority may take no second question about a request that
     * it heard has failed.
     */
    Uni<Void> reportFault(Execution.Task task, Throwable fault) {
        return passes(fault) ? Uni.createFrom().voidItem() : authority(task).reportFault(presented(task));
    }

    static boolean passes(Throwable fault) {
        return fault instanceof UnavailableException || DatabaseOutage.isBehind(fault);
    }

    /**
     * Whether the certificate for a challenge may leave. Of requests that ask at the same time, and of servers, the first
     * answer stands: one that was withdrawn never leaves, whatever the authority says later.
     *
     * @param challengeId empty for a certificate that needed none
     */
    Uni<Opinion> release(Execution.Task task, Optional<UUID> challengeId, X509CertificateHolder certificate) {
        if (challengeId.isEmpty()) {
            return Uni.createFrom().item(Opinion.yes());
        }
        // Whatever the profile asks for today; a challenge of our own stands nowhere.
        return challenges
                .standing(challengeId.get())
                .chain(found -> found.map(standing -> release(task, challengeId.get(), certificate, standing))
                        .orElseGet(() -> Uni.createFrom().item(Opinion.yes())));
    }

    private Uni<Opinion> release(
            Execution.Task task, UUID challengeId, X509CertificateHolder certificate, Standing standing) {
        return switch (standing) {
            case RELEASED -> Uni.createFrom().item(Opinion.yes());
            case WITHDRAWN -> Uni.createFrom().item(WITHDRAWN);
            case OPEN -> tell(task, challengeId, certificate);
        };
    }

    private Uni<Opinion> tell(Execution.Task task, UUID challengeId, X509CertificateHolder certificate) {
        if (!task.exchange().endpoint().profile().authenticateBy().asksOutside()) {
            return Uni.createFrom().item(Opinion.no("the profile has no authority any more"));
        }
        return authority(task)
                .confirm(presented(task), certificate)
                .chain(opinion -> opinion.isYes() ? release(challengeId) : withdraw(task, challengeId, opinion));
    }

    private Uni<Opinion> release(UUID challengeId) {
        return challenges.release(challengeId, clock.instant()).map(done -> done ? Opinion.yes() : WITHDRAWN);
    }

    private Uni<Opinion> withdraw(Execution.Task task, UUID challengeId, Opinion objection) {
        return challenges
                .withdraw(challengeId, authority(task).name(), clock.instant())
                .map(done -> done ? objection : Opinion.yes());
    }

    private OutsideAuthority authority(Execution.Task task) {
        return authorities.require(task.exchange().endpoint().profile().authenticateBy());
    }

    private static PresentedRequest presented(Execution.Task task) {
        return new PresentedRequest(
                task.exchange().replyTo().transactionId().value(),
                task.enrolment().sent().encoded());
    }
}
