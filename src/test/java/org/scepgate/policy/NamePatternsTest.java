package org.scepgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.scepgate.policy.Requests.PROFILE;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NamePatternsTest {

    private static final RequestedPatterns.Rdn HOST = new RequestedPatterns.Rdn("CN", null, "^host-[0-9]+$");
    private static final RequestedPatterns.Rdn ACME = new RequestedPatterns.Rdn("O", "Acme", null);

    @Test
    void takesTheNamesThatFitAndWritesThemAnew() throws Exception {
        NamePatterns patterns = patterns(List.of(HOST, ACME), Map.of("dns", dns(0, 2, "host-[0-9]+[.]acme[.]example")));

        NamePatterns.Names names = patterns.fit(
                        Requests.name("CN=host-7,O=acme"), SubjectAltNames.of(Requests.dns("host-7.acme.example")))
                .orElseThrow();

        assertThat(names.subject()).hasToString("CN=host-7,O=Acme");
        assertThat(names.altNames().dns()).containsExactly("host-7.acme.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=host-7,O=Acme       | true",
                "O=Acme,CN=host-7       | true",
                "CN=host-7              | false",
                "CN=host-7,O=Acme,OU=x  | false",
                "CN=host-7,O=Acme,O=Acme| false",
                "CN=host-7x,O=Acme      | false",
                "CN=xhost-7,O=Acme      | false",
                "CN=HOST-7,O=Acme       | false",
                "CN=host-7,O=Globex     | false",
                "CN=host-7+O=Acme       | false",
                "UID=host-7,O=Acme      | false"
            })
    void comparesRdnByRdnFromEitherEnd(String subject, boolean fits) throws Exception {
        NamePatterns patterns = patterns(List.of(HOST, ACME), null);

        Optional<DistinguishedName> certified = patterns.subject(Requests.name(subject));

        assertThat(certified.isPresent()).isEqualTo(fits);
    }

    @Test
    void anchorsEvenWherePatternsDoNot() throws Exception {
        NamePatterns patterns = patterns(List.of(new RequestedPatterns.Rdn("CN", null, "(?m)a|b")), null);

        assertThat(patterns.subject(Requests.name("CN=a"))).isPresent();
        assertThat(patterns.subject(Requests.name("CN=ab"))).isEmpty();
        assertThat(patterns.subject(Requests.name("CN=xb"))).isEmpty();
    }

    @Test
    void letsNothingInThatNobodyCanSee() throws Exception {
        NamePatterns patterns = patterns(List.of(new RequestedPatterns.Rdn("CN", null, ".*")), null);

        assertThat(patterns.subject(Requests.name("CN=host"))).isPresent();
        assertThat(patterns.subject(Requests.name("CN=ho\u200bst"))).isEmpty();
    }

    @Test
    void keepsTwoCommonNamesInTheirOrder() throws Exception {
        NamePatterns patterns = patterns(
                List.of(HOST, new RequestedPatterns.Rdn("OU", "devices", null), rdn("CN", "[0-9A-F-]{36}")), null);
        String subject = "CN=host-9,OU=devices,CN=CDB0BC64-F3EB-4B1A-AA5E-9A5D994CA593";

        assertThat(patterns.subject(Requests.name(subject))).get().hasToString(subject);
        assertThat(patterns.subject(Requests.name("CN=host-9,CN=host-9,OU=devices")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,2,0,true", "0,2,2,true", "0,2,3,false", "1,1,0,false", "1,1,1,true", "2,2,1,false"})
    void countsAltNames(int min, int max, int asked, boolean fits) throws Exception {
        NamePatterns patterns = patterns(List.of(HOST), Map.of("dns", dns(min, max, "h[0-9]+")));
        String[] names =
                Stream.iterate(1, i -> i + 1).limit(asked).map(i -> "h" + i).toArray(String[]::new);

        Optional<List<AltName>> certified = patterns.altNames(AltNameType.DNS, SubjectAltNames.of(Requests.dns(names)));

        assertThat(certified.isPresent()).isEqualTo(fits);
    }

    @Test
    void refusesAltNamesOfATypeThatIsNotNamed() throws Exception {
        NamePatterns patterns = patterns(List.of(HOST), Map.of("upn", dns(1, 1, ".*")));

        assertThat(patterns.fit(Requests.name("CN=host-1"), SubjectAltNames.of(Requests.dns("a.example"))))
                .isEmpty();
    }

    @Test
    void takesAFixedAltNameInThisSpelling() throws Exception {
        RequestedPatterns.Names fixed = new RequestedPatterns.Names(List.of("Host.acme.example"), null, null, null);
        NamePatterns patterns = patterns(null, Map.of("dns", fixed));

        NamePatterns.Names names = patterns.fit(
                        DistinguishedName.empty(), SubjectAltNames.of(Requests.dns("hOST.acme.example")))
                .orElseThrow();

        assertThat(names.altNames().dns()).containsExactly("Host.acme.example");
    }

    @Test
    void isDoneSoonWhereOthersGoBackForEver() throws Exception {
        NamePatterns patterns = patterns(List.of(rdn("CN", "^(([a-z])+.)+[A-Z]([a-z])+$")), null);
        long start = System.nanoTime();

        assertThat(patterns.subject(Requests.name("CN=" + "a".repeat(250)))).isEmpty();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void isDoneSoonWithTheMostThatMayBeAsked() throws Exception {
        NamePatterns patterns = patterns(Collections.nCopies(2, rdn("OU", "(?:a?){360}b")), null);
        DistinguishedName asked = Requests.name("OU=" + "a".repeat(255) + "b,OU=" + "a".repeat(256));
        long start = System.nanoTime();

        assertThat(patterns.subject(asked)).isEmpty();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThatExceptionOfType(InvalidBindingException.class)
                .isThrownBy(() -> patterns(Collections.nCopies(3, rdn("OU", "(?:a?){360}b")), null));
        assertThatExceptionOfType(InvalidBindingException.class)
                .isThrownBy(() -> patterns(null, Map.of("dns", dns(1, 20, "(?:a?){360}b"))));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void namesTheFaultyField(RequestedPatterns asked, String field) {
        assertThatExceptionOfType(InvalidBindingException.class)
                .isThrownBy(() -> NamePatterns.of(asked))
                .extracting(InvalidBindingException::field)
                .isEqualTo(field);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(new RequestedPatterns(null, null), "subjectPattern"),
                Arguments.of(subject(rdn("nonsense", "a")), "subjectPattern[0].type"),
                Arguments.of(subject(HOST, rdn("O", "(")), "subjectPattern[1].pattern"),
                Arguments.of(subject(rdn("O", "a{1000}b{1000}c{1000}")), "subjectPattern[0].pattern"),
                Arguments.of(subject(new RequestedPatterns.Rdn("O", "a", "a")), "subjectPattern[0]"),
                Arguments.of(subject(new RequestedPatterns.Rdn("O", null, null)), "subjectPattern[0]"),
                Arguments.of(subject(new RequestedPatterns.Rdn("C", "Germany", null)), "subjectPattern[0].value"),
                Arguments.of(new RequestedPatterns(Collections.singletonList(null), null), "subjectPattern[0].type"),
                Arguments.of(names("x400", dns(1, 1, "a")), "subjectAltNamePatterns.x400"),
                Arguments.of(names("dns", dns(2, 1, "a")), "subjectAltNamePatterns.dns.max"),
                Arguments.of(names("dns", dns(-1, 1, "a")), "subjectAltNamePatterns.dns.min"),
                Arguments.of(names("dns", dns(1, 1, "[")), "subjectAltNamePatterns.dns.patterns[0]"),
                Arguments.of(names("dns", dns(1, 1)), "subjectAltNamePatterns.dns"),
                Arguments.of(
                        names("ip", new RequestedPatterns.Names(List.of("host"), null, null, null)),
                        "subjectAltNamePatterns.ip.values[0]"));
    }

    @Test
    void aBindingHasNamesOrPatterns() {
        RequestedPatterns patterns = subject(HOST);

        assertThat(fieldOf("CN=a", "pattern", patterns)).isEqualTo("subject");
        assertThat(fieldOf(null, "exact", patterns)).isEqualTo("match");
        assertThat(fieldOf(null, "pattern", null)).isEqualTo("subjectPattern");
    }

    private static String fieldOf(String subject, String match, RequestedPatterns patterns) {
        RequestedBinding asked = new RequestedBinding(subject, null, match, null, null, null, null, null, patterns);
        try {
            Binding.of(asked, PROFILE);
            throw new AssertionError("was taken: " + asked);
        } catch (InvalidBindingException refused) {
            return refused.field();
        }
    }

    @Test
    void aClientOfRestrictedNamesHasNoPatterns() throws Exception {
        Binding bound = Requests.binding(
                new RequestedBinding(null, null, "pattern", null, null, null, null, null, subject(HOST)));
        PermittedNames free = PermittedNames.of(Optional.empty(), RequestedAltNames.NONE);
        PermittedNames restricted = PermittedNames.of(Optional.of("CN=host-*"), RequestedAltNames.NONE);

        free.require(bound);
        assertThatExceptionOfType(InvalidBindingException.class)
                .isThrownBy(() -> restricted.require(bound))
                .extracting(InvalidBindingException::field)
                .isEqualTo("match");
    }

    private static RequestedPatterns.Rdn rdn(String type, String pattern) {
        return new RequestedPatterns.Rdn(type, null, pattern);
    }

    private static RequestedPatterns subject(RequestedPatterns.Rdn... rdns) {
        return new RequestedPatterns(List.of(rdns), null);
    }

    private static RequestedPatterns names(String type, RequestedPatterns.Names names) {
        return new RequestedPatterns(null, Map.of(type, names));
    }

    private static RequestedPatterns.Names dns(int min, int max, String... patterns) {
        return new RequestedPatterns.Names(null, List.of(patterns), min, max);
    }

    private static NamePatterns patterns(
            List<RequestedPatterns.Rdn> subject, Map<String, RequestedPatterns.Names> altNames)
            throws InvalidBindingException {
        return NamePatterns.of(new RequestedPatterns(subject, altNames));
    }
}
