package org.scepgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import static org.scepgate.policy.Requests.rules;
import static org.scepgate.policy.Requests.violations;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.TestProfile;

/** Profiles whose requests an authority outside judges. */
class OutsidePolicyTest {
    private static final String SUBJECT = "CN=device-42,O=Acme";
    private static final GeneralName DNS = dnsName("device-42.acme.example");
    private static final RenewalRules NONE = new RenewalRules(false, Optional.empty(), true);
    private static final Profile PROFILE = intune(false);

    private static Profile intune(boolean accountSids) {
        return TestProfile.named("demo")
                .validity(Duration.ofDays(90))
                .keys(KEYS)
                .issuer("CN=Acme Device CA,O=Acme")
                .authenticateBy(Authentication.INTUNE)
                .renewal(NONE)
                .outside(new OutsideRules(accountSids))
                .build();
    }

    private static EnrollmentRequest request(Csr csr) {
        return request(PROFILE, csr);
    }

    private static EnrollmentRequest request(Profile profile, Csr csr) {
        return new EnrollmentRequest(profile, csr, true, Optional.empty());
    }

    private static Decision decide(EnrollmentRequest request, Verdict verdict) {
        return EnrollmentPolicy.decide(request, verdict, NOW);
    }

    private static Optional<Decision.Ask> ask(Decision decision) {
        return decision.fold(
                issue -> Optional.empty(),
                reissue -> Optional.empty(),
                refuse -> Optional.empty(),
                hold -> Optional.empty(),
                Optional::of);
    }

    private static GeneralName uri(String text) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, text);
    }

    @Test
    void asksAboutTheNamesOfTheRequestWithTheUsagesOfTheProfile() {
        Decision.Ask ask = ask(decide(request(csr(SUBJECT, KEY, DNS)), new UnknownChallenge()))
                .orElseThrow();

        assertThat(ask.binding().subject()).isEqualTo(name(SUBJECT));
        assertThat(ask.binding().subjectAltNames().dns()).containsExactly("device-42.acme.example");
        assertThat(ask.template().publicKey()).isEqualTo(KEY);
        assertThat(ask.template().extendedKeyUsage()).isEqualTo(PROFILE.extendedKeyUsage());
        assertThat(ask.template().notAfter()).isEqualTo("2026-07-30T12:00:00Z");
    }

    @Test
    void tellsTheOperatorWhatTheAuthoritySaid() {
        UUID id = UUID.randomUUID();
        Decision.Ask ask =
                ask(decide(request(csr(SUBJECT, KEY)), new UnknownChallenge())).orElseThrow();

        assertThat(ask.granted(id).challengeId()).contains(id);
        assertThat(violations(Decision.Ask.refused("ChallengeExpired")))
                .containsExactly(new Violation(
                        Rule.CHALLENGE_NOT_VOUCHED, "one that its authority accepts", "ChallengeExpired"));
        assertThat(Decision.Ask.unconfirmed(id, "timeout").challengeId()).contains(id);
    }

    @Test
    void asksNobodyAboutWhatTheProfileRefuses() {
        Csr small = csr(SUBJECT, Requests.rsa(1024), DNS);
        EnrollmentRequest signedByOther = new EnrollmentRequest(PROFILE, csr(SUBJECT, KEY), false, Optional.empty());

        assertThat(rules(decide(request(small), new UnknownChallenge()))).containsExactly(Rule.KEY_SIZE);
        assertThat(rules(decide(signedByOther, new UnknownChallenge()))).containsExactly(Rule.KEY_SIGNER);
        assertThat(rules(decide(request(csr("CN=Acme Device CA,O=Acme", KEY)), new UnknownChallenge())))
                .contains(Rule.SUBJECT_UNSUPPORTED);
        assertThat(rules(decide(request(csr(SUBJECT, KEY)), new NoChallenge())))
                .containsExactly(Rule.CHALLENGE_MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tag:microsoft.com,2022-09-14:sid:S-1-5-21-1-2-3-500",
                "TAG:Microsoft.com,2022-09-14:SID:S-1-5-21-1-2-3-500"
            })
    void believesAnAccountOnlyWhereTheProfileDoes(String sid) {
        Csr csr = csr(SUBJECT, KEY, uri(sid));

        assertThat(rules(decide(request(csr), new UnknownChallenge()))).containsExactly(Rule.SAN_ACCOUNT_SID);
        assertThat(ask(decide(request(intune(true), csr), new UnknownChallenge()))
                        .orElseThrow()
                        .binding()
                        .subjectAltNames()
                        .uri())
                .containsExactly(sid);
    }

    @Test
    void takesNoChallengeOfThisServiceNotEvenOneForThisProfile() {
        Binding binding = binding(SUBJECT, dns("device-42.acme.example"), "exact");

        Decision decision = decide(request(csr(SUBJECT, KEY, DNS)), open(binding));

        assertThat(rules(decision)).containsExactly(Rule.CHALLENGE_UNKNOWN);
    }

    @Test
    void givesWhatWasIssuedToTheSameRequestAlone() {
        Binding binding = binding(SUBJECT, dns("device-42.acme.example"), "exact");
        Csr csr = csr(SUBJECT, KEY, DNS);
        KnownChallenge spent = challenge(
                binding,
                new ChallengeState.Spent(
                        NOW.minusSeconds(60),
                        csr.spkiSha256(),
                        csr.requestSha256(),
                        new byte[] {0x30, 0x00},
                        NOW.plusSeconds(60),
                        false,
                        Optional.empty()));

        assertThat(decide(request(csr), spent)).isInstanceOf(Decision.Reissue.class);
        Decision other = decide(request(csr(SUBJECT, OTHER_KEY, DNS)), spent);
        assertThat(rules(other)).containsExactly(Rule.CHALLENGE_SPENT_OTHER_KEY);
        assertThat(((Decision.Refuse) other).alarm()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Renewals.Type.class)
    void renewsNothingByACertificateAlone(Renewals.Type type) {
        RenewalRequest request = Renewals.renewal(type, PROFILE, Renewals.NEW_KEY, Renewals.EXISTING);

        Decision unknown = RenewalPolicy.decide(request, new UnknownChallenge(), NOW);
        Decision missing = RenewalPolicy.decide(request, new NoChallenge(), NOW);

        boolean isPkcsReq = type == Renewals.Type.PKCS_REQ;
        assertThat(RenewalPolicy.isRenewal(request, new UnknownChallenge())).isFalse();
        assertThat(ask(unknown).isPresent()).isEqualTo(isPkcsReq);
        assertThat(rules(missing)).containsExactly(isPkcsReq ? Rule.CHALLENGE_MISSING : Rule.RENEWAL_DISABLED);
    }

    @Test
    void mustNotPromiseRenewals() {
        assertThatThrownBy(() -> TestProfile.named("demo")
                        .authenticateBy(Authentication.INTUNE)
                        .build())
                .isInstanceOf(InvalidProfileException.class)
                .hasMessageContaining("another service judges");
    }

    @Test
    void isSpelledAsInTheConfiguration() {
        assertThat(Authentication.parse(List.of("intune"))).isEqualTo(Authentication.INTUNE);
        assertThat(Authentication.INTUNE).hasToString("intune");
        assertThat(Authentication.CHALLENGE_AND_APPROVAL).hasToString("approval,challenge");
        assertThat(Authentication.INTUNE.needsApproval()).isFalse();
        assertThat(Authentication.INTUNE.needsChallenge()).isTrue();
    }
}
