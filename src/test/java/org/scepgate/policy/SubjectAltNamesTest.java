package org.scepgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.util.encoders.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectAltNamesTest {

    private static RequestedAltNames asked(String type, List<String> texts) {
        return new RequestedAltNames(
                type.equals("dns") ? texts : null,
                type.equals("email") ? texts : null,
                type.equals("uri") ? texts : null,
                type.equals("ip") ? texts : null,
                type.equals("upn") ? texts : null);
    }

    private static SubjectAltNames names(String type, String... texts) throws InvalidNameException {
        return SubjectAltNames.of(asked(type, List.of(texts)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dns   | device-42.acme.example        | DEVICE-42.Acme.Example",
                "dns   | *.acme.example                | *.ACME.example",
                "dns   | my_device.acme.example        | my_device.acme.example",
                "dns   | xn--bcher-kva.example         | XN--bcher-kva.example",
                "dns   | device42                      | device42",
                "dns   | 42.example                    | 42.example",
                "email | User@acme.example             | User@ACME.example",
                "email | a.b+c@acme.example            | a.b+c@acme.example",
                "uri   | urn:uuid:0A                   | URN:uuid:0A",
                "uri   | https://Acme.example/Path?Q   | HTTPS://acme.EXAMPLE/Path?Q",
                "uri   | https://Me@acme.example:1/a@B | https://Me@ACME.example:1/a@B",
                "uri   | cnac+jamf:///?DeviceId=42     | cnac+jamf:///?DeviceId=42",
                "uri   | IntuneDeviceId://0A-1         | intunedeviceid://0a-1",
                "uri   | ID:Microsoft Endpoint Manager:GUID:0A | id:Microsoft Endpoint Manager:GUID:0A",
                "uri   | tag:microsoft.com,2022-09-14:sid:S-1-5-21 | tag:microsoft.com,2022-09-14:sid:S-1-5-21",
                "ip    | 192.0.2.1                     | 192.0.2.1",
                "ip    | 2001:db8::1                   | 2001:DB8:0:0:0:0:0:1",
                "ip    | ::                            | 0:0:0:0:0:0:0:0",
                "ip    | ::ffff:192.0.2.1              | ::ffff:c000:201",
                "ip    | 1:2:3:4:5:6:7::               | 1:2:3:4:5:6:7:0",
                "upn   | user@corp.example             | USER@Corp.Example",
                "upn   | us\u00E9r@corp.example        | use\u0301r@corp.example"
            })
    void takesNamesOfEachTypeAndComparesThem(String type, String one, String other) throws InvalidNameException {
        SubjectAltNames first = names(type, one);

        assertThat(first.matches(names(type, other))).isTrue();
        assertThat(first.isSubsetOf(names(type, other))).isTrue();
        assertThat(first).hasToString(type + ":" + one);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dns   | a.example           | b.example",
                "dns   | *.example           | a.example",
                "email | user@acme.example   | USER@acme.example",
                "uri   | https://a/x         | https://a/X",
                "uri   | https://Me@a/       | https://me@a/",
                "uri   | urn:uuid:0A         | urn:uuid:0a",
                "ip    | ::ffff:192.0.2.1    | 192.0.2.1",
                "ip    | 192.0.2.1           | 192.0.2.2",
                "upn   | user@a.example      | user@b.example"
            })
    void tellsNamesApart(String type, String one, String other) throws InvalidNameException {
        assertThat(names(type, one).matches(names(type, other))).isFalse();
        assertThat(names(type, one).isSubsetOf(names(type, other))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dns   | ``                  | must not be empty",
                "dns   | a..example          | labels of 1 to 63",
                "dns   | a.example.          | labels of 1 to 63",
                "dns   | .example            | labels of 1 to 63",
                "dns   | *                   | has a label",
                "dns   | *.                  | 1 to 253",
                "dns   | a.*.example         | has a label",
                "dns   | a*.example          | has a label",
                "dns   | *.*.example         | has a label",
                "dns   | -a.example          | has a label",
                "dns   | a-.example          | has a label",
                "dns   | a b.example         | has a label",
                "dns   | b\u00FCcher.example | A-labels",
                "dns   | 192.0.2.1           | belongs to ip",
                "dns   | 2001:db8::1         | has a label",
                "dns   | a.example/x         | has a label",
                "email | user                | mailbox",
                "email | @acme.example       | mailbox",
                "email | us er@acme.example  | mailbox",
                "email | .user@acme.example  | mailbox",
                "email | us\u00E9r@acme.example | mailbox",
                "email | a@b@acme.example    | mailbox",
                "email | user@               | 1 to 253",
                "email | user@*.example      | has a label",
                "email | User <u@a.example>  | mailbox",
                "uri   | /path               | absolute",
                "uri   | acme.example        | absolute",
                "uri   | :x                  | absolute",
                "uri   | urn:                | absolute",
                "uri   | 1a:b                | absolute",
                "uri   | urn:\u00E9          | ASCII",
                "uri   | `urn:a `            | spaces around",
                "ip    | localhost           | IPv4 or IPv6",
                "ip    | 127.1               | IPv4 or IPv6",
                "ip    | 010.0.0.1           | IPv4 or IPv6",
                "ip    | 256.0.0.1           | IPv4 or IPv6",
                "ip    | 1.2.3.4.5           | IPv4 or IPv6",
                "ip    | 1.2.3               | IPv4 or IPv6",
                "ip    | 1.2.3.+4            | IPv4 or IPv6",
                "ip    | 192.0.2.0/24        | IPv4 or IPv6",
                "ip    | fe80::1%eth0        | IPv4 or IPv6",
                "ip    | 1::2::3             | IPv4 or IPv6",
                "ip    | :::                 | IPv4 or IPv6",
                "ip    | 1:2:3:4:5:6:7       | IPv4 or IPv6",
                "ip    | 1:2:3:4:5:6:7:8:9   | IPv4 or IPv6",
                "ip    | 1:2:3:4:5:6:7:8::   | IPv4 or IPv6",
                "ip    | :1:2:3:4:5:6:7      | IPv4 or IPv6",
                "ip    | 12345::             | IPv4 or IPv6",
                "ip    | ::1.2.3             | IPv4 or IPv6",
                "ip    | 1.2.3.4::           | IPv4 or IPv6",
                "ip    | [::1]               | IPv4 or IPv6",
                "upn   | user                | principal name",
                "upn   | user@               | principal name",
                "upn   | a@b@c               | principal name"
            })
    void refusesMalformedNamesAndNamesThePlace(String type, String text, String message) {
        assertThatExceptionOfType(InvalidNameException.class)
                .isThrownBy(() -> names(type, text))
                .withMessageContaining(type + "[0]")
                .withMessageContaining(message)
                .satisfies(fault -> assertThat(fault.place()).isEqualTo(type + "[0]"));
    }

    @Test
    void refusesLongNames() {
        String label = "a".repeat(63);

        assertThatExceptionOfType(InvalidNameException.class).isThrownBy(() -> names("dns", label + "a.example"));
        assertThatExceptionOfType(InvalidNameException.class)
                .isThrownBy(() -> names("dns", (label + ".").repeat(4) + "example"));
        assertThatExceptionOfType(InvalidNameException.class)
                .isThrownBy(() -> names("email", "a".repeat(65) + "@acme.example"));
        assertThatExceptionOfType(InvalidNameException.class)
                .isThrownBy(() -> names("uri", "urn:" + "a".repeat(1 << 20)))
                .satisfies(fault -> assertThat(fault.getMessage()).hasSizeLessThan(400));
    }

    @Test
    void refusesRepeatedMissingAndTooManyNames() {
        List<String> many =
                IntStream.range(0, 10_000).mapToObj(i -> i + ".example").toList();

        assertThatExceptionOfType(InvalidNameException.class)
                .isThrownBy(() -> names("dns", "a.example", "A.example"))
                .withMessageContaining("dns[1] stands there twice");
        assertThatExceptionOfType(InvalidNameException.class)
                .isThrownBy(() -> SubjectAltNames.of(asked("ip", Collections.singletonList(null))))
                .withMessageContaining("ip[0]");
        assertThatExceptionOfType(InvalidNameException.class)
                .isThrownBy(() -> SubjectAltNames.of(asked("dns", many)))
                .satisfies(fault -> assertThat(fault.place()).isEqualTo("dns[100]"));
    }

    @Test
    void comparesNamesAsASet() throws InvalidNameException {
        SubjectAltNames all = SubjectAltNames.of(new RequestedAltNames(
                List.of("a.example", "b.example"), List.of("u@a.example"), null, List.of("192.0.2.1"), null));
        SubjectAltNames other = SubjectAltNames.of(new RequestedAltNames(
                List.of("b.example", "a.example"), List.of("u@a.example"), null, List.of("192.0.2.1"), null));

        assertThat(all.matches(other)).isTrue();
        assertThat(names("dns", "b.example").isSubsetOf(all)).isTrue();
        assertThat(names("dns", "b.example").matches(all)).isFalse();
        assertThat(names("dns", "c.example").isSubsetOf(all)).isFalse();
        assertThat(names("email", "b.example@a.example").isSubsetOf(all)).isFalse();
        assertThat(SubjectAltNames.NONE.isSubsetOf(all)).isTrue();
    }

    @Test
    void encodesEachNameAsItWasWritten() throws Exception {
        SubjectAltNames all = SubjectAltNames.of(new RequestedAltNames(
                List.of("Device.acme.example"),
                List.of("User@Acme.example"),
                List.of("cnac+jamf:///?DeviceId=42"),
                List.of("192.0.2.1", "2001:db8::1"),
                List.of("user@corp.example")));

        GeneralName[] encoded = all.toGeneralNames().orElseThrow().getNames();

        assertThat(encoded).extracting(GeneralName::getTagNo).containsExactly(2, 1, 6, 7, 7, 0);
        assertThat(encoded[0].getName()).hasToString("Device.acme.example");
        assertThat(encoded[1].getName()).hasToString("User@Acme.example");
        assertThat(encoded[2].getName()).hasToString("cnac+jamf:///?DeviceId=42");
        assertThat(ASN1OctetString.getInstance(encoded[3].getName()).getOctets())
                .isEqualTo(Hex.decode("c0000201"));
        assertThat(ASN1OctetString.getInstance(encoded[4].getName()).getOctets())
                .isEqualTo(Hex.decode("20010db8000000000000000000000001"));
        assertThat(Hex.toHexString(encoded[5].getEncoded("DER")))
                .isEqualTo("a021060a2b060104018237140203a0130c11" + Hex.toHexString("user@corp.example".getBytes()));
        assertThat(SubjectAltNames.NONE.toGeneralNames()).isEmpty();
    }
}
