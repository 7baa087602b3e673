package org.scepgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scepgate.policy.Renewals.CONTENTS;
import static org.scepgate.policy.Renewals.DNS;
import static org.scepgate.policy.Renewals.END;
import static org.scepgate.policy.Renewals.EXISTING;
import static org.scepgate.policy.Renewals.NEW_KEY;
import static org.scepgate.policy.Renewals.OLD_KEY;
import static org.scepgate.policy.Renewals.ORIGIN;
import static org.scepgate.policy.Renewals.SUBJECT;
import static org.scepgate.policy.Renewals.contents;
import static org.scepgate.policy.Renewals.decide;
import static org.scepgate.policy.Renewals.existing;
import static org.scepgate.policy.Renewals.profile;
import static org.scepgate.policy.Renewals.renewedBefore;
import static org.scepgate.policy.Requests.KEYS;
import static org.scepgate.policy.Requests.NOW;
import static org.scepgate.policy.Requests.OTHER_KEY;
import static org.scepgate.policy.Requests.PROFILE;
import static org.scepgate.policy.Requests.binding;
import static org.scepgate.policy.Requests.csr;
import static org.scepgate.policy.Requests.dns;
import static org.scepgate.policy.Requests.dnsName;
import static org.scepgate.policy.Requests.name;
import static org.scepgate.policy.Requests.open;
import static org.scepgate.policy.Requests.request;
import static org.scepgate.policy.Requests.rules;
import static org.scepgate.policy.Requests.template;
import static org.scepgate.policy.Requests.usages;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.policy.Renewals.Type;
import org.scepgate.testing.TestProfile;

class RenewalPolicyTest {

    @ParameterizedTest
    @EnumSource(Type.class)
    void renewsByTheOldCertificateAlone(Type type) {
        Decision decision = decide(type, PROFILE, NEW_KEY, EXISTING);

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Issue.class,
                        issue -> assertThat(issue.challengeId()).isEmpty());
        assertThat(template(decision)).hasValueSatisfying(template -> {
            assertThat(template.publicKey()).isEqualTo(OTHER_KEY);
            assertThat(template.subject()).isEqualTo(name(SUBJECT).toX500Name());
            assertThat(template.extendedKeyUsage()).isEqualTo(usages("clientAuth"));
            assertThat(template.notAfter()).isEqualTo("2026-07-30T12:00:00Z");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // name in the request | names in the SAN | rules broken
                "CN=device-42,O=Acme | device-42.acme.example |",
                "O=Acme,CN=device-42 | DEVICE-42.acme.example |",
                "CN=device-42        |                        |",
                "CN=device-43,O=Acme | device-42.acme.example | subject.mismatch",
                "CN=device-42,O=Acme | device-43.acme.example | san.mismatch",
                "CN=x                | x.example              | subject.mismatch san.mismatch"
            })
    void keepsTheNamesOfTheOldCertificate(String subject, String dns, String broken) {
        Csr csr = dns == null ? csr(subject, OTHER_KEY) : csr(subject, OTHER_KEY, dnsName(dns));

        Decision decision = decide(csr, EXISTING);

        assertThat(rules(decision).stream().map(Rule::id))
                .containsExactly(broken == null ? new String[0] : broken.split(" "));
        assertThat(template(decision).flatMap(CertificateTemplate::subjectAltNames))
                .isEqualTo(broken == null ? CONTENTS.subjectAltNames().toGeneralNames() : Optional.empty());
    }

