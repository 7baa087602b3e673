package org.scepgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.scepgate.policy.Requests.name;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.DERUniversalString;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistinguishedNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CN=device-42,O=Acme          | CN=device-42,O=Acme",
                "CN=device-42,O=Acme          | cn=DEVICE-42,o=ACME",
                "CN=device-42,O=Acme          | CN = device-42 , O = Acme",
                "CN=device-42,O=Acme          | 2.5.4.3=device-42,2.5.4.10=Acme",
                "CN=Acme  Device 42           | CN=acme device   42",
                "CN=Acme                      | CN=\\20Acme\\20",
                "CN=device-42,O=Acme          | O=Acme,CN=device-42",
                "CN=a,CN=b,O=Acme             | CN=a,CN=b,O=Acme",
                "CN=a,CN=b,O=Acme             | O=Acme,CN=b,CN=a",
                "CN=a+SERIALNUMBER=1,O=Acme   | SERIALNUMBER=1+CN=a,O=Acme",
                "CN=Stra\u00DFe               | CN=STRASSE",
                "CN=\uFF21cme                 | CN=acme",
                "CN=De\u00ADvice              | CN=device",
                "CN=De\u200Bvice              | CN=device",
                "CN=caf\u00E9                 | CN=cafe\u0301",
                "CN=Acme\u00A0Inc             | CN=acme inc",
                "CN=Acme\\, Inc               | CN=acme\\2C inc",
                "CN=Lu\\C4\\8Di\\C4\\87        | CN=Lu\u010Di\u0107",
                "CN=#0C0141                   | CN=a",
                "E=user@acme.example          | EMAILADDRESS=USER@acme.example",
                "UID=42                       | 0.9.2342.19200300.100.1.1=42",
                "``                           | ``"
            })
    void matchesNamesThatDifferInSpellingOnly(String one, String other) throws InvalidNameException {
        DistinguishedName first = name(one);
        DistinguishedName second = name(other);

        assertThat(first.matches(second)).isTrue();
        assertThat(second.matches(first)).isTrue();
        assertThat(first.isSubsetOf(second)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CN=device-42,O=Acme          | CN=device-43,O=Acme",
                "CN=device-42,O=Acme          | CN=device-42",
                "CN=device-42,O=Acme          | CN=device-42,OU=Acme",
                "CN=device-42                 | CN=device42",
                "CN=a,CN=b,O=Acme             | CN=b,CN=a,O=Acme",
                "CN=a,CN=a                    | CN=a",
                "CN=a,OU=b,O=c                | OU=b,CN=a,O=c",
                "CN=a+SERIALNUMBER=1          | CN=a,SERIALNUMBER=1",
                "CN=a+SERIALNUMBER=1          | CN=a",
                "CN=a b                       | CN=ab",
                "CN=a\\,O\\=Acme              | CN=a,O=Acme",
                "SN=1                         | SERIALNUMBER=1",
                "CN=\u0430cme                 | CN=acme",
                "2.5.4.45=#030200AA           | 2.5.4.45=#030200AB",
                "CN=a                         | ``"
            })
    void tellsNamesApart(String one, String other) {
        assertThat(name(one).matches(name(other))).isFalse();
        assertThat(name(other).matches(name(one))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CN=a            | CN=a,OU=b,O=c | true",
                "CN=a,O=c        | CN=a,OU=b,O=c | true",
                "O=c,CN=a        | CN=a,OU=b,O=c | true",
                "``              | CN=a,OU=b,O=c | true",
                "CN=a            | CN=a,CN=a     | true",
                "CN=a,CN=a       | CN=a,O=c      | false",
                "OU=b,CN=a,O=c   | CN=a,OU=b,O=c | false",
                "CN=a,OU=b,O=c   | CN=a,O=c      | false",
                "CN=a            | CN=a+OU=b,O=c | false"
            })
    void knowsWhichNamesOnlyLeaveOut(String part, String whole, boolean expected) {
        assertThat(name(part).isSubsetOf(name(whole))).isEqualTo(expected);
    }

    static Stream<ASN1Encodable> encodings() {
        return Stream.of(
                new DERPrintableString("Acme Device"),
                new DERUTF8String("ACME device"),
                new DERBMPString("acme  Device"),
                new DERT61String("Acme Device "),
                new DERIA5String(" Acme Device"),
                new DERUniversalString("acme device".getBytes(Charset.forName("UTF-32BE"))));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void comparesTextWhateverItsStringType(ASN1Encodable value) throws InvalidNameException {
        DistinguishedName read = DistinguishedName.of(new X500Name(new RDN[] {new RDN(BCStyle.CN, value)}));

        assertThat(read.matches(name("CN=Acme Device"))).isTrue();
        assertThat(read.toString()).isNotEmpty();
    }

    static Stream<ASN1Encodable> noText() {
        return Stream.of(
                new DERBitString("device-42".getBytes(StandardCharsets.US_ASCII)),
                org.bouncycastle.asn1.ASN1UTF8String.getInstance(new byte[] {0x0C, 0x02, (byte) 0xC3, 0x28}),
                new DERUniversalString(new byte[] {0, 0, 0}),
                new org.bouncycastle.asn1.DERSequence(new DERUTF8String("device-42")),
                org.bouncycastle.asn1.DERNull.INSTANCE,
                new DERUTF8String(""),
                new DERUTF8String("device-42\u0000"),
                new DERUTF8String("device-42\n"));
    }

    @ParameterizedTest
    @MethodSource("noText")
    void readsValuesThatAreNoTextAndTakesThemForNoName(ASN1Encodable value) throws Exception {
        X500Name foreign = new X500Name(new RDN[] {new RDN(BCStyle.CN, value)});

        DistinguishedName read = DistinguishedName.of(foreign);

        assertThat(read.matches(name("CN=device-42"))).isFalse();
        assertThat(read.toX500Name().getEncoded()).isEqualTo(foreign.getEncoded());
        assertThat(read.toString().chars()).allMatch(c -> c >= 0x20);
    }

    @Test
    void encodesTextAsRfc4514Does() throws Exception {
        String text = "CN=device-42,OU=Lab,O=Acme";

        byte[] der = name(text).toX500Name().getEncoded();

        assertThat(new X500Principal(der).getName(X500Principal.RFC2253)).isEqualTo(text);
        assertThat(name(text).toX500Name().getRDNs()[0].getFirst().getType()).isEqualTo(BCStyle.O);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=a                | org.bouncycastle.asn1.DERUTF8String",
                "C=DE                | org.bouncycastle.asn1.DERPrintableString",
                "SERIALNUMBER=C02X   | org.bouncycastle.asn1.DERPrintableString",
                "DNQUALIFIER=7       | org.bouncycastle.asn1.DERPrintableString",
                "DC=example          | org.bouncycastle.asn1.DERIA5String",
                "E=a@b.example       | org.bouncycastle.asn1.DERIA5String",
                "unstructuredName=r1 | org.bouncycastle.asn1.DERIA5String",
                "unstructuredName=\u00E9 | org.bouncycastle.asn1.DERUTF8String",
                "1.2.3.4=a           | org.bouncycastle.asn1.DERUTF8String",
                "CN=#130141          | org.bouncycastle.asn1.DERUTF8String",
                "2.5.4.45=#030200AA  | org.bouncycastle.asn1.DERBitString"
            })
    void choosesTheStringTypeOfTheAttribute(String text, Class<?> expected) {
        assertThat(name(text).toX500Name().getRDNs()[0].getFirst().getValue()).isInstanceOf(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "CN=device-42,O=Acme",
                "CN=a,CN=b+UID=7,O=Acme",
                "CN=\\#1,O=\\ Acme\\ ",
                "CN=Acme\\, Inc. \\+ \\\"Sons\\\" \\<x\\>\\;\\\\",
                "CN=a=b",
                "CN=L\u00E9on \uD83D\uDE00",
                "CN=a\\e2\\80\\8db",
                "1.2.3.4=x",
                "2.5.4.45=#030200aa",
                "unstructuredName=router.acme.example,SERIALNUMBER=FTX1"
            })
    void writesWhatItRead(String text) {
        assertThat(name(text)).hasToString(text);
        assertThat(name(name(text).toString())).isEqualTo(name(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "device-42           | character 10 | = is expected",
                "CN=                 | character 1  | CN has an empty value",
                "CN=a,               | character 6  | an attribute type",
                ",CN=a               | character 1  | an attribute type",
                "CN=a,,O=b           | character 6  | an attribute type",
                "CN=a+,O=b           | character 6  | an attribute type",
                "CN=a,O=             | character 6  | O has an empty value",
                "CN=\\20             | character 1  | CN has an empty value",
                "CN=\u200B           | character 1  | CN has an empty value",
                "CN=a,FOO=b          | character 6  | unknown attribute type \"FOO\"",
                "OID.2.5.4.3=b       | character 1  | unknown attribute type",
                "3.5.4.3=b           | character 1  | unknown attribute type",
                "CN=a;O=b            | character 5  | must be escaped",
                "CN=\"a\"            | character 4  | must be escaped",
                "CN=<a>              | character 4  | must be escaped",
                "CN=a\\              | character 5  | a backslash must be followed",
                "CN=a\\zz            | character 5  | a backslash must be followed",
                "CN=\\C3\\28         | character 4  | not UTF-8",
                "CN=\\00a            | character 1  | control or non-character",
                "CN=\\EF\\BF\\BD     | character 1  | control or non-character",
                "CN=#                | character 5  | hex is expected",
                "CN=#0C0241          | character 5  | is not DER",
                "CN=#0C01410C        | character 5  | is not DER",
                "CN=#xyz             | character 5  | is not DER",
                "CN=#0C03610062      | character 1  | is no text",
                "CN=#1E060061D8000062 | character 1 | is no text",
                "CN=#0C0107          | character 1  | is no text",
                "O=x,CN=#30030C0161  | character 5  | is no text",
                "CN=#030200AA        | character 1  | is no text",
                "2.5.4.45=#0C0107    | character 1  | is no text",
                "C=DEU               | character 1  | country code",
                "DC=\u00E9xample     | character 1  | must be ASCII",
                "E=\u00E9@b.example  | character 1  | must be ASCII",
                "SERIALNUMBER=a_b    | character 1  | PrintableString",
                "O=x,CN=a+CN=b       | character 5  | CN stands twice",
                "CN==,O              | character 7  | = is expected"
            })
    void refusesFaultyTextAndNamesThePlace(String text, String place, String message) {
        assertThatExceptionOfType(InvalidNameException.class)
                .isThrownBy(() -> DistinguishedName.parse(text))
                .withMessageContaining("at " + place + ":")
                .withMessageContaining(message)
                .satisfies(fault -> assertThat(fault.place()).isEqualTo(place));
    }

    static Stream<String> hostileTexts() {
        return Stream.of(
                "CN=" + "a".repeat(1 << 20),
                "CN=a,".repeat(200_000) + "CN=a",
                "CN=a+".repeat(200_000) + "CN=a",
                "CN=" + "\\20".repeat(300_000),
                "CN=" + "e" + "\u0301".repeat(500_000),
                " ".repeat(1 << 20) + "CN=a",
                "CN=" + "b".repeat(257),
                "OU=a,".repeat(32) + "CN=a",
                "2.5.4.3." + "1.".repeat(1000) + "1=a",
                "CN=#" + "3080".repeat(500));
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void refusesTextBeyondReasonAtOnce(String text) {
        Instant start = Instant.now();

        assertThatExceptionOfType(InvalidNameException.class)
                .isThrownBy(() -> DistinguishedName.parse(text))
                .satisfies(fault -> assertThat(fault.getMessage()).hasSizeLessThan(400));

        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void refusesForeignNamesBeyondReason() {
        RDN[] many = Stream.generate(() -> new RDN(BCStyle.OU, new DERUTF8String("a")))
                .limit(65)
                .toArray(RDN[]::new);
        RDN[] longValue = {new RDN(new ASN1ObjectIdentifier("2.5.4.3"), new DERUTF8String("a".repeat(1 << 20)))};

        assertThatExceptionOfType(InvalidNameException.class)
                .isThrownBy(() -> DistinguishedName.of(new X500Name(many)));
        assertThatExceptionOfType(InvalidNameException.class)
                .isThrownBy(() -> DistinguishedName.of(new X500Name(longValue)));
    }
}
