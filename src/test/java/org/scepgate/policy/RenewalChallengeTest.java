package org.scepgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scepgate.policy.Renewals.CONTENTS;
import static org.scepgate.policy.Renewals.END;
import static org.scepgate.policy.Renewals.EXISTING;
import static org.scepgate.policy.Renewals.NEW_KEY;
import static org.scepgate.policy.Renewals.OLD_KEY;
import static org.scepgate.policy.Renewals.ORIGIN;
import static org.scepgate.policy.Renewals.SUBJECT;
import static org.scepgate.policy.Renewals.SUCCESSOR;
import static org.scepgate.policy.Renewals.decide;
import static org.scepgate.policy.Renewals.existing;
import static org.scepgate.policy.Renewals.profile;
import static org.scepgate.policy.Renewals.renewal;
import static org.scepgate.policy.Renewals.renewedBefore;
import static org.scepgate.policy.Requests.CHALLENGE;
import static org.scepgate.policy.Requests.NOW;
import static org.scepgate.policy.Requests.OTHER_KEY;
import static org.scepgate.policy.Requests.PROFILE;
import static org.scepgate.policy.Requests.asked;
import static org.scepgate.policy.Requests.binding;
import static org.scepgate.policy.Requests.challenge;
import static org.scepgate.policy.Requests.csr;
import static org.scepgate.policy.Requests.dns;
import static org.scepgate.policy.Requests.dnsName;
import static org.scepgate.policy.Requests.name;
import static org.scepgate.policy.Requests.open;
import static org.scepgate.policy.Requests.rules;
import static org.scepgate.policy.Requests.template;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.policy.Renewals.Type;

class RenewalChallengeTest {

    /** Rows: what was renewed before for the key of the request. */
    static Stream<Arguments> retries() {
        Csr fewerNames = csr("CN=device-42,O=Acme", OTHER_KEY);
        Csr otherName = csr("CN=device-42,O=Acme", OTHER_KEY, dnsName("device-43.acme.example"));
        return Stream.of(
                Arguments.of(renewedBefore(NEW_KEY, END, false), NEW_KEY, List.of()),
                Arguments.of(renewedBefore(NEW_KEY, END, false), fewerNames, List.of()),
                Arguments.of(renewedBefore(NEW_KEY, END, false), otherName, List.of(Rule.SAN_MISMATCH)),
                Arguments.of(renewedBefore(NEW_KEY, END, true), NEW_KEY, List.of(Rule.CERTIFICATE_REVOKED)),
                Arguments.of(
                        renewedBefore(NEW_KEY, NOW.minusSeconds(1), true), NEW_KEY, List.of(Rule.CERTIFICATE_REVOKED)));
    }

    @ParameterizedTest
    @MethodSource("retries")
    void givesTheSameCertificateAgain(ExistingCertificate existing, Csr csr, List<Rule> broken) {
        // A window that has not opened and a key that is not allowed any more say nothing about a retry.
        Profile stricter = profile(new RenewalRules(true, Optional.of(Duration.ofDays(1)), false));

        Decision decision = decide(Type.PKCS_REQ, stricter, csr, existing);

        assertThat(rules(decision)).isEqualTo(broken);
        assertThat(decision instanceof Decision.Reissue).isEqualTo(broken.isEmpty());
    }

    /** certmonger and sscep make no new key: they would come in vain until the old certificate ended as well. */
    @ParameterizedTest
    @EnumSource(Type.class)
    void renewsAnewWhereTheRenewalHasEnded(Type type) {
        ExistingCertificate existing = renewedBefore(NEW_KEY, NOW.minusSeconds(1), false);

        assertThat(decide(type, PROFILE, NEW_KEY, existing)).isInstanceOf(Decision.Issue.class);
        assertThat(decide(type, PROFILE, NEW_KEY, renewedBefore(NEW_KEY, NOW, false)))
                .isInstanceOf(Decision.Reissue.class);
    }

