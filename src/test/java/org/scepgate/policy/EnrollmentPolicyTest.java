package org.scepgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scepgate.policy.Requests.CHALLENGE;
import static org.scepgate.policy.Requests.KEY;
import static org.scepgate.policy.Requests.NOW;
import static org.scepgate.policy.Requests.OTHER_KEY;
import static org.scepgate.policy.Requests.PROFILE;
import static org.scepgate.policy.Requests.binding;
import static org.scepgate.policy.Requests.challenge;
import static org.scepgate.policy.Requests.csr;
import static org.scepgate.policy.Requests.dns;
import static org.scepgate.policy.Requests.dnsName;
import static org.scepgate.policy.Requests.extension;
import static org.scepgate.policy.Requests.extensionRequest;
import static org.scepgate.policy.Requests.name;
import static org.scepgate.policy.Requests.open;
import static org.scepgate.policy.Requests.pkcs10;
import static org.scepgate.policy.Requests.rebound;
import static org.scepgate.policy.Requests.request;
import static org.scepgate.policy.Requests.rules;
import static org.scepgate.policy.Requests.violations;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.TestProfile;

class EnrollmentPolicyTest {

    private static final String SUBJECT = "CN=device-42,O=Acme";
    private static final GeneralName DNS = dnsName("device-42.acme.example");
    private static final Binding BINDING = binding(SUBJECT, dns("device-42.acme.example"), "exact");
    private static final Csr CSR = csr(SUBJECT, KEY, DNS);

    private static Decision decide(EnrollmentRequest request, Verdict verdict) {
        return EnrollmentPolicy.decide(request, verdict, NOW);
    }

    private static EnrollmentRequest withProfile(Profile profile, Csr csr) {
        return new EnrollmentRequest(profile, csr, true, Optional.empty());
    }