    /** A client that asks for the names of its payload again needs a new challenge then; docs/authorize.md warns of it. */
    @ParameterizedTest
    @EnumSource(Type.class)
    void keepsANameAwayThatANarrowTookAway(Type type) {
        ExistingCertificate narrowed = existing(new CertificateContents(
                CONTENTS.subject(),
                SubjectAltNames.NONE,
                CONTENTS.keyUsage(),
                CONTENTS.extendedKeyUsage(),
                CONTENTS.spkiSha256(),
                CONTENTS.notBefore(),
                CONTENTS.notAfter()));

        assertThat(rules(decide(type, PROFILE, NEW_KEY, narrowed))).containsExactly(Rule.SAN_MISMATCH);
        assertThat(template(decide(type, PROFILE, csr(SUBJECT, OTHER_KEY), narrowed)))
                .hasValueSatisfying(
                        template -> assertThat(template.subjectAltNames()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        // days before the end, window in days, may renew
        "60, , true",
        "60, 60, true",
        "60, 61, true",
        "60, 59, false",
        "1, 30, true",
        "30, 30, true",
        "31, 30, false"
    })
    void opensTheWindowBeforeTheEnd(int daysLeft, Integer window, boolean issued) {
        RenewalRules rules = new RenewalRules(true, Optional.ofNullable(window).map(Duration::ofDays), true);
        ExistingCertificate existing = existing(contents(NOW.plus(Duration.ofDays(daysLeft))));

        Decision decision = decide(Type.PKCS_REQ, profile(rules), NEW_KEY, existing);

        assertThat(rules(decision)).isEqualTo(issued ? List.of() : List.of(Rule.RENEWAL_WINDOW));
    }

    @ParameterizedTest
    @CsvSource({"true, true, true", "true, false, true", "false, true, false", "false, false, true"})
    void certifiesTheOldKeyAgainWhereTheProfileSaysSo(boolean allowed, boolean sameKey, boolean issued) {
        Profile profile = profile(new RenewalRules(true, Optional.empty(), allowed));

        Decision decision = decide(Type.RENEWAL_REQ, profile, sameKey ? OLD_KEY : NEW_KEY, EXISTING);

        assertThat(rules(decision)).isEqualTo(issued ? List.of() : List.of(Rule.RENEWAL_SAME_KEY));
    }

    static Stream<Arguments> signers() {
        Instant past = NOW.minusSeconds(1);
        CertificateContents ended = contents(past);
        CertificateContents early = contents(NOW.plus(Duration.ofDays(91)));
        ExistingCertificate revoked =
                new ExistingCertificate("demo", CONTENTS, true, Set.of(), Optional.empty(), Optional.empty());
        ExistingCertificate other =
                new ExistingCertificate("other", CONTENTS, false, Set.of(), Optional.empty(), Optional.empty());
        return Stream.of(
                Arguments.of(existing(ended), List.of(Rule.CERTIFICATE_EXPIRED)),
                Arguments.of(existing(early), List.of(Rule.CERTIFICATE_EXPIRED, Rule.RENEWAL_WINDOW)),
                Arguments.of(revoked, List.of(Rule.CERTIFICATE_REVOKED)),
                Arguments.of(other, List.of(Rule.RENEWAL_PROFILE)));
    }

    @ParameterizedTest
    @MethodSource("signers")
    void believesOnlyAValidCertificateOfTheProfile(ExistingCertificate signer, List<Rule> broken) {
        assertThat(rules(decide(Type.RENEWAL_REQ, PROFILE, NEW_KEY, signer))).isEqualTo(broken);
        assertThat(rules(decide(Type.PKCS_REQ, PROFILE, NEW_KEY, signer))).isEqualTo(broken);
    }

    @ParameterizedTest
    @EnumSource(Type.class)
    void refusesWhereTheProfileHasNoRenewal(Type type) {
        Profile off = profile(new RenewalRules(false, Optional.empty(), true));

        assertThat(rules(decide(type, off, NEW_KEY, EXISTING))).containsExactly(Rule.RENEWAL_DISABLED);
        assertThat(rules(decide(type, off, NEW_KEY, renewedBefore(NEW_KEY, END, false))))
                .containsExactly(Rule.RENEWAL_DISABLED);
    }

    @Test
    void refusesASignerThatTheInventoryDoesNotKnow() {
        EnrollmentRequest request = new EnrollmentRequest(PROFILE, NEW_KEY, true, Optional.empty());

        Decision renewalReq =
                RenewalPolicy.decide(new RenewalRequest(request, true, Optional.empty()), new NoChallenge(), NOW);
        Decision pkcsReq =
                RenewalPolicy.decide(new RenewalRequest(request, false, Optional.empty()), new NoChallenge(), NOW);

        assertThat(rules(renewalReq)).containsExactly(Rule.RENEWAL_SIGNER);
        assertThat(rules(pkcsReq)).containsExactly(Rule.CHALLENGE_MISSING);
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                Arguments.of(Requests.rsa(1024), List.of(Rule.KEY_SIZE)),
                Arguments.of(Requests.ec(SECObjectIdentifiers.secp384r1), List.of(Rule.KEY_CURVE)),
                Arguments.of(Requests.ec(SECObjectIdentifiers.secp256r1), List.of()));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void wantsAKeyThatTheProfileCertifies(SubjectPublicKeyInfo key, List<Rule> broken) {
        assertThat(rules(decide(csr(SUBJECT, key, DNS), EXISTING))).isEqualTo(broken);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // what the old certificate has | what the profile grants now | what the new one gets, - for a refusal
                "clientAuth            | clientAuth,emailProtection | clientAuth",
                "clientAuth,serverAuth | clientAuth                 | clientAuth",
                "clientAuth            |                            | clientAuth",
                "                      | clientAuth                 | clientAuth",
                "serverAuth            | clientAuth                 | -"
            })
    void grantsNoMoreThanBefore(String before, String now, String expected) {
        CertificateContents contents = new CertificateContents(
                CONTENTS.subject(),
                CONTENTS.subjectAltNames(),
                Set.of(KeyUsage.DIGITAL_SIGNATURE),
                purposes(before),
                CONTENTS.spkiSha256(),
                CONTENTS.notBefore(),
                CONTENTS.notAfter());
        Profile profile = new Profile(
                "demo",
                PROFILE.validity(),
                PROFILE.keyUsage(),
                purposes(now),
                KEYS,
                PROFILE.challenge(),
                false,
                PROFILE.issuer(),
                PROFILE.authenticateBy(),
                PROFILE.approval(),
                PROFILE.renewal(),
                PROFILE.outside());

        Decision decision = decide(Type.RENEWAL_REQ, profile, NEW_KEY, existing(contents));

        if (expected.equals("-")) {
            assertThat(rules(decision)).containsExactly(Rule.PROFILE_NARROWED);
        } else {
            CertificateTemplate template = template(decision).orElseThrow();
            assertThat(template.extendedKeyUsage()).isEqualTo(purposes(expected));
            assertThat(template.keyUsage()).containsExactly(KeyUsage.DIGITAL_SIGNATURE);
        }
    }

