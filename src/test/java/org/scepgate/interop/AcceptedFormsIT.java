package org.scepgate.interop;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.DERUniversalString;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.Encoding;
import org.scepgate.testing.EnvelopeBuilder;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestSigner;

/** Every form of an honest request that some device was seen to send. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcceptedFormsIT {
    private static final String SUBJECT = "CN=forms.acme.example,O=Acme";

    private final Scepgate scepgate;
    private final TestMdm mdm;
    private final TestDevice device;

    AcceptedFormsIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.mdm = scepgate.mdm();
        this.device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
    }

    @Test
    void readsBerOfIndefiniteLength() {
        EnvelopeBuilder envelope = device.envelope(csr(Scepgate.DEMO).encoded()).encoding(Encoding.BER);

        CertRep answer = device.send(device.request(envelope).encoding(Encoding.BER));

        requireCertificate(answer, device);
    }

    @Test
    void acceptsAnEnvelopedDataContentTypeAsXipkisClientSendsIt() {
        CertRep answer =
                device.send(device.request(csr(Scepgate.DEMO)).contentType(CMSObjectIdentifiers.envelopedData));

        requireCertificate(answer, device);
    }

    @Test
    void findsItsKeyAmongSeveralRecipients() {
        EnvelopeBuilder envelope = EnvelopeBuilder.of(csr(Scepgate.DEMO).encoded())
                .to(TestSigner.selfSigned(TestKeys.rsa(), "CN=stranger").certificate())
                .to(device.recipient());

        requireCertificate(device.send(device.request(envelope)), device);
    }

    @Test
    void findsItsKeyBySubjectKeyIdentifier() {
        EnvelopeBuilder envelope =
                EnvelopeBuilder.of(csr(Scepgate.DEMO).encoded()).toKeyIdentifier(device.recipient());

        requireCertificate(device.send(device.request(envelope)), device);
    }

    static Stream<Arguments> signers() {
        KeyPair keys = TestKeys.rsa();
        Instant late = Instant.parse("2055-01-01T00:00:00Z");
        return Stream.of(
                Arguments.of("another subject, as Apple's UUIDs", TestSigner.selfSigned(keys, "CN=5A1C-77")),
                Arguments.of("X.509 v1", TestSigner.of(keys).version1().build()),
                Arguments.of(
                        "a serial of 32 bytes",
                        TestSigner.of(keys)
                                .serial(BigInteger.ONE.shiftLeft(250))
                                .build()),
                Arguments.of(
                        "serial 0", TestSigner.of(keys).serial(BigInteger.ZERO).build()),
                Arguments.of(
                        "GeneralizedTime",
                        TestSigner.of(keys).validity(Instant.now(), late).build()),
                Arguments.of("no extensions", TestSigner.of(keys).build()),
                Arguments.of(
                        "its own signature in SHA-1",
                        TestSigner.of(keys).signature("SHA1withRSA").build()),
                Arguments.of(
                        "its own signature in MD5",
                        TestSigner.of(keys).signature("MD5withRSA").build()),
                Arguments.of(
                        "a critical AKI, as Windows",
                        TestSigner.of(keys).extension(criticalAki()).build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("signers")
    void acceptsSignerCertificates(String name, TestSigner signer) {
        TestDevice signing = TestDevice.withSigner(scepgate.endpoint(Scepgate.DEMO), signer);
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, SUBJECT);

        CertRep answer = signing.send(signing.request(signing.csr(SUBJECT, challenge.secret())));

        requireCertificate(answer, signing);
    }

    static List<String> transactionIds() {
        return List.of(
                "0",
                "7XXEY-ERLPU-2JDR9",
                "9".repeat(77),
                "+abc/DEF==",
                "SSCEP transactionId",
                "a'() +,-./:=?",
                "x".repeat(255));
    }

    @ParameterizedTest
    @MethodSource("transactionIds")
    void echoesTransactionIds(String transactionId) {
        CertRep answer = device.send(device.request(csr(Scepgate.DEMO)).transactionId(transactionId));

        requireCertificate(answer, device);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 64})
    void echoesNonces(int length) {
        byte[] nonce = new byte[length];

        CertRep answer = device.send(device.request(csr(Scepgate.DEMO)).senderNonce(nonce));

        requireCertificate(answer, device);
    }

    static List<Instant> signingTimes() {
        return List.of(Instant.EPOCH, Instant.now(), Instant.parse("2049-12-31T00:00:00Z"));
    }

    @ParameterizedTest
    @MethodSource("signingTimes")
    void judgesNoSigningTime(Instant time) {
        CertRep answer = device.send(
                device.request(csr(Scepgate.DEMO)).attribute(CMSAttributes.signingTime, new Time(Date.from(time))));

        requireCertificate(answer, device);
    }

    static Stream<Arguments> challengeTypes() {
        List<Function<String, ASN1Encodable>> types = List.of(
                DERPrintableString::new,
                DERUTF8String::new,
                DERBMPString::new,
                DERT61String::new,
                text -> new DERUniversalString(utf32(text)));
        return IntStream.range(0, types.size()).mapToObj(i -> Arguments.of(i, types.get(i)));
    }

    @ParameterizedTest
    @MethodSource("challengeTypes")
    void readsTheChallengeInEveryStringType(int number, Function<String, ASN1Encodable> type) {
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, SUBJECT);
        TestCsr csr = TestCsr.of(device.keys()).subject(SUBJECT).challenge(type.apply(challenge.secret()));

        requireCertificate(device.send(device.request(csr)), device);
    }

    @Test
    void readsMicrosoftsExtensionRequest() {
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, SUBJECT, "forms.acme.example");
        TestCsr csr = device.csr(SUBJECT, challenge.secret())
                .dns("forms.acme.example")
                .microsoftExtensionRequest();

        X509CertificateHolder issued = device.enrol(csr);

        CertificateJudge.holdsExactly(issued, SUBJECT, "forms.acme.example");
    }

    @ParameterizedTest
    @ValueSource(ints = {3072, 4096})
    void certifiesLongerRsaKeys(int bits) {
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, SUBJECT);
        TestDevice longer = device.another(TestKeys.rsa(bits));

        requireCertificate(longer.send(longer.request(longer.csr(SUBJECT, challenge.secret()))), longer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1"})
    void certifiesEllipticKeysOfRsaSignersAsFleetSendsThem(String curve) {
        KeyPair elliptic = TestKeys.ec(curve);
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, SUBJECT);
        TestCsr csr = TestCsr.of(elliptic).subject(SUBJECT).challenge(challenge.secret());

        X509CertificateHolder issued = device.enrol(csr);

        CertificateJudge.certifies(issued, elliptic.getPublic());
    }

    @Test
    void acceptsThrowAwaySignersWhereTheProfileAllowsThem() {
        KeyPair keys = TestKeys.rsa();
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.FLEET, SUBJECT);
        TestDevice throwAway = device.at(scepgate.endpoint(Scepgate.FLEET));

        X509CertificateHolder issued =
                throwAway.enrol(TestCsr.of(keys).subject(SUBJECT).challenge(challenge.secret()));

        CertificateJudge.certifies(issued, keys.getPublic());
    }

    private TestCsr csr(String profile) {
        return device.csr(SUBJECT, mdm.challenge(profile, SUBJECT).secret());
    }

    private static void requireCertificate(CertRep answer, TestDevice requester) {
        X509CertificateHolder issued = answer.issued(requester.signer());
        CertificateJudge.holdsExactly(issued, SUBJECT);
        CertificateJudge.certifies(issued, requester.keys().getPublic());
    }

    private static Extension criticalAki() {
        try {
            return Extension.create(Extension.authorityKeyIdentifier, true, new AuthorityKeyIdentifier(new byte[20]));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] utf32(String text) {
        byte[] bytes = new byte[4 * text.length()];
        for (int i = 0; i < text.length(); i++) {
            bytes[4 * i + 3] = (byte) text.charAt(i);
        }
        return bytes;
    }
}
