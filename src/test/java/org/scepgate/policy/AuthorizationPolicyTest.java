package org.scepgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scepgate.policy.Requests.KEY;
import static org.scepgate.policy.Requests.NOW;
import static org.scepgate.policy.Requests.csr;
import static org.scepgate.policy.Requests.dns;
import static org.scepgate.policy.Requests.dnsName;
import static org.scepgate.policy.Requests.open;
import static org.scepgate.policy.Requests.request;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two names, both key usages of the profile, clientAuth, and 90 days are granted. */
class AuthorizationPolicyTest {
    private static final String FIRST = "device-42.acme.example";
    private static final String SECOND = "device-42.lab.acme.example";
    private static final CertificateTemplate GRANTED = granted("CN=device-42,O=Acme");

    private static CertificateTemplate granted(String subject) {
        GeneralName[] names = {dnsName(FIRST), dnsName(SECOND)};
        Binding bound = Requests.binding(subject, dns(FIRST, SECOND), "exact");
        return Requests.template(EnrollmentPolicy.decide(request(csr(subject, KEY, names)), open(bound), NOW))
                .orElseThrow();
    }

    private static RequestedNarrowing names(String... left) {
        return new RequestedNarrowing(dns(left), null, null, null);
    }

    private static RequestedNarrowing keyUsage(String... left) {
        return new RequestedNarrowing(null, Arrays.asList(left), null, null);
    }

    private static RequestedNarrowing extendedKeyUsage(String... left) {
        return new RequestedNarrowing(null, null, Arrays.asList(left), null);
    }

    private static RequestedNarrowing validity(String left) {
        return new RequestedNarrowing(null, null, null, left);
    }

    private static Approval judge(CertificateTemplate granted, RequestedNarrowing left) {
        return AuthorizationPolicy.judge(granted, new Authorization.Narrowed(left));
    }

    private static CertificateTemplate signed(Approval approval) {
        return approval.fold(Approval.Granted::template, rejected -> {
            throw new AssertionError(rejected.violations());
        });
    }

    private static List<Rule> rules(Approval approval) {
        return approval.fold(
                granted -> List.of(),
                rejected -> rejected.violations().stream().map(Violation::rule).toList());
    }

    @Test
    void signsWhatIsAllowedAsItIs() {
        assertThat(signed(AuthorizationPolicy.judge(GRANTED, new Authorization.Allowed())))
                .isSameAs(GRANTED);
    }

    @Test
    void tellsTheReasonOfADenial() {
        Approval denied = AuthorizationPolicy.judge(GRANTED, new Authorization.Denied("not\u0000compliant"));

        assertThat(denied)
                .isEqualTo(new Approval.Rejected(
                        List.of(new Violation(Rule.AUTHORIZATION_DENIED, "allow", "not\\u{0}compliant"))));
    }

    @Test
    void signsNothingWithoutAnAnswer() {
        assertThat(rules(AuthorizationPolicy.judge(GRANTED, new Authorization.Failed("an answer", "none"))))
                .containsExactly(Rule.AUTHORIZATION_FAILED);
    }

    @Test
    void takesNamesAwayAndLeavesTheRest() {
        CertificateTemplate left = signed(judge(GRANTED, names("DEVICE-42.acme.example")));

        // As it was bound, and not as the endpoint wrote it.
        assertThat(left.names().dns()).containsExactly(FIRST);
        assertThat(left.subject()).isEqualTo(GRANTED.subject());
        assertThat(left.keyUsage()).isEqualTo(GRANTED.keyUsage());
        assertThat(left.extendedKeyUsage()).isEqualTo(GRANTED.extendedKeyUsage());
        assertThat(left.notBefore()).isEqualTo(GRANTED.notBefore());
        assertThat(left.notAfter()).isEqualTo(GRANTED.notAfter());
        assertThat(left.publicKey()).isEqualTo(GRANTED.publicKey());
    }

    @Test
    void takesAllAlternativeNamesAwayWhereASubjectIsLeft() {
        assertThat(signed(judge(GRANTED, names())).subjectAltNames()).isEmpty();
        assertThat(rules(judge(granted(""), names()))).containsExactly(Rule.AUTHORIZATION_FAILED);
    }

    @Test
    void shortensTheValidityOfThisCertificateAlone() {
        CertificateTemplate left = signed(judge(GRANTED, validity("P30D")));

        assertThat(left.validity()).isEqualTo(Duration.ofDays(30));
        assertThat(left.notAfter()).isEqualTo(Instant.parse("2026-05-31T12:00:00Z"));
        assertThat(left.longestValidity()).isEqualTo(GRANTED.longestValidity()).isEmpty();
    }