    /** Rows: the challenge beside the old certificate; columns: what a RenewalReq and what a PKCSReq comes to. */
    static Stream<Arguments> challenges() {
        Binding same = binding(SUBJECT, dns("device-42.acme.example"), "exact");
        Binding others = binding("CN=device-43,O=Acme", null, "exact");
        ChallengeState spent = spent(OLD_KEY, new byte[] {0x30, 0x00});
        ChallengeState spentOnThisKey = spent(NEW_KEY, new byte[] {0x30, 0x00});
        KnownChallenge own = new KnownChallenge(ORIGIN, same, spent, NOW.minusSeconds(1), NOW);
        KnownChallenge expired = new KnownChallenge(CHALLENGE, same, new ChallengeState.Open(), NOW, NOW);
        List<Rule> otherNames = List.of(Rule.SUBJECT_MISMATCH, Rule.SAN_MISMATCH);
        return Stream.of(
                Arguments.of(new UnknownChallenge(), List.of(Rule.CHALLENGE_UNKNOWN), List.of(Rule.CHALLENGE_UNKNOWN)),
                Arguments.of(open(same), List.of(), List.of()),
                Arguments.of(
                        open(others), otherNames, List.of(Rule.SUBJECT_MISMATCH, Rule.SAN_MISMATCH, Rule.KEY_SIGNER)),
                Arguments.of(own, List.of(), List.of()),
                Arguments.of(expired, List.of(Rule.CHALLENGE_EXPIRED), List.of(Rule.CHALLENGE_EXPIRED)),
                Arguments.of(
                        challenge(same, new ChallengeState.Cancelled()),
                        List.of(Rule.CHALLENGE_CANCELLED),
                        List.of(Rule.CHALLENGE_CANCELLED)),
                Arguments.of(
                        challenge(same, spent),
                        List.of(Rule.CHALLENGE_SPENT_OTHER_KEY),
                        List.of(Rule.CHALLENGE_SPENT_OTHER_KEY)),
                // A PKCSReq with the challenge of an enrolment is a retry of that.
                Arguments.of(challenge(same, spentOnThisKey), List.of(Rule.CHALLENGE_SPENT), List.of()));
    }

