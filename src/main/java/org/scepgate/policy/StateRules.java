package org.scepgate.policy;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The rules on the life of a challenge; a retry of what spent it is no reuse, because devices lose replies. */
final class StateRules {

    private StateRules() {}

    static List<Violation> violations(EnrollmentRequest request, KnownChallenge challenge, Instant now) {
        return challenge
                .state()
                .fold(
                        open -> expiry(challenge, now),
                        locked -> with(expiry(challenge, now), Rule.CHALLENGE_LOCKED, "a locked one"),
                        cancelled -> with(expiry(challenge, now), Rule.CHALLENGE_CANCELLED, "a cancelled one"),
                        spent -> retry(request, spent, now),
                        held -> sameRequest(request.csr(), held));
    }

    /** By the later of both clocks: a server whose clock was set back must not bring to life what has ended. */
    private static List<Violation> expiry(KnownChallenge challenge, Instant now) {
        Instant latest = now.isBefore(challenge.readAt()) ? challenge.readAt() : now;
        return RequestRules.unless(
                latest.isBefore(challenge.expiresAt()),
                () -> new Violation(Rule.CHALLENGE_EXPIRED, "before " + challenge.expiresAt(), latest.toString()));
    }

    private static List<Violation> with(List<Violation> others, Rule rule, String actual) {
        return Stream.concat(Stream.of(new Violation(rule, "an open challenge", actual)), others.stream())
                .toList();
    }

    private static List<Violation> retry(EnrollmentRequest request, ChallengeState.Spent spent, Instant now) {
        Csr csr = request.csr();
        return Stream.of(
                        sameRequest(csr, spent),
                        window(request.profile(), spent, now),
                        RequestRules.unless(
                                now.isBefore(spent.certificateNotAfter()),
                                () -> new Violation(
                                        Rule.CERTIFICATE_EXPIRED,
                                        "a certificate in date",
                                        "expired at " + spent.certificateNotAfter())),
                        RequestRules.unless(
                                !spent.revoked(),
                                () -> new Violation(Rule.CERTIFICATE_REVOKED, "a valid certificate", "a revoked one")))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Violation> sameRequest(Csr csr, ChallengeState.Spent spent) {
        if (!csr.spkiSha256().equals(spent.spkiSha256())) {
            return List.of(new Violation(Rule.CHALLENGE_SPENT_OTHER_KEY, spent.spkiSha256(), csr.spkiSha256()));
        }
        return RequestRules.unless(
                csr.requestSha256().equals(spent.requestSha256()),
                () -> new Violation(Rule.CHALLENGE_SPENT_OTHER_REQUEST, spent.requestSha256(), csr.requestSha256()));
    }

    /** What a request waits for with a challenge is no expiry of that challenge: a person may take longer. */
    private static List<Violation> sameRequest(Csr csr, ChallengeState.Held held) {
        if (!csr.spkiSha256().equals(held.spkiSha256())) {
            return List.of(new Violation(Rule.CHALLENGE_HELD_OTHER_KEY, held.spkiSha256(), csr.spkiSha256()));
        }
        return RequestRules.unless(
                csr.requestSha256().equals(held.requestSha256()),
                () -> new Violation(Rule.CHALLENGE_HELD_OTHER_REQUEST, held.requestSha256(), csr.requestSha256()));
    }

    private static List<Violation> window(Profile profile, ChallengeState.Spent spent, Instant now) {
        Instant endOfWindow = spent.at().plus(profile.challenge().retryWindow());
        Instant end = spent.collectableUntil().filter(endOfWindow::isBefore).orElse(endOfWindow);
        return RequestRules.unless(
                now.isBefore(end),
                () -> new Violation(Rule.CHALLENGE_RETRY_WINDOW, "a retry before " + end, now.toString()));
    }
}
