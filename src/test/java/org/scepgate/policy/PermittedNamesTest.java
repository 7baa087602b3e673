package org.scepgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.TestProfile;

class PermittedNamesTest {
    private static final Profile PROFILE = TestProfile.named("demo").build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "O=Acme | CN=device,O=Acme",
                "O=Acme | CN=device,o=ACME",
                "O=Acme | O=Acme,CN=device",
                "O=Acme | CN=device+O=Acme",
                "O=Acme,C=DE | CN=device,O=Acme,OU=Phones,C=DE",
                "CN=*.acme.example,O=Acme | CN=a.b.acme.example,O=Acme",
                "CN=* | CN=anything",
                "OU=A,OU=B | OU=B,OU=A,CN=device",
            })
    void permitsSubjectsWithAllThatIsListed(String pattern, String subject) throws Exception {
        PermittedNames names = PermittedNames.of(Optional.of(pattern), RequestedAltNames.NONE);

        assertThatCode(() -> names.require(binding(subject, RequestedAltNames.NONE)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "O=Acme | CN=device",
                "O=Acme | CN=device,O=Globex",
                "O=Acme | CN=device,O=Acme Ltd",
                "O=Acme | CN=device,O=Acme,O=Globex",
                "O=Acme | CN=device,OU=Acme",
                "O=Acme | CN=O\\=Acme",
                "O=Acme,C=DE | CN=device,O=Acme",
                "CN=*.acme.example | CN=acme.example",
                "CN=*.acme.example | CN=www.acme.example.evil.example",
                "CN=*.acme.example | CN=a.acme.example,CN=evil.example",
            })
    void refusesSubjectsThatLackAValueOrHaveAnother(String pattern, String subject) throws Exception {
        PermittedNames names = PermittedNames.of(Optional.of(pattern), RequestedAltNames.NONE);

        InvalidBindingException refused = catchThrowableOfType(
                InvalidBindingException.class, () -> names.require(binding(subject, RequestedAltNames.NONE)));

        assertThat(refused.field()).isEqualTo("subject");
    }

    @ParameterizedTest
    @CsvSource({
        "dns, *.acme.example, device.acme.example",
        "dns, *.acme.example, A.B.ACME.EXAMPLE",
        "dns, *.acme.example, *.acme.example",
        "dns, acme.example, Acme.Example",
        "dns, *, anything.example",
        "email, @acme.example, user@ACME.example",
        "email, *.acme.example, user@mail.acme.example",
        "upn, @acme.example, User@Acme.Example",
        "uri, urn:acme:, urn:acme:device:1",
        "uri, https://acme.example/, HTTPS://ACME.example/device/1",
        "uri, spiffe://acme.example/devices/, spiffe://acme.example/devices/1",
        "ip, 10.0.0.0/8, 10.255.1.2",
        "ip, 192.0.2.7, 192.0.2.7",
        "ip, 2001:db8::/33, 2001:db8:7fff::1",
        "ip, 0.0.0.0/0, 198.51.100.1",
    })
    void permitsNamesThatFit(String type, String pattern, String name) throws Exception {
        PermittedNames names = PermittedNames.of(Optional.empty(), altNames(type, pattern));

        assertThatCode(() -> names.require(binding("CN=device", altNames(type, name))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "dns, *.acme.example, acme.example",
        "dns, *.acme.example, evilacme.example",
        "dns, *.acme.example, device.acme.example.evil.example",
        "dns, acme.example, www.acme.example",
        "dns, acme.example, *.acme.example",
        "email, @acme.example, user@mail.acme.example",
        "email, @acme.example, user@evilacme.example",
        "email, *.acme.example, user@acme.example",
        "upn, @acme.example, user@acme.example.evil",
        "uri, urn:acme:, urn:acmeevil:1",
        "uri, https://acme.example/, https://acme.example.evil.example/",
        "uri, https://acme.example/, https://acme.example@evil.example/",
        "uri, https://acme.example/, http://acme.example/",
        "ip, 10.0.0.0/8, 11.0.0.1",
        "ip, 10.0.0.0/8, ::ffff:10.0.0.1",
        "ip, 2001:db8::/33, 2001:db8:8000::1",
        "ip, 192.0.2.7, 192.0.2.8",
    })
    void refusesNamesThatDoNot(String type, String pattern, String name) throws Exception {
        PermittedNames names = PermittedNames.of(Optional.empty(), altNames(type, pattern));

        InvalidBindingException refused = catchThrowableOfType(
                InvalidBindingException.class, () -> names.require(binding("CN=device", altNames(type, name))));

        assertThat(refused.field()).isEqualTo("subjectAltNames." + type + "[0]");
    }

    @Test
    void refusesTypesThatAreNotListedWhereAnyIs() throws Exception {
        PermittedNames names = PermittedNames.of(Optional.empty(), altNames("dns", "*.acme.example"));

        assertThatThrownBy(() -> names.require(binding("CN=device", altNames("upn", "root@acme.example"))))
                .isInstanceOf(InvalidBindingException.class)
                .hasMessageContaining("root@acme.example");
    }

    @Test
    void permitsEverythingWhereNothingIsListed() throws Exception {
        PermittedNames names = PermittedNames.of(Optional.empty(), RequestedAltNames.NONE);

        assertThatCode(() -> names.require(binding("CN=device,O=Any", altNames("email", "user@any.example"))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "dns, .acme.example",
        "dns, *acme.example",
        "dns, a.*.example",
        "email, acme.example",
        "email, user@acme.example",
        "upn, acme.example",
        "uri, https://acme.example",
        "uri, https://acme.example:",
        "uri, https:///",
        "uri, acme",
        "ip, 10.0.0.0/33",
        "ip, 10.0.0/8",
        "ip, 10.0.0.0/8/8",
        "ip, device",
    })
    void namesThePatternThatCannotWork(String type, String pattern) {
        InvalidNameException invalid = catchThrowableOfType(
                InvalidNameException.class, () -> PermittedNames.of(Optional.empty(), altNames(type, pattern)));

        assertThat(invalid.place()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Acme", "O=", "X=1"})
    void namesTheSubjectThatCannotBeRead(String pattern) {
        InvalidNameException invalid = catchThrowableOfType(
                InvalidNameException.class, () -> PermittedNames.of(Optional.of(pattern), RequestedAltNames.NONE));

        assertThat(invalid.place()).isEqualTo("subject");
    }

    private static RequestedAltNames altNames(String type, String... names) {
        List<String> texts = Arrays.asList(names);
        return new RequestedAltNames(
                type.equals("dns") ? texts : null,
                type.equals("email") ? texts : null,
                type.equals("uri") ? texts : null,
                type.equals("ip") ? texts : null,
                type.equals("upn") ? texts : null);
    }

    private static Binding binding(String subject, RequestedAltNames altNames) throws InvalidBindingException {
        return Binding.of(new RequestedBinding(subject, altNames, null, null, null, null, null), PROFILE);
    }
}