    private static ChallengeState.Spent spent(Csr csr, byte[] certificate) {
        return new ChallengeState.Spent(
                NOW.minusSeconds(60), csr.spkiSha256(), csr.requestSha256(), certificate, END, false, Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("challenges")
    void wantsAChallengeThatIsSentToBeRight(Verdict verdict, List<Rule> ofRenewalReq, List<Rule> ofPkcsReq) {
        Decision renewalReq = decide(Type.RENEWAL_REQ, NEW_KEY, verdict);
        Decision pkcsReq = decide(Type.PKCS_REQ, NEW_KEY, verdict);

        assertThat(rules(renewalReq)).isEqualTo(ofRenewalReq);
        assertThat(rules(pkcsReq)).isEqualTo(ofPkcsReq);
        assertThat(renewalReq.<Boolean>fold(
                        issue -> false, reissue -> false, Decision.Refuse::alarm, hold -> false, ask -> false))
                .isEqualTo(ofRenewalReq.contains(Rule.CHALLENGE_SPENT_OTHER_KEY));
    }

    @ParameterizedTest
    @EnumSource(Type.class)
    void asksForNoSharedChallengeThatACertificateOutlived(Type type) {
        Profile profile = Requests.profile(Requests.KEYS, false, Authentication.STATIC);
        RenewalRequest request = renewal(type, profile, NEW_KEY, EXISTING);
        ExistingCertificate revoked =
                new ExistingCertificate("demo", CONTENTS, true, Set.of(), Optional.empty(), Optional.empty());

        assertThat(RenewalPolicy.isRenewal(request, new UnknownChallenge())).isTrue();
        assertThat(RenewalPolicy.decide(request, new UnknownChallenge(), NOW)).isInstanceOf(Decision.Issue.class);
        assertThat(rules(RenewalPolicy.decide(renewal(type, profile, NEW_KEY, revoked), new UnknownChallenge(), NOW)))
                .containsExactly(Rule.CERTIFICATE_REVOKED);
    }

    private static Decision decideByPerson(Type type, ExistingCertificate existing, Verdict verdict) {
        Profile profile = Requests.profile(Requests.KEYS, false, Authentication.CHALLENGE_AND_APPROVAL);
        return RenewalPolicy.decide(renewal(type, profile, NEW_KEY, existing), verdict, NOW);
    }

    @ParameterizedTest
    @EnumSource(Type.class)
    void asksThePersonAboutANewChallengeWhateverTheTypeOfTheMessage(Type type) {
        Binding bound = binding(SUBJECT, dns("device-42.acme.example"), "exact");

        Decision decision = decideByPerson(type, EXISTING, open(bound));

        assertThat(decision).isEqualTo(new Decision.Hold(Optional.of(CHALLENGE), bound));
        assertThat(decideByPerson(type, EXISTING, new NoChallenge())).isInstanceOf(Decision.Issue.class);
    }

    @Test
    void holdsNoRenewalReqOfASignerThatProvesNothing() {
        ExistingCertificate revoked =
                new ExistingCertificate("demo", CONTENTS, true, Set.of(), Optional.empty(), Optional.empty());
        Binding bound = binding(SUBJECT, dns("device-42.acme.example"), "exact");

        assertThat(rules(decideByPerson(Type.RENEWAL_REQ, revoked, open(bound))))
                .containsExactly(Rule.CERTIFICATE_REVOKED);
    }

    /** However the profile has changed since: what waits, waits, and nobody else has the challenge. */
    @ParameterizedTest
    @EnumSource(Type.class)
    void takesARequestWhoseChallengeIsReservedForAPoll(Type type) {
        Binding bound = binding(SUBJECT, dns("device-42.acme.example"), "exact");
        ChallengeState held = new ChallengeState.Held(NEW_KEY.spkiSha256(), NEW_KEY.requestSha256());
        ChallengeState heldByAnother = new ChallengeState.Held(OLD_KEY.spkiSha256(), OLD_KEY.requestSha256());

        assertThat(decide(type, NEW_KEY, challenge(bound, held)))
                .isEqualTo(new Decision.Hold(Optional.of(CHALLENGE), bound));
        assertThat(rules(decide(type, NEW_KEY, challenge(bound, heldByAnother))))
                .containsExactly(Rule.CHALLENGE_HELD_OTHER_KEY);
    }

    @Test
    void spendsTheChallengeThatIsSent() {
        Binding bound = binding(asked(SUBJECT, dns("device-42.acme.example"), "exact"));

        assertThat(decide(Type.RENEWAL_REQ, NEW_KEY, open(bound)))
                .isInstanceOfSatisfying(
                        Decision.Issue.class,
                        issue -> assertThat(issue.challengeId()).contains(CHALLENGE));
    }

    @Test
    void enrolsUnderTheNamesOfAChallengeWithTheOldCertificateOfTheDevice() {
        Csr other = csr("CN=device-42,OU=Sales", OTHER_KEY);
        KnownChallenge open = open(binding("CN=device-42,OU=Sales", null, "exact"));

        Decision decision = decide(Type.PKCS_REQ, other, open);

        assertThat(template(decision))
                .hasValueSatisfying(template -> assertThat(template.subject())
                        .isEqualTo(name("CN=device-42,OU=Sales").toX500Name()));
        assertThat(RenewalPolicy.isRenewal(renewal(Type.PKCS_REQ, PROFILE, other, EXISTING), open))
                .isFalse();
    }

    /** The signer has CN=device-42,O=Acme and device-42.acme.example. */
    @ParameterizedTest
    @CsvSource({
        "'CN=device-42,O=Acme', another.acme.example, true",
        "'CN=DEVICE-42,OU=Sales', another.acme.example, true",
        "'CN=renamed,O=Acme', device-42.acme.example, true",
        "'CN=device-43,O=Acme', device-43.acme.example, false",
        "O=Acme, device-43.acme.example, false"
    })
    void takesACertificateOfOursForItsOwnDeviceAndNoOther(String subject, String host, boolean issued) {
        Binding bound = binding(subject, dns(host), "exact");
        Csr seen = csr(subject, OTHER_KEY, dnsName(host));

        Decision decision = decide(Type.PKCS_REQ, seen, open(bound));
        Decision retry = decide(Type.PKCS_REQ, seen, challenge(bound, spent(seen, new byte[] {0x30, 0x00})));

        assertThat(rules(decision)).isEqualTo(issued ? List.of() : List.of(Rule.KEY_SIGNER));
        assertThat(rules(retry)).isEqualTo(issued ? List.of() : List.of(Rule.KEY_SIGNER));
    }

    @Test
    void takesAnySignerForARenamedDeviceThatHoldsTheKeyOrMaySignWithAnother() {
        Csr renamed = csr("CN=device-43,O=Acme", OTHER_KEY);
        KnownChallenge open = open(binding("CN=device-43,O=Acme", null, "exact"));
        EnrollmentRequest withTheKey = new EnrollmentRequest(PROFILE, renamed, true, Optional.empty());
        Profile lenient = Requests.profile(Requests.KEYS, true);

        assertThat(rules(RenewalPolicy.decide(new RenewalRequest(withTheKey, false, Optional.of(EXISTING)), open, NOW)))
                .isEmpty();
        assertThat(rules(RenewalPolicy.decide(renewal(Type.PKCS_REQ, lenient, renamed, EXISTING), open, NOW)))
                .isEmpty();
    }

    @Test
    void takesNoRevokedCertificateForAProvenSigner() {
        ExistingCertificate revoked =
                new ExistingCertificate("demo", CONTENTS, true, Set.of(), Optional.empty(), Optional.empty());
        KnownChallenge open = open(binding(SUBJECT, dns("device-42.acme.example"), "exact"));

        Decision decision = RenewalPolicy.decide(renewal(Type.PKCS_REQ, PROFILE, NEW_KEY, revoked), open, NOW);

        assertThat(rules(decision)).containsExactly(Rule.KEY_SIGNER);
    }

    /** While a request waits for a person, the certificate that signed it may end; it must not be revoked. */
    @Test
    void judgesTheSignerOfAWaitingRequestByTheTimeItCame() {
        RenewalRequest request = renewal(Type.PKCS_REQ, PROFILE, NEW_KEY, EXISTING);
        ExistingCertificate revoked =
                new ExistingCertificate("demo", CONTENTS, true, Set.of(), Optional.empty(), Optional.empty());
        RenewalRequest ofRevoked = renewal(Type.PKCS_REQ, PROFILE, NEW_KEY, revoked);

        assertThat(request.signedAt(NOW).certifiedSigner()).contains(CONTENTS);
        assertThat(request.signedAt(END.plusSeconds(1)).certifiedSigner()).isEmpty();
        assertThat(ofRevoked.signedAt(NOW).certifiedSigner()).isEmpty();
    }

    @Test
    void acceptsTheChallengeThatThisVeryRenewalSpent() {
        ExistingCertificate existing = renewedBefore(NEW_KEY, END, false);
        Binding bound = binding(SUBJECT, dns("device-42.acme.example"), "exact");

        Decision decision = RenewalPolicy.decide(
                renewal(Type.RENEWAL_REQ, PROFILE, NEW_KEY, existing),
                challenge(bound, spent(NEW_KEY, SUCCESSOR)),
                NOW);

        assertThat(decision).isEqualTo(new Decision.Reissue(SUCCESSOR, Optional.of(CHALLENGE)));
    }
}