    private static List<ExtendedKeyUsage> purposes(String names) {
        return names == null ? List.of() : usages(names.split(","));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "90, 90", "91, 90", ", 90"})
    void livesNoLongerThanItsFirstChallengeGranted(Integer granted, int days) {
        ExistingCertificate existing = new ExistingCertificate(
                "demo",
                CONTENTS,
                false,
                Set.of(ORIGIN),
                Optional.ofNullable(granted).map(Duration::ofDays),
                Optional.empty());

        CertificateTemplate template = template(decide(NEW_KEY, existing)).orElseThrow();

        assertThat(template.notAfter())
                .isEqualTo(Instant.parse("2026-05-01T12:00:00Z").plus(Duration.ofDays(days)));
        assertThat(template.longestValidity())
                .isEqualTo(Optional.ofNullable(granted).map(Duration::ofDays));
    }

    /** A profile that gives less for a while must not end with renewals that live longer than was ever granted. */
    @Test
    void keepsWhatWasGrantedWhereTheProfileGivesLessForAWhile() {
        Duration granted = Duration.ofDays(30);
        Profile shorter = TestProfile.named("demo")
                .validity(Duration.ofDays(10))
                .issuer(PROFILE.issuer())
                .build();
        ExistingCertificate existing = new ExistingCertificate(
                "demo", CONTENTS, false, Set.of(ORIGIN), Optional.of(granted), Optional.empty());
        Binding bound = binding(new RequestedBinding(SUBJECT, null, null, null, null, null, "P30D"));

        CertificateTemplate renewed =
                template(decide(Type.RENEWAL_REQ, shorter, NEW_KEY, existing)).orElseThrow();
        CertificateTemplate enrolled = template(EnrollmentPolicy.decide(
                        new EnrollmentRequest(shorter, csr(SUBJECT, OTHER_KEY), true, Optional.empty()),
                        open(bound),
                        NOW))
                .orElseThrow();

        assertThat(renewed.notAfter()).isEqualTo("2026-05-11T12:00:00Z");
        assertThat(renewed.longestValidity()).contains(granted);
        assertThat(enrolled.longestValidity()).contains(granted);
    }

    @Test
    void isNoBusinessOfASelfSignedSigner() {
        assertThat(rules(EnrollmentPolicy.decide(request(NEW_KEY), new NoChallenge(), NOW)))
                .containsExactly(Rule.CHALLENGE_MISSING);
    }
}