    @Test
    void takesUsagesAway() {
        assertThat(signed(judge(GRANTED, keyUsage("digitalSignature"))).keyUsage())
                .containsExactly(KeyUsage.DIGITAL_SIGNATURE);
        assertThat(signed(judge(GRANTED, extendedKeyUsage("1.3.6.1.5.5.7.3.2"))).extendedKeyUsage())
                .containsExactly(ExtendedKeyUsage.parse("clientAuth"));
    }

    @Test
    void takesWhatTakesNothingAway() {
        CertificateTemplate same = signed(judge(
                GRANTED,
                new RequestedNarrowing(
                        dns(SECOND, FIRST),
                        List.of("keyEncipherment", "digitalSignature"),
                        List.of("clientAuth"),
                        "P90D")));

        assertThat(same.names()).isEqualTo(GRANTED.names());
        assertThat(same.keyUsage()).isEqualTo(GRANTED.keyUsage());
        assertThat(same.notAfter()).isEqualTo(GRANTED.notAfter());
    }

    static Stream<Arguments> wider() {
        return Stream.of(
                Arguments.of("another name", names(FIRST, "other.acme.example")),
                Arguments.of(
                        "a name of another type",
                        new RequestedNarrowing(
                                new RequestedAltNames(null, List.of("a@acme.example"), null, null, null),
                                null,
                                null,
                                null)),
                Arguments.of("a wildcard over a name", names("*.acme.example")),
                Arguments.of("another key usage", keyUsage("digitalSignature", "nonRepudiation")),
                Arguments.of("that of a CA", keyUsage("keyCertSign")),
                Arguments.of("no key usage, which is any", keyUsage()),
                Arguments.of("another purpose", extendedKeyUsage("clientAuth", "serverAuth")),
                Arguments.of("any purpose", extendedKeyUsage("anyExtendedKeyUsage")),
                Arguments.of("no purpose, which is any", extendedKeyUsage()),
                Arguments.of("a day more", validity("P91D")),
                Arguments.of("a second more", validity("P90DT1S")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wider")
    void refusesWhatIsWider(String what, RequestedNarrowing left) {
        assertThat(rules(judge(GRANTED, left))).containsExactly(Rule.AUTHORIZATION_WIDER);
    }

    static Stream<Arguments> senseless() {
        return Stream.of(
                Arguments.of("nothing said", new RequestedNarrowing(null, null, null, null)),
                Arguments.of("no such key usage", keyUsage("digitalSignature", "signing")),
                Arguments.of("a null among them", keyUsage("digitalSignature", null)),
                Arguments.of("no such purpose", extendedKeyUsage("clientAuth", "webAuth")),
                Arguments.of("a name twice", names(FIRST, FIRST)),
                Arguments.of("no DNS name", names("-")),
                Arguments.of(
                        "a null for a name",
                        new RequestedNarrowing(
                                new RequestedAltNames(Arrays.asList((String) null), null, null, null, null),
                                null,
                                null,
                                null)),
                Arguments.of("no duration", validity("30 days")),
                Arguments.of("in months", validity("P1M")),
                Arguments.of("no time at all", validity("PT0S")),
                Arguments.of("before it begins", validity("-P1D")),
                Arguments.of("beyond all numbers", validity("P99999999999999999D")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("senseless")
    void refusesWhatCannotBeUnderstood(String what, RequestedNarrowing left) {
        assertThat(rules(judge(GRANTED, left))).contains(Rule.AUTHORIZATION_FAILED);
    }

    @Test
    void namesEverythingThatIsWrong() {
        RequestedNarrowing left =
                new RequestedNarrowing(dns("other.example"), List.of("cRLSign"), List.of("serverAuth"), "P1000D");

        assertThat(rules(judge(GRANTED, left))).hasSize(4).containsOnly(Rule.AUTHORIZATION_WIDER);
    }

    /** A device can help a denial by being another request, and cannot help what an endpoint of ours fails at. */
    @Test
    void countsADenialOnTheChallengeAndNoFault() {
        assertThat(refusal(new Authorization.Denied("no")).isCounted()).isTrue();
        assertThat(refusal(new Authorization.Failed("an answer", "none")).isCounted())
                .isFalse();
        assertThat(refusal(new Authorization.Narrowed(validity("P1000D"))).isCounted())
                .isFalse();
    }

    private static Decision.Refuse refusal(Authorization said) {
        Approval.Rejected rejected = (Approval.Rejected) AuthorizationPolicy.judge(GRANTED, said);
        return new Decision.Refuse(Optional.of(UUID.randomUUID()), rejected.violations(), false);
    }
}
