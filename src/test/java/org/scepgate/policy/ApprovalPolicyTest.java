package org.scepgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.scepgate.policy.Authentication.APPROVAL;
import static org.scepgate.policy.Authentication.CHALLENGE_AND_APPROVAL;
import static org.scepgate.policy.Requests.CHALLENGE;
import static org.scepgate.policy.Requests.KEY;
import static org.scepgate.policy.Requests.KEYS;
import static org.scepgate.policy.Requests.NOW;
import static org.scepgate.policy.Requests.OTHER_KEY;
import static org.scepgate.policy.Requests.binding;
import static org.scepgate.policy.Requests.challenge;
import static org.scepgate.policy.Requests.csr;
import static org.scepgate.policy.Requests.dns;
import static org.scepgate.policy.Requests.dnsName;
import static org.scepgate.policy.Requests.name;
import static org.scepgate.policy.Requests.open;
import static org.scepgate.policy.Requests.pkcs10;
import static org.scepgate.policy.Requests.rebound;
import static org.scepgate.policy.Requests.rules;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.testing.TestProfile;

/** Requests that wait for a person: what is held, what is not, and what is signed once the person said yes. */
class ApprovalPolicyTest {

    private static final String SUBJECT = "CN=device-42,O=Acme";
    private static final GeneralName DNS = dnsName("device-42.acme.example");
    private static final Binding BINDING = binding(SUBJECT, dns("device-42.acme.example"), "exact");
    private static final Csr CSR = csr(SUBJECT, KEY, DNS);
    private static final Profile BY_PERSON = Requests.profile(KEYS, false, APPROVAL);
    private static final Profile BY_BOTH = Requests.profile(KEYS, false, CHALLENGE_AND_APPROVAL);

    private static EnrollmentRequest request(Profile profile, Csr csr) {
        return new EnrollmentRequest(profile, csr, true, Optional.empty());
    }

    private static Decision decide(Profile profile, Csr csr, Verdict verdict) {
        return EnrollmentPolicy.decide(request(profile, csr), verdict, NOW);
    }

    private static Approval approve(Profile profile, Csr csr, Verdict verdict) {
        return EnrollmentPolicy.approve(request(profile, csr), verdict, NOW);
    }

    private static List<Rule> rulesOf(Approval approval) {
        return approval.fold(
                granted -> List.of(),
                rejected -> rejected.violations().stream().map(Violation::rule).toList());
    }

    private static ChallengeState held() {
        return new ChallengeState.Held(CSR.spkiSha256(), CSR.requestSha256());
    }

    @ParameterizedTest
    @CsvSource({
        "challenge, CHALLENGE",
        "approval, APPROVAL",
        "'challenge,approval', CHALLENGE_AND_APPROVAL",
        "'approval,challenge', CHALLENGE_AND_APPROVAL"
    })
    void readsWhatAuthenticates(String words, Authentication expected) {
        assertThat(Authentication.parse(List.of(words.split(",")))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"approve", "''", "'challenge,password'"})
    void refusesToReadAnythingElse(String words) {
        assertThatIllegalArgumentException().isThrownBy(() -> Authentication.parse(List.of(words.split(","))));
    }

    @Test
    void holdsWhatIsBoundAndReservesItsChallenge() {
        Decision decision = decide(BY_BOTH, CSR, open(BINDING));

        assertThat(decision).isEqualTo(new Decision.Hold(Optional.of(CHALLENGE), BINDING));
    }

    @Test
    void holdsTheNamesOfARequestWithoutAChallenge() {
        Decision decision = decide(BY_PERSON, CSR, new NoChallenge());

        assertThat(decision).isInstanceOfSatisfying(Decision.Hold.class, hold -> {
            assertThat(hold.challengeId()).isEmpty();
            assertThat(hold.binding().subject()).hasToString(SUBJECT);
            assertThat(hold.binding().subjectAltNames()).hasToString("dns:device-42.acme.example");
            assertThat(hold.binding().keyUsage()).isEqualTo(BY_PERSON.keyUsage());
            assertThat(hold.binding().validity()).isEqualTo(BY_PERSON.validity());
        });
    }

