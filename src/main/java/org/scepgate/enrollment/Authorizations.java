package org.scepgate.enrollment;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.scepgate.authorization.AuthorizationAnswer;
import org.scepgate.authorization.AuthorizationVerifier;
import org.scepgate.authorization.AuthorizationVerifiers;
import org.scepgate.challenge.Challenge;
import org.scepgate.challenge.ChallengeStore;
import org.scepgate.platform.MetricNames;
import org.scepgate.policy.Approval;
import org.scepgate.policy.AuthorizationPolicy;
import org.scepgate.policy.CertificateTemplate;
import org.scepgate.policy.Profile;

/** Asks who has a say in what a profile issues, after the policy and before the signature. */
@Startup
@Singleton
class Authorizations {
    private final Map<String, AuthorizationVerifier> byProfile = new HashMap<>();
    private final ChallengeStore challenges;
    private final MeterRegistry metrics;

    Authorizations(
            EndpointConfig config, AuthorizationVerifiers verifiers, ChallengeStore challenges, MeterRegistry metrics) {
        this.challenges = challenges;
        this.metrics = metrics;
        config.profiles()
                .forEach((name, settings) -> verifiers
                        .of(name, "scepgate.profiles." + name + ".authorize.", settings.authorize())
                        .ifPresent(verifier -> byProfile.put(name, verifier)));
    }

    /**
     * Never in a transaction: the answer may take seconds.
     *
     * @param applicant who is asked about, put together only where somebody is asked
     */
    Uni<Authorized> authorize(Profile profile, Supplier<Applicant> applicant, CertificateTemplate granted) {
        AuthorizationVerifier verifier = byProfile.get(profile.name());
        return verifier == null
                ? Uni.createFrom().item(Authorized.unasked(granted))
                : ask(verifier, applicant.get(), granted);
    }

    private Uni<Authorized> ask(AuthorizationVerifier verifier, Applicant applicant, CertificateTemplate granted) {
        return findChallenge(applicant)
                .chain(challenge -> verifier.ask(applicant.asks(granted, challenge)))
                .map(answer -> judged(applicant, granted, answer));
    }

    private Uni<Optional<Challenge>> findChallenge(Applicant applicant) {
        return applicant
                .challengeId()
                .map(challenges::find)
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    private Authorized judged(Applicant applicant, CertificateTemplate granted, AuthorizationAnswer answer) {
        Approval approval = AuthorizationPolicy.judge(granted, answer.said());
        metrics.timer(
                        MetricNames.AUTHORIZATIONS,
                        "profile",
                        applicant.request().profile(),
                        "outcome",
                        Authorized.outcome(answer.said(), approval))
                .record(answer.took());
        return Authorized.of(granted, answer, approval);
    }
}
