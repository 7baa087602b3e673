package org.scepgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scepgate.policy.Requests.KEY;
import static org.scepgate.policy.Requests.NOW;
import static org.scepgate.policy.Requests.OTHER_KEY;
import static org.scepgate.policy.Requests.challenge;
import static org.scepgate.policy.Requests.csr;
import static org.scepgate.policy.Requests.dnsName;
import static org.scepgate.policy.Requests.open;
import static org.scepgate.policy.Requests.request;
import static org.scepgate.policy.Requests.rules;
import static org.scepgate.policy.Requests.template;
import static org.scepgate.policy.Requests.violations;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A device chooses its names within the patterns of its challenge. */
class PatternBindingTest {

    private static final Binding BINDING =
            binding(rdn("CN", "^host-[0-9]+$"), new RequestedPatterns.Rdn("O", "Acme", null));
    private static final Csr CSR = csr("CN=host-7,O=ACME", KEY, dnsName("host-7.acme.example"));

    @Test
    void issuesTheNamesThatFit() {
        Decision decision = EnrollmentPolicy.decide(request(CSR), open(BINDING), NOW);

        assertThat(template(decision)).hasValueSatisfying(template -> {
            assertThat(template.subject()).hasToString("O=Acme,CN=host-7");
            assertThat(template.subjectAltNames().orElseThrow().getNames())
                    .containsExactly(dnsName("host-7.acme.example"));
        });
    }

    @Test
    void tellsTheOperatorWhichPatternANameMissed() {
        Csr other = csr("CN=admin,O=Acme", KEY, dnsName("admin.acme.example"));

        Decision decision = EnrollmentPolicy.decide(request(other), open(BINDING), NOW);

        assertThat(rules(decision))
                .startsWith(Rule.SUBJECT_MISMATCH, Rule.SAN_MISMATCH)
                .doesNotContain(Rule.CHALLENGE_SPENT);
        assertThat(violations(decision).get(0).expected()).isEqualTo("CN~/^host-[0-9]+$/,O=Acme");
    }

    @Test
    void neverIssuesTheNameOfTheCa() {
        Binding wide = binding(rdn("CN", ".*"), rdn("O", ".*"));

        Decision decision = EnrollmentPolicy.decide(
                request(csr("CN=Acme Device CA,O=Acme", KEY, dnsName("host-7.acme.example"))), open(wide), NOW);

        assertThat(rules(decision)).containsExactly(Rule.SUBJECT_ISSUER_NAME);
    }

    @Test
    void answersARetryAndNoOtherKey() {
        ChallengeState spent = new ChallengeState.Spent(
                NOW.minusSeconds(9),
                CSR.spkiSha256(),
                CSR.requestSha256(),
                new byte[] {1},
                NOW.plusSeconds(99),
                false,
                Optional.empty());
        Csr otherKey = csr("CN=host-8,O=Acme", OTHER_KEY, dnsName("host-8.acme.example"));

        assertThat(EnrollmentPolicy.decide(request(CSR), challenge(BINDING, spent), NOW))
                .isInstanceOf(Decision.Reissue.class);
        assertThat(EnrollmentPolicy.decide(request(otherKey), challenge(BINDING, spent), NOW))
                .isInstanceOfSatisfying(
                        Decision.Refuse.class,
                        refuse -> assertThat(refuse.alarm()).isTrue());
    }

    @Test
    void holdsTheNamesThatAPersonWillSee() {
        Profile both = Requests.profile(Requests.KEYS, false, Authentication.CHALLENGE_AND_APPROVAL);
        EnrollmentRequest request = new EnrollmentRequest(both, CSR, true, Optional.empty());

        assertThat(EnrollmentPolicy.decide(request, open(BINDING), NOW))
                .isInstanceOfSatisfying(
                        Decision.Hold.class,
                        hold -> assertThat(hold.binding().subject()).hasToString("CN=host-7,O=Acme"));
    }

    @Test
    void aRenewalThatBringsPatternsMustKeepWithinThem() {
        KnownChallenge fitting = open(binding(rdn("CN", "device-[0-9]+"), rdn("O", "Acme")));
        KnownChallenge other = open(BINDING);
        Csr csr = csr(Renewals.SUBJECT, OTHER_KEY);

        Decision renewed = Renewals.decide(Renewals.Type.RENEWAL_REQ, csr, fitting);
        Decision refused = Renewals.decide(Renewals.Type.RENEWAL_REQ, csr, other);

        assertThat(template(renewed))
                .hasValueSatisfying(template -> assertThat(template.subject()).hasToString("O=Acme,CN=device-42"));
        assertThat(rules(refused)).contains(Rule.SUBJECT_MISMATCH);
    }

    private static Binding binding(RequestedPatterns.Rdn... subject) {
        RequestedPatterns.Names dns =
                new RequestedPatterns.Names(null, List.of("(host|device)-[0-9]+[.]acme[.]example"), 0, 1);
        RequestedBinding asked = new RequestedBinding(
                null,
                null,
                "pattern",
                null,
                null,
                null,
                null,
                null,
                new RequestedPatterns(List.of(subject), Map.of("dns", dns)));
        return Requests.binding(asked);
    }

    private static RequestedPatterns.Rdn rdn(String type, String pattern) {
        return new RequestedPatterns.Rdn(type, null, pattern);
    }
}