    static Stream<Arguments> neverHeld() {
        GeneralName directory = new GeneralName(name("CN=x").toX500Name());
        Csr emptyValue = csr(pkcs10(
                new X500NameBuilder()
                        .addRDN(BCStyle.CN, new DERPrintableString(" "))
                        .build(),
                KEY,
                List.of()));
        return Stream.of(
                Arguments.of(BY_BOTH, CSR, new NoChallenge(), Rule.CHALLENGE_MISSING),
                Arguments.of(BY_BOTH, CSR, new UnknownChallenge(), Rule.CHALLENGE_UNKNOWN),
                Arguments.of(BY_BOTH, csr("CN=x", KEY, DNS), open(BINDING), Rule.SUBJECT_MISMATCH),
                Arguments.of(
                        BY_BOTH, CSR, challenge(BINDING, new ChallengeState.Cancelled()), Rule.CHALLENGE_CANCELLED),
                // A challenge nobody asked for is still a secret that somebody got wrong.
                Arguments.of(BY_PERSON, CSR, new UnknownChallenge(), Rule.CHALLENGE_UNKNOWN),
                Arguments.of(BY_PERSON, csr("CN=x", KEY, DNS), open(BINDING), Rule.SUBJECT_MISMATCH),
                Arguments.of(BY_PERSON, csr(SUBJECT, Requests.rsa(1024)), new NoChallenge(), Rule.KEY_SIZE),
                Arguments.of(BY_PERSON, csr(SUBJECT, KEY, directory), new NoChallenge(), Rule.SAN_UNSUPPORTED),
                Arguments.of(BY_PERSON, csr(SUBJECT, KEY, DNS, DNS), new NoChallenge(), Rule.SAN_UNSUPPORTED),
                Arguments.of(BY_PERSON, csr("", KEY), new NoChallenge(), Rule.SUBJECT_UNSUPPORTED),
                Arguments.of(BY_PERSON, emptyValue, new NoChallenge(), Rule.SUBJECT_UNSUPPORTED));
    }

    @ParameterizedTest
    @MethodSource("neverHeld")
    void holdsOnlyWhatPassesEveryOtherRule(Profile profile, Csr csr, Verdict verdict, Rule rule) {
        assertThat(rules(decide(profile, csr, verdict))).containsExactly(rule);
    }

    @Test
    void neverHoldsTheNameOfTheCa() {
        Decision decision = decide(BY_PERSON, csr("CN=Acme Device CA,O=Acme", KEY), new NoChallenge());

        assertThat(rules(decision)).containsExactly(Rule.SUBJECT_UNSUPPORTED, Rule.SUBJECT_ISSUER_NAME);
    }

    @Test
    void takesTheSameRequestAgainForAPoll() {
        // The challenge has expired since, and the profile takes challenges alone by now: what waits, waits.
        KnownChallenge challenge = new KnownChallenge(CHALLENGE, BINDING, held(), NOW.minusSeconds(1), NOW);

        assertThat(decide(BY_BOTH, CSR, challenge)).isEqualTo(new Decision.Hold(Optional.of(CHALLENGE), BINDING));
        assertThat(decide(Requests.PROFILE, CSR, challenge)).isInstanceOf(Decision.Hold.class);
    }

    @Test
    void keepsAReservedChallengeFromEveryOtherRequest() {
        Decision otherKey = decide(BY_BOTH, csr(SUBJECT, OTHER_KEY, DNS), challenge(BINDING, held()));
        Decision otherContent = decide(BY_BOTH, csr(SUBJECT, KEY), challenge(BINDING, held()));
        Decision otherProfile = decide(BY_BOTH, CSR, challenge(rebound("other", BINDING.subject(), BINDING), held()));

        assertThat(rules(otherKey)).containsExactly(Rule.CHALLENGE_HELD_OTHER_KEY);
        assertThat(((Decision.Refuse) otherKey).alarm()).isTrue();
        assertThat(rules(otherContent)).containsExactly(Rule.CHALLENGE_HELD_OTHER_REQUEST, Rule.SAN_MISMATCH);
        assertThat(((Decision.Refuse) otherContent).alarm()).isFalse();
        assertThat(rules(otherProfile)).containsExactly(Rule.CHALLENGE_PROFILE);
    }

