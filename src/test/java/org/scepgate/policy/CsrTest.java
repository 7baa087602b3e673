package org.scepgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.scepgate.policy.Requests.KEY;
import static org.scepgate.policy.Requests.OTHER_KEY;
import static org.scepgate.policy.Requests.csr;
import static org.scepgate.policy.Requests.dnsName;
import static org.scepgate.policy.Requests.extension;
import static org.scepgate.policy.Requests.extensionRequest;
import static org.scepgate.policy.Requests.name;
import static org.scepgate.policy.Requests.pkcs10;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.encoders.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsrTest {

    private static final X500Name SUBJECT = name("CN=device-42,O=Acme").toX500Name();
    private static final Extension SAN =
            extension(Extension.subjectAlternativeName, new GeneralNames(dnsName("device-42.acme.example")));
    private static final Extension CLIENT_AUTH =
            extension(Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
    private static final Attribute REQUEST = extensionRequest(Requests.EXTENSION_REQUEST, SAN, CLIENT_AUTH);
    private static final Attribute WINDOWS_VERSION =
            new Attribute(new ASN1ObjectIdentifier("1.3.6.1.4.1.311.13.2.3"), new DERSet(new DERUTF8String("10.0")));

    @Test
    void readsWhatIsAskedFor() throws Exception {
        Csr csr = csr(pkcs10(SUBJECT, KEY, List.of(REQUEST)));

        assertThat(csr.subject()).hasToString("CN=device-42,O=Acme");
        assertThat(csr.subjectAltNames().dns()).containsExactly("device-42.acme.example");
        assertThat(csr.unsupportedSans()).isEmpty();
        assertThat(csr.asksForCa()).isFalse();
        assertThat(csr.key()).isEqualTo(new RequestedKey.Rsa(2048));
        assertThat(csr.spkiSha256())
                .isEqualTo(Hex.toHexString(MessageDigest.getInstance("SHA-256").digest(KEY.getEncoded())));
    }

    static Stream<List<Attribute>> sameRequests() {
        return Stream.of(
                List.of(REQUEST),
                List.of(WINDOWS_VERSION, REQUEST),
                List.of(REQUEST, Requests.challengePassword("another")),
                List.of(extensionRequest(Requests.EXTENSION_REQUEST, CLIENT_AUTH, SAN)),
                List.of(extensionRequest(Requests.MICROSOFT, SAN, CLIENT_AUTH)),
                List.of(
                        extensionRequest(Requests.MICROSOFT, SAN),
                        extensionRequest(Requests.EXTENSION_REQUEST, CLIENT_AUTH)),
                List.of(REQUEST, extensionRequest(Requests.MICROSOFT, SAN)));
    }

    @ParameterizedTest
    @MethodSource("sameRequests")
    void digestsTheSameWhateverTheSignatureTheChallengeAndTheOrderOfAttributes(List<Attribute> attributes) {
        String digest = csr(pkcs10(SUBJECT, KEY, List.of(REQUEST))).requestSha256();

        assertThat(csr(pkcs10(SUBJECT, KEY, attributes)).requestSha256()).isEqualTo(digest);
    }

    static Stream<Csr> otherRequests() {
        return Stream.of(
                csr(pkcs10(name("CN=device-43,O=Acme").toX500Name(), KEY, List.of(REQUEST))),
                csr(pkcs10(name("O=Acme,CN=device-42").toX500Name(), KEY, List.of(REQUEST))),
                csr(pkcs10(SUBJECT, OTHER_KEY, List.of(REQUEST))),
                csr(pkcs10(SUBJECT, KEY, List.of(extensionRequest(Requests.EXTENSION_REQUEST, SAN)))),
                csr(pkcs10(SUBJECT, KEY, List.of())));
    }

    @ParameterizedTest
    @MethodSource("otherRequests")
    void digestsOtherContentToAnotherValue(Csr other) {
        String digest = csr(pkcs10(SUBJECT, KEY, List.of(REQUEST))).requestSha256();

        assertThat(other.requestSha256()).isNotEqualTo(digest).hasSize(64);
    }

    static Stream<Arguments> keys() {
        BigInteger even = BigInteger.ONE.shiftLeft(2047);
        return Stream.of(
                Arguments.of(Requests.rsa(1024), new RequestedKey.Rsa(1024)),
                Arguments.of(Requests.rsa(16_384), new RequestedKey.Rsa(16_384)),
                Arguments.of(Requests.rsa(even), new RequestedKey.Other("RSA with an even or negative modulus")),
                Arguments.of(
                        Requests.rsa(even.subtract(BigInteger.ONE).negate()),
                        new RequestedKey.Other("RSA with an even or negative modulus")),
                Arguments.of(
                        Requests.key(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                        new RequestedKey.Other("RSA, unreadable")),
                Arguments.of(Requests.ec(SECObjectIdentifiers.secp256r1), new RequestedKey.Ec("P-256")),
                Arguments.of(Requests.ec(SECObjectIdentifiers.secp384r1), new RequestedKey.Ec("P-384")),
                Arguments.of(Requests.ec(SECObjectIdentifiers.secp256k1), new RequestedKey.Ec("1.3.132.0.10")),
                Arguments.of(Requests.ec(new DERSequence()), new RequestedKey.Ec("explicit parameters")),
                Arguments.of(Requests.ec(null), new RequestedKey.Ec("explicit parameters")),
                Arguments.of(
                        Requests.key(EdECObjectIdentifiers.id_Ed25519, null),
                        new RequestedKey.Other("algorithm 1.3.101.112")));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void tellsTheKindOfKey(SubjectPublicKeyInfo key, RequestedKey expected) {
        assertThat(RequestedKey.of(key)).isEqualTo(expected);
    }

    static Stream<Arguments> altNames() {
        ASN1ObjectIdentifier upn = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3");
        return Stream.of(
                Arguments.of(dnsName("a.example"), "dns:a.example", ""),
                Arguments.of(dnsName("a..example"), "", "dNSName \"a..example\" must have labels"),
                Arguments.of(dnsName("192.0.2.1"), "", "dNSName \"192.0.2.1\""),
                Arguments.of(new GeneralName(GeneralName.rfc822Name, "u@a.example"), "email:u@a.example", ""),
                Arguments.of(new GeneralName(GeneralName.rfc822Name, "nobody"), "", "rfc822Name \"nobody\""),
                Arguments.of(
                        new GeneralName(GeneralName.uniformResourceIdentifier, "urn:uuid:1"), "uri:urn:uuid:1", ""),
                Arguments.of(
                        new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[] {10, 0, 0, -1})),
                        "ip:10.0.0.255",
                        ""),
                Arguments.of(
                        new GeneralName(
                                GeneralName.iPAddress,
                                new DEROctetString(Hex.decode("00000000000000000000ffffc0000201"))),
                        "ip:0:0:0:0:0:ffff:c000:201",
                        ""),
                Arguments.of(
                        new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[8])),
                        "",
                        "must have 4 or 16 octets, not 8"),
                Arguments.of(otherName(upn, new DERUTF8String("u@a.example")), "upn:u@a.example", ""),
                Arguments.of(otherName(upn, new ASN1Integer(7)), "", "must be text"),
                Arguments.of(
                        otherName(new ASN1ObjectIdentifier("1.2.3"), new DERUTF8String("x")), "", "otherName 1.2.3"),
                Arguments.of(new GeneralName(SUBJECT), "", "directoryName"),
                Arguments.of(
                        new GeneralName(GeneralName.registeredID, new ASN1ObjectIdentifier("1.2.3")),
                        "",
                        "registeredID"));
    }

    private static GeneralName otherName(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return new GeneralName(
                GeneralName.otherName,
                new DERSequence(new ASN1Encodable[] {type, new DERTaggedObject(true, 0, value)}));
    }

    @ParameterizedTest
    @MethodSource("altNames")
    void sortsAltNamesIntoThoseThatCanBeIssuedAndTheRest(GeneralName name, String supported, String unsupported) {
        Csr csr = csr("CN=device-42", KEY, name);

        assertThat(csr.subjectAltNames()).hasToString(supported);
        assertThat(csr.unsupportedSans()).hasSize(unsupported.isEmpty() ? 0 : 1);
        assertThat(csr.unsupportedSans()).allSatisfy(line -> assertThat(line).contains(unsupported));
    }

    static Stream<Extension> caExtensions() {
        return Stream.of(
                extension(Extension.basicConstraints, new BasicConstraints(true)),
                extension(Extension.basicConstraints, new BasicConstraints(0)),
                extension(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign)),
                extension(Extension.keyUsage, new KeyUsage(KeyUsage.cRLSign)));
    }

    @ParameterizedTest
    @MethodSource("caExtensions")
    void seesThatACaCertificateIsAskedFor(Extension extension) {
        Csr csr = csr(pkcs10(SUBJECT, KEY, List.of(extensionRequest(Requests.MICROSOFT, extension))));

        assertThat(csr.asksForCa()).isTrue();
    }

    @Test
    void takesABasicConstraintsOfADeviceForNoCa() {
        Extension device = extension(Extension.basicConstraints, new BasicConstraints(false));

        Csr csr = csr(pkcs10(SUBJECT, KEY, List.of(extensionRequest(Requests.EXTENSION_REQUEST, device))));

        assertThat(csr.asksForCa()).isFalse();
    }

    static Stream<List<Attribute>> unreadable() {
        Extension otherSan = extension(Extension.subjectAlternativeName, new GeneralNames(dnsName("b.example")));
        Extension noSan = new Extension(Extension.subjectAlternativeName, false, new byte[] {0x04, 0x00});
        Extension empty = new Extension(Extension.subjectAlternativeName, false, new byte[0]);
        Extension trailing = new Extension(Extension.subjectAlternativeName, false, new byte[] {0x30, 0x00, 0x00});
        Extension badConstraints = extension(Extension.basicConstraints, new DERUTF8String("x"));
        ASN1ObjectIdentifier type = Requests.EXTENSION_REQUEST;
        return Stream.of(
                List.of(REQUEST, extensionRequest(Requests.MICROSOFT, otherSan)),
                List.of(extensionRequest(type, SAN, SAN, otherSan)),
                List.of(extensionRequest(type, noSan)),
                List.of(extensionRequest(type, empty)),
                List.of(extensionRequest(type, trailing)),
                List.of(extensionRequest(type, badConstraints)),
                List.of(new Attribute(type, new DERSet())),
                List.of(new Attribute(type, new DERSet(new DERUTF8String("x")))),
                List.of(new Attribute(
                        type, new DERSet(new ASN1Encodable[] {new DERSequence(SAN), new DERSequence(otherSan)}))));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void refusesExtensionRequestsThatAreMalformedOrContradictory(List<Attribute> attributes) {
        assertThatExceptionOfType(UnreadableCsrException.class)
                .isThrownBy(() -> Csr.of(pkcs10(SUBJECT, KEY, attributes)));
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 10_000, 50_000})
    void refusesManyAltNamesAtOnce(int count) {
        GeneralName[] names =
                IntStream.range(0, count).mapToObj(i -> dnsName(i + ".example")).toArray(GeneralName[]::new);

        refusesAtOnce(SUBJECT, List.of(extensionRequest(names)));
    }

    @Test
    void refusesNamesBeyondReasonAtOnce() {
        X500Name manyRdns = new X500Name(IntStream.range(0, 50_000)
                .mapToObj(i -> SUBJECT.getRDNs()[0])
                .toArray(org.bouncycastle.asn1.x500.RDN[]::new));
        X500Name longValue = new X500Name(new org.bouncycastle.asn1.x500.RDN[] {
            new org.bouncycastle.asn1.x500.RDN(
                    org.bouncycastle.asn1.x500.style.BCStyle.CN, new DERUTF8String("e" + "\u0301".repeat(500_000)))
        });

        refusesAtOnce(manyRdns, List.of());
        refusesAtOnce(longValue, List.of());
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 10_000})
    void refusesDeepNestingAtOnce(int depth) {
        byte[] nested = nested(depth);
        Extension deep = new Extension(Extension.subjectAlternativeName, false, nested);

        refusesAtOnce(SUBJECT, List.of(extensionRequest(Requests.EXTENSION_REQUEST, deep)));
    }

    private static void refusesAtOnce(X500Name subject, List<Attribute> attributes) {
        var request = pkcs10(subject, KEY, attributes);
        Instant start = Instant.now();

        assertThatExceptionOfType(UnreadableCsrException.class).isThrownBy(() -> Csr.of(request));

        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
    }

    /** SEQUENCEs in each other, of indefinite length, so that building them needs no recursion. */
    private static byte[] nested(int depth) {
        byte[] octets = new byte[4 * depth];
        for (int i = 0; i < depth; i++) {
            octets[2 * i] = 0x30;
            octets[2 * i + 1] = (byte) 0x80;
        }
        return octets;
    }
}
