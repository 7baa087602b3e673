package org.scepgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scepgate.policy.Requests.CHALLENGE;
import static org.scepgate.policy.Requests.KEY;
import static org.scepgate.policy.Requests.NOW;
import static org.scepgate.policy.Requests.OTHER_KEY;
import static org.scepgate.policy.Requests.binding;
import static org.scepgate.policy.Requests.challenge;
import static org.scepgate.policy.Requests.csr;
import static org.scepgate.policy.Requests.dns;
import static org.scepgate.policy.Requests.dnsName;
import static org.scepgate.policy.Requests.rebound;
import static org.scepgate.policy.Requests.request;
import static org.scepgate.policy.Requests.rules;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EnrollmentRetryTest {

    private static final String SUBJECT = "CN=device-42,O=Acme";
    private static final GeneralName DNS = dnsName("device-42.acme.example");
    private static final Binding BINDING = binding(SUBJECT, dns("device-42.acme.example"), "exact");
    private static final Csr CSR = csr(SUBJECT, KEY, DNS);

    private static Decision decide(EnrollmentRequest request, Verdict verdict) {
        return EnrollmentPolicy.decide(request, verdict, NOW);
    }

    /** Rows: the state of the challenge; columns: same key and request, same key, other key (design, retry table). */
    static Stream<Arguments> retries() {
        Duration within = Duration.ofHours(23);
        Duration over = Duration.ofHours(24);
        Csr sameKey = csr("CN=device-42,O=Acme", KEY);
        Csr otherKey = csr(SUBJECT, OTHER_KEY, DNS);
        Rule content = Rule.CHALLENGE_SPENT_OTHER_REQUEST;
        Rule key = Rule.CHALLENGE_SPENT_OTHER_KEY;
        Rule window = Rule.CHALLENGE_RETRY_WINDOW;
        Rule revoked = Rule.CERTIFICATE_REVOKED;
        return Stream.of(
                Arguments.of(spent(within, 90, false), CSR, List.of()),
                Arguments.of(spent(within, 90, false), sameKey, List.of(content, Rule.SAN_MISMATCH)),
                Arguments.of(spent(within, 90, false), otherKey, List.of(key)),
                Arguments.of(spent(over, 90, false), CSR, List.of(window)),
                Arguments.of(spent(over, 90, false), sameKey, List.of(content, window, Rule.SAN_MISMATCH)),
                Arguments.of(spent(over, 90, false), otherKey, List.of(key, window)),
                Arguments.of(spent(within, 90, true), CSR, List.of(revoked)),
                Arguments.of(spent(within, 90, true), sameKey, List.of(content, revoked, Rule.SAN_MISMATCH)),
                Arguments.of(spent(within, 90, true), otherKey, List.of(key, revoked)),
                Arguments.of(spent(within, 0, false), CSR, List.of(Rule.CERTIFICATE_EXPIRED)),
                Arguments.of(spent(over, 0, true), CSR, List.of(window, Rule.CERTIFICATE_EXPIRED, revoked)));
    }

    private static ChallengeState.Spent spent(Duration ago, int daysLeft, boolean revoked) {
        return new ChallengeState.Spent(
                NOW.minus(ago),
                CSR.spkiSha256(),
                CSR.requestSha256(),
                new byte[] {0x30, 0x00},
                NOW.plus(Duration.ofDays(daysLeft)),
                revoked,
                Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("retries")
    void takesARetryForNoReuse(ChallengeState.Spent spent, Csr csr, List<Rule> expected) {
        // The challenge itself has long expired: that says nothing about a retry.
        KnownChallenge challenge = new KnownChallenge(CHALLENGE, BINDING, spent, NOW.minusSeconds(1), NOW);

        Decision decision = decide(request(csr), challenge);

        boolean alarm =
                decision.fold(issue -> false, reissue -> false, Decision.Refuse::alarm, hold -> false, ask -> false);
        assertThat(rules(decision)).isEqualTo(expected);
        assertThat(decision instanceof Decision.Reissue).isEqualTo(expected.isEmpty());
        assertThat(alarm).isEqualTo(expected.contains(Rule.CHALLENGE_SPENT_OTHER_KEY));
    }

    @Test
    void reissuesTheVeryCertificateButOnlyInItsProfile() {
        ChallengeState spent = spent(Duration.ZERO, 90, false);

        assertThat(decide(request(CSR), challenge(BINDING, spent)))
                .isEqualTo(new Decision.Reissue(new byte[] {0x30, 0x00}, Optional.of(CHALLENGE)));
        assertThat(rules(decide(request(CSR), challenge(rebound("other", BINDING.subject(), BINDING), spent))))
                .containsExactly(Rule.CHALLENGE_PROFILE);
    }

    @Test
    void reissuesNothingToAStrangerWhoSignedTheSeenRequestAnew() {
        EnrollmentRequest signedAnew = new EnrollmentRequest(Requests.PROFILE, CSR, false, Optional.empty());
        ChallengeState spent = spent(Duration.ZERO, 90, false);
        ChallengeState held = new ChallengeState.Held(CSR.spkiSha256(), CSR.requestSha256());

        assertThat(rules(decide(signedAnew, challenge(BINDING, spent)))).containsExactly(Rule.KEY_SIGNER);
        assertThat(rules(decide(signedAnew, challenge(BINDING, held)))).containsExactly(Rule.KEY_SIGNER);
    }

    @Test
    void reissuesToAnotherSignerWhereTheProfileLetsOthersSign() {
        Profile lenient = Requests.profile(Requests.KEYS, true);
        EnrollmentRequest signedAnew = new EnrollmentRequest(lenient, CSR, false, Optional.empty());

        assertThat(decide(signedAnew, challenge(BINDING, spent(Duration.ZERO, 90, false))))
                .isInstanceOf(Decision.Reissue.class);
    }

    @Test
    void reissuesWhatAStricterProfileWouldNoLongerIssue() {
        Profile stricter = Requests.profile(new AllowedKeys(Set.of(4096), Set.of()), false);

        Decision decision = decide(
                new EnrollmentRequest(stricter, CSR, true, Optional.empty()),
                challenge(BINDING, spent(Duration.ZERO, 90, false)));

        assertThat(decision).isInstanceOf(Decision.Reissue.class);
    }
}