    @Test
    void givesACertificateThatWaitedAsLongAsTheDeviceMayComeForIt() {
        Duration twoDays = Duration.ofDays(2);

        assertThat(decide(BY_BOTH, CSR, challenge(BINDING, spent(twoDays, NOW.plusSeconds(1)))))
                .isInstanceOf(Decision.Reissue.class);
        assertThat(rules(decide(BY_BOTH, CSR, challenge(BINDING, spent(twoDays, NOW)))))
                .containsExactly(Rule.CHALLENGE_RETRY_WINDOW);
        assertThat(decide(BY_BOTH, CSR, challenge(BINDING, spent(Duration.ofHours(1), NOW.minusSeconds(1)))))
                .isInstanceOf(Decision.Reissue.class);
    }

    private static ChallengeState spent(Duration ago, Instant collectableUntil) {
        return new ChallengeState.Spent(
                NOW.minus(ago),
                CSR.spkiSha256(),
                CSR.requestSha256(),
                new byte[] {0x30, 0x00},
                NOW.plus(Duration.ofDays(90)),
                false,
                Optional.of(collectableUntil));
    }

    @Test
    void signsWhatWasApprovedAlthoughItsChallengeExpired() {
        Approval approval = approve(
                BY_BOTH, CSR, new KnownChallenge(CHALLENGE, BINDING, held(), NOW.minus(Duration.ofDays(1)), NOW));

        assertThat(approval).isInstanceOfSatisfying(Approval.Granted.class, granted -> {
            assertThat(granted.template().subject()).isEqualTo(BINDING.subject().toX500Name());
            assertThat(granted.template().publicKey()).isEqualTo(KEY);
        });
    }

    @Test
    void signsTheNamesThatThePersonSaw() {
        Approval approval = approve(BY_PERSON, CSR, new NoChallenge());

        assertThat(approval).isInstanceOfSatisfying(Approval.Granted.class, granted -> {
            assertThat(granted.template().subject()).isEqualTo(name(SUBJECT).toX500Name());
            assertThat(granted.template().subjectAltNames()).isPresent();
            assertThat(granted.template().notAfter()).isBefore(NOW.plus(Duration.ofDays(91)));
        });
    }

    static Stream<Arguments> noLongerSigned() {
        Profile intune = TestProfile.named("demo")
                .validity(Duration.ofDays(90))
                .keys(KEYS)
                .issuer("CN=Acme Device CA,O=Acme")
                .authenticateBy(Authentication.INTUNE)
                .renewal(new RenewalRules(false, Optional.empty(), true))
                .build();
        Profile stricter = Requests.profile(new AllowedKeys(Set.of(4096), Set.of()), false, APPROVAL);
        Csr other = csr(SUBJECT, OTHER_KEY, DNS);
        return Stream.of(
                Arguments.of(stricter, CSR, new NoChallenge(), Rule.KEY_SIZE),
                Arguments.of(intune, CSR, challenge(BINDING, held()), Rule.CHALLENGE_UNKNOWN),
                Arguments.of(intune, CSR, new NoChallenge(), Rule.CHALLENGE_MISSING),
                Arguments.of(stricter, CSR, challenge(BINDING, held()), Rule.KEY_SIZE),
                Arguments.of(BY_BOTH, CSR, new NoChallenge(), Rule.CHALLENGE_MISSING),
                Arguments.of(BY_BOTH, CSR, new UnknownChallenge(), Rule.CHALLENGE_UNKNOWN),
                Arguments.of(
                        BY_BOTH, CSR, challenge(BINDING, new ChallengeState.Cancelled()), Rule.CHALLENGE_CANCELLED),
                Arguments.of(BY_BOTH, other, challenge(BINDING, held()), Rule.CHALLENGE_HELD_OTHER_KEY));
    }

    @ParameterizedTest
    @MethodSource("noLongerSigned")
    void judgesOnceMoreWhenAPersonHasApproved(Profile profile, Csr csr, Verdict verdict, Rule rule) {
        assertThat(rulesOf(approve(profile, csr, verdict))).containsExactly(rule);
    }

    @Test
    void keepsOfARequestWhatIsJudgedAndNoSecret() throws Exception {
        byte[] encoded = CSR.encoded();

        Csr again = Csr.decode(encoded);

        assertThat(again).isEqualTo(CSR);
        assertThat(new String(encoded, StandardCharsets.ISO_8859_1))
                .contains("device-42.acme.example")
                .doesNotContain("secret-of-device-42");
    }
}