    @Test
    void issuesWhatIsBound() {
        Decision decision = decide(request(CSR), open(BINDING));

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Issue.class,
                        issue -> assertThat(issue.challengeId()).contains(CHALLENGE));
    }

    static Stream<Arguments> challenges() {
        return Stream.of(
                Arguments.of(new NoChallenge(), Rule.CHALLENGE_MISSING),
                Arguments.of(new UnknownChallenge(), Rule.CHALLENGE_UNKNOWN),
                Arguments.of(
                        new KnownChallenge(CHALLENGE, BINDING, new ChallengeState.Open(), NOW, NOW),
                        Rule.CHALLENGE_EXPIRED),
                // Over by the database's clock: that of the server was set back.
                Arguments.of(
                        new KnownChallenge(
                                CHALLENGE,
                                BINDING,
                                new ChallengeState.Open(),
                                NOW.plusSeconds(60),
                                NOW.plusSeconds(60)),
                        Rule.CHALLENGE_EXPIRED),
                Arguments.of(challenge(BINDING, new ChallengeState.Locked()), Rule.CHALLENGE_LOCKED),
                Arguments.of(challenge(BINDING, new ChallengeState.Cancelled()), Rule.CHALLENGE_CANCELLED),
                Arguments.of(open(rebound("other", BINDING.subject(), BINDING)), Rule.CHALLENGE_PROFILE));
    }

    @ParameterizedTest
    @MethodSource("challenges")
    void refusesWithoutAnOpenChallengeOfTheProfile(Verdict verdict, Rule rule) {
        Decision decision = decide(request(CSR), verdict);

        assertThat(rules(decision)).containsExactly(rule);
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Refuse.class,
                        refuse -> assertThat(refuse.alarm()).isFalse());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "exact  | CN=device-42,O=Acme        | true",
                "exact  | O=Acme,CN=device-42        | true",
                "exact  | cn=DEVICE-42,o=acme        | true",
                "exact  | CN=device-43,O=Acme        | false",
                "exact  | CN=device-42               | false",
                "exact  | CN=device-42,O=Acme,C=DE   | false",
                "exact  | ``                         | false",
                "subset | CN=device-42,O=Acme        | true",
                "subset | CN=device-42               | true",
                "subset | O=Acme                     | true",
                "subset | ``                         | true",
                "subset | CN=device-43               | false",
                "subset | CN=device-42,O=Acme,C=DE   | false",
                "subset | CN=device-42,CN=device-42  | false"
            })
    void comparesTheSubject(String match, String subject, boolean issued) {
        Binding bound = binding(SUBJECT, null, match);

        Decision decision = decide(request(csr(subject, KEY)), open(bound));

        assertThat(rules(decision)).isEqualTo(issued ? List.of() : List.of(Rule.SUBJECT_MISMATCH));
    }

    static Stream<Arguments> altNames() {
        GeneralName other = dnsName("other.acme.example");
        GeneralName email = new GeneralName(GeneralName.rfc822Name, "u@acme.example");
        return Stream.of(
                Arguments.of("exact", List.of(DNS), List.of()),
                Arguments.of("exact", List.of(dnsName("DEVICE-42.acme.example")), List.of()),
                Arguments.of("exact", List.of(), List.of(Rule.SAN_MISMATCH)),
                Arguments.of("exact", List.of(DNS, other), List.of(Rule.SAN_MISMATCH)),
                Arguments.of("exact", List.of(other), List.of(Rule.SAN_MISMATCH)),
                Arguments.of("exact", List.of(other, email), List.of(Rule.SAN_MISMATCH, Rule.SAN_MISMATCH)),
                Arguments.of(
                        "exact",
                        List.of(DNS, new GeneralName(name("CN=x").toX500Name())),
                        List.of(Rule.SAN_UNSUPPORTED)),
                Arguments.of("exact", List.of(DNS, dnsName("a..b")), List.of(Rule.SAN_UNSUPPORTED)),
                Arguments.of("subset", List.of(DNS), List.of()),
                Arguments.of("subset", List.of(), List.of()),
                Arguments.of("subset", List.of(other), List.of(Rule.SAN_MISMATCH)),
                Arguments.of("subset", List.of(DNS, email), List.of(Rule.SAN_MISMATCH)),
                Arguments.of("subset", List.of(dnsName("a..b")), List.of(Rule.SAN_UNSUPPORTED)));
    }

    @ParameterizedTest
    @MethodSource("altNames")
    void comparesAltNamesTypeByType(String match, List<GeneralName> asked, List<Rule> expected) {
        Binding bound = binding(SUBJECT, dns("device-42.acme.example"), match);

        Decision decision = decide(request(csr(SUBJECT, KEY, asked.toArray(GeneralName[]::new))), open(bound));

        assertThat(rules(decision)).isEqualTo(expected);
    }

    static Stream<Arguments> keys() {
        AllowedKeys rsa = new AllowedKeys(Set.of(2048), Set.of());
        AllowedKeys ec = new AllowedKeys(Set.of(), Set.of("P-256"));
        AllowedKeys both = Requests.KEYS;
        SubjectPublicKeyInfo p256 = Requests.ec(SECObjectIdentifiers.secp256r1);
        return Stream.of(
                Arguments.of(both, KEY, List.of()),
                Arguments.of(both, p256, List.of()),
                Arguments.of(both, Requests.rsa(1024), List.of(Rule.KEY_SIZE)),
                Arguments.of(both, Requests.rsa(2047), List.of(Rule.KEY_SIZE)),
                Arguments.of(both, Requests.rsa(3072), List.of(Rule.KEY_SIZE)),
                Arguments.of(both, Requests.rsa(16_384), List.of(Rule.KEY_SIZE)),
                Arguments.of(both, Requests.ec(SECObjectIdentifiers.secp384r1), List.of(Rule.KEY_CURVE)),
                Arguments.of(both, Requests.ec(SECObjectIdentifiers.secp256k1), List.of(Rule.KEY_CURVE)),
                Arguments.of(both, Requests.key(EdECObjectIdentifiers.id_Ed25519, null), List.of(Rule.KEY_TYPE)),
                Arguments.of(rsa, p256, List.of(Rule.KEY_TYPE)),
                Arguments.of(ec, KEY, List.of(Rule.KEY_TYPE)));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void allowsTheKeysOfTheProfile(AllowedKeys allowed, SubjectPublicKeyInfo key, List<Rule> expected) {
        EnrollmentRequest request = withProfile(Requests.profile(allowed, false), csr(SUBJECT, key, DNS));

        Decision decision = decide(request, open(BINDING));

        assertThat(rules(decision)).isEqualTo(expected);
        assertThat(expected).allMatch(Rule::isAboutKeyAlgorithm);
    }

    @Test
    void keepsToTheBoundKey() {
        RequestedBinding asked =
                new RequestedBinding(SUBJECT, null, null, csr(SUBJECT, KEY).spkiSha256(), null, null, null);

        assertThat(rules(decide(request(csr(SUBJECT, KEY)), open(binding(asked)))))
                .isEmpty();
        assertThat(rules(decide(request(csr(SUBJECT, OTHER_KEY)), open(binding(asked)))))
                .containsExactly(Rule.KEY_BOUND);
    }

    @ParameterizedTest
    @CsvSource({
        // holds the key, self-signed, profile allows ephemeral signers, EC key, issued
        "true,  true,  false, false, true",
        "false, true,  false, false, false",
        "false, true,  true,  false, true",
        "false, true,  false, true,  true",
        "false, false, false, false, true",
        "true,  false, false, false, true"
    })
    void wantsTheMessageSignedWithTheRequestedKey(
            boolean holdsKey, boolean selfSigned, boolean ephemeral, boolean ec, boolean issued) {
        Csr csr = csr(SUBJECT, ec ? Requests.ec(SECObjectIdentifiers.secp256r1) : KEY, DNS);
        Profile profile = Requests.profile(Requests.KEYS, ephemeral);
        Optional<CertificateContents> signer = Optional.of(Renewals.CONTENTS).filter(contents -> !selfSigned);

        Decision decision = decide(new EnrollmentRequest(profile, csr, holdsKey, signer), open(BINDING));

        assertThat(rules(decision)).isEqualTo(issued ? List.of() : List.of(Rule.KEY_SIGNER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CN=Acme Device CA,O=Acme", "O=ACME,CN=acme device ca"})
    void refusesTheNameOfTheCa(String subject) {
        Binding bound = rebound("demo", name("CN=Acme Device CA,O=Acme"), binding(SUBJECT, null, null));

        assertThat(rules(decide(request(csr(subject, KEY)), open(bound)))).containsExactly(Rule.SUBJECT_ISSUER_NAME);
        assertThat(rules(decide(request(csr("CN=x", KEY)), open(bound))))
                .containsExactly(Rule.SUBJECT_MISMATCH, Rule.SUBJECT_ISSUER_NAME);
    }

    @Test
    void refusesARequestForACaCertificate() {
        Extension ca = extension(Extension.basicConstraints, new BasicConstraints(true));
        Csr csr =
                csr(pkcs10(name(SUBJECT).toX500Name(), KEY, List.of(extensionRequest(Requests.EXTENSION_REQUEST, ca))));

        assertThat(rules(decide(request(csr), open(binding(SUBJECT, null, null)))))
                .containsExactly(Rule.REQUEST_CA);
    }

    @Test
    void refusesAKeyThatCanServeForNothingBound() {
        Binding bound =
                binding(new RequestedBinding(SUBJECT, null, null, null, List.of("keyEncipherment"), null, null));
        Csr ec = csr(SUBJECT, Requests.ec(SECObjectIdentifiers.secp256r1));

        assertThat(rules(decide(request(ec), open(bound)))).containsExactly(Rule.KEY_USAGE);
        assertThat(rules(decide(request(csr(SUBJECT, KEY)), open(bound)))).isEmpty();
    }

    @Test
    void refusesABindingThatTheProfileNoLongerAllows() {
        Profile narrowed = TestProfile.named("demo")
                .keyUsage(Set.of(KeyUsage.DIGITAL_SIGNATURE))
                .issuer(PROFILE.issuer())
                .build();

        assertThat(rules(decide(withProfile(narrowed, CSR), open(BINDING)))).containsExactly(Rule.PROFILE_NARROWED);
    }

    @Test
    void collectsEveryViolationAndTellsBadAlgWhateverTheChallenge() {
        EnrollmentRequest request = new EnrollmentRequest(
                PROFILE, csr("CN=x", Requests.rsa(1024), dnsName("x.example")), false, Optional.empty());

        Decision known = decide(request, open(BINDING));
        Decision unknown = decide(request, new UnknownChallenge());

        assertThat(rules(known))
                .containsExactly(Rule.SUBJECT_MISMATCH, Rule.SAN_MISMATCH, Rule.KEY_SIZE, Rule.KEY_SIGNER);
        assertThat(rules(unknown)).containsExactly(Rule.CHALLENGE_UNKNOWN, Rule.KEY_SIZE, Rule.KEY_SIGNER);
        assertThat(((Decision.Refuse) known).isAboutKeyAlgorithm()).isTrue();
        assertThat(((Decision.Refuse) unknown).isAboutKeyAlgorithm()).isTrue();
    }

    @Test
    void tellsTheOperatorWhatWasExpectedAndWhatCame() {
        Decision decision = decide(request(csr("CN=device-43,O=Acme", KEY)), open(BINDING));

        assertThat(violations(decision))
                .containsExactly(
                        new Violation(Rule.SUBJECT_MISMATCH, SUBJECT, "CN=device-43,O=Acme"),
                        new Violation(Rule.SAN_MISMATCH, "dns:device-42.acme.example", "no dns"));
    }

    @Test
    void keepsTextsOfStrangersShortAndVisible() {
        List<GeneralName> many = new ArrayList<>(Collections.nCopies(50, dnsName("a".repeat(60) + ".example")));
        many.add(dnsName("b.example\n2026 ERROR forged"));
        Csr csr = csr("CN=device-42\\E2\\80\\AEforged", KEY, many.toArray(GeneralName[]::new));

        List<Violation> violations = violations(decide(request(csr), open(BINDING)));

        assertThat(violations).hasSize(3).allSatisfy(violation -> {
            assertThat(violation.expected()).hasSizeBetween(1, 200);
            assertThat(violation.actual()).hasSizeBetween(1, 200).doesNotContain("\n", "\u202E");
        });
    }
}
