package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.scepgate.scep.Keys.sure;

import java.math.BigInteger;
import java.nio.charset.Charset;
import java.security.MessageDigest;
import java.security.Security;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.DERUniversalString;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v1CertificateBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PkiMessageDecoderTest {
    private static final PkiMessageDecoder DECODER = new PkiMessageDecoder(List.of(Keys.recipient()), Set.of());
    private static final PkiMessageDecoder LEGACY =
            new PkiMessageDecoder(List.of(Keys.recipient()), EnumSet.allOf(LegacyAlgorithm.class));

    @Test
    void readsEveryFieldOfAnOrdinaryRequest() {
        byte[] csr = Csrs.plain();

        PkiMessage message = accepted(DECODER, new RequestBuilder().csr(csr).build());

        assertThat(message.messageType()).isEqualTo(MessageType.PKCS_REQ);
        assertThat(message.replyTo().transactionId()).isEqualTo(new TransactionId("7XXEY-ERLPU-2JDR9"));
        assertThat(message.replyTo().senderNonce()).contains(new Nonce(RequestBuilder.NONCE));
        assertThat(message.signer()).isEqualTo(Keys.DEVICE_CERTIFICATE);
        assertThat(message.signerHoldsRequestedKey()).isTrue();
        assertThat(sure(() -> request(message).csr().getEncoded())).isEqualTo(csr);
        assertThat(request(message).challengePassword()).contains(Csrs.CHALLENGE);
        assertThat(request(message).toString()).doesNotContain(Csrs.CHALLENGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "19"})
    void readsBothKindsOfEnrolment(String type) {
        byte[] request = new RequestBuilder().messageType(type).build();

        PkiMessage message = accepted(DECODER, request);

        assertThat(message.messageType().value()).isEqualTo(Integer.parseInt(type));
        assertThat(message.content()).isInstanceOf(CertificationRequest.class);
    }

    @Test
    void readsCertPoll() {
        X500Name ca = new X500Name("CN=Test CA,O=Acme");
        X500Name subject = new X500Name("CN=device-42");
        byte[] content = Der.of(new DERSequence(new ASN1Encodable[] {ca, subject}));

        PkiMessage message = accepted(
                DECODER, new RequestBuilder().messageType("20").csr(content).build());

        assertThat(message.content()).isEqualTo(new IssuerAndSubject(ca, subject));
        assertThat(message.signerHoldsRequestedKey()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"21", "22"})
    void readsGetCertAndGetCrl(String type) {
        X500Name ca = new X500Name("CN=Test CA,O=Acme");
        BigInteger serial = BigInteger.TWO.pow(160).add(BigInteger.ONE);
        byte[] content = Der.of(new IssuerAndSerialNumber(ca, serial));

        PkiMessage message = accepted(
                DECODER, new RequestBuilder().messageType(type).csr(content).build());

        assertThat(message.content()).isEqualTo(new CertificateId(ca, serial));
    }

    @ParameterizedTest
    @ValueSource(strings = {ASN1Encoding.DER, ASN1Encoding.DL, ASN1Encoding.BER})
    void readsWhatBouncyCastleWritesInAnyEncoding(String encoding) {
        byte[] envelope = new EnvelopeBuilder().constructedContent().build(Csrs.plain(), encoding);

        byte[] request = BouncyCastleRequest.signed(envelope, encoding);

        assertThat(challenge(DECODER, request)).contains(Csrs.CHALLENGE);
    }

    @Test
    void readsXipkisEnvelopedDataAsContentType() {
        byte[] wrapped = new EnvelopeBuilder().build(Csrs.plain());
        byte[] bare = Der.of(new EnvelopeBuilder().structure(Csrs.plain()));

        Stream<byte[]> requests = Stream.of(wrapped, bare)
                .map(envelope -> new RequestBuilder()
                        .contentType(CMSObjectIdentifiers.envelopedData)
                        .content(envelope)
                        .build());

        assertThat(requests)
                .allSatisfy(request -> assertThat(challenge(DECODER, request)).contains(Csrs.CHALLENGE));
    }

    @ParameterizedTest
    @MethodSource("challenges")
    void readsAChallengeOfAnyStringType(ASN1Encodable value, String expected) {
        byte[] request = new RequestBuilder().csr(Csrs.withChallenge(value)).build();

        assertThat(challenge(DECODER, request)).contains(expected);
    }

    static Object[][] challenges() {
        byte[] utf32 = "hé".getBytes(Charset.forName("UTF-32BE"));
        String long8k = "0123456789abcdef".repeat(512);
        return new Object[][] {
            {new DERPrintableString("abc"), "abc"},
            {new DERUTF8String("hé"), "hé"},
            {new DERT61String("abc"), "abc"},
            {new DERBMPString("hé"), "hé"},
            {new DERUniversalString(utf32), "hé"},
            {new DERIA5String("a@b"), "a@b"},
            {new DERUTF8String(long8k), long8k},
        };
    }

    @Test
    void takesACsrWithoutChallengeOrWithAnEmptyOne() {
        byte[] without =
                new RequestBuilder().csr(Csrs.of(Keys.DEVICE, "SHA256withRSA")).build();
        byte[] empty = new RequestBuilder()
                .csr(Csrs.withChallenge(new DERUTF8String("")))
                .build();

        assertThat(challenge(DECODER, without)).isEmpty();
        assertThat(challenge(DECODER, empty)).isEmpty();
    }

    @Test
    void takesAnEcCsrUnderAnEphemeralRsaSignerAsFleetSendsIt() {
        byte[] request =
                new RequestBuilder().csr(Csrs.of(Keys.EC, "SHA256withECDSA")).build();

        PkiMessage message = accepted(DECODER, request);

        assertThat(message.signerHoldsRequestedKey()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void takesCsrsOfTheNistCurves(String curve) {
        byte[] request = new RequestBuilder()
                .csr(Csrs.of(Keys.ec(curve), "SHA384withECDSA"))
                .build();

        assertThat(accepted(DECODER, request).content()).isInstanceOf(CertificationRequest.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA-256", "SHA-384", "SHA-512"})
    void takesEverySha2DigestAndAnswersWithIt(String digest) {
        AlgorithmIdentifier combined =
                new AlgorithmIdentifier(new org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder()
                        .find(digest.replace("-", "") + "withRSA")
                        .getAlgorithm());

        PkiMessage plain = accepted(DECODER, new RequestBuilder().digest(digest).build());
        PkiMessage named = accepted(
                DECODER,
                new RequestBuilder().digest(digest).signatureAlgorithm(combined).build());

        assertThat(plain.replyTo().algorithms().digest().jcaName()).isEqualTo(digest);
        assertThat(named.replyTo().algorithms().digest().jcaName()).isEqualTo(digest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA-1", "MD5"})
    void takesOldDigestsWhereAProfileNamesThem(String digest) {
        String signature = digest.replace("-", "") + "withRSA";
        byte[] request = new RequestBuilder()
                .digest(digest)
                .csr(Csrs.of(Keys.DEVICE, signature))
                .build();

        PkiMessage message = accepted(LEGACY, request);

        DigestAlgorithm answer = digest.equals("MD5") ? DigestAlgorithm.SHA_256 : DigestAlgorithm.SHA_1;
        assertThat(message.replyTo().algorithms().digest()).isEqualTo(answer);
    }

    @Test
    void takesPssSignaturesOfMessageAndCsr() {
        PSSParameterSpec spec = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
        byte[] csr = sure(() -> Csrs.builder(Keys.info(Keys.DEVICE))
                .build(new JcaContentSignerBuilder("RSASSA-PSS", spec)
                        .setProvider(new BouncyCastleProvider())
                        .build(Keys.DEVICE.getPrivate()))
                .getEncoded());

        byte[] request = BouncyCastleRequest.signedWithPss(new EnvelopeBuilder().build(csr), spec);

        assertThat(accepted(DECODER, request).signerHoldsRequestedKey()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(ContentCipher.class)
    void opensEveryCipherAndNeverAnswersWithDes(ContentCipher cipher) {
        byte[] request = new RequestBuilder()
                .content(new EnvelopeBuilder()
                        .cipher(cipher.oid(), cipher.jcaName(), cipher.keyLength(), cipher.blockLength())
                        .build(Csrs.plain()))
                .build();

        PkiMessage message = accepted(LEGACY, request);

        ContentCipher answer = cipher == ContentCipher.DES ? ContentCipher.AES_128 : cipher;
        assertThat(request(message).challengePassword()).contains(Csrs.CHALLENGE);
        assertThat(message.replyTo().algorithms().content()).isEqualTo(answer);
    }

    @ParameterizedTest
    @MethodSource("oaepParameters")
    void opensOaepAsWindowsSendsIt(ASN1Encodable parameters, String digest, String mgfDigest) {
        OAEPParameterSpec spec =
                new OAEPParameterSpec(digest, "MGF1", new MGF1ParameterSpec(mgfDigest), PSource.PSpecified.DEFAULT);
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP, parameters);
        byte[] envelope = new EnvelopeBuilder().transport(algorithm, spec).build(Csrs.plain());

        PkiMessage message =
                accepted(DECODER, new RequestBuilder().content(envelope).build());

        KeyTransport.Oaep answer =
                message.replyTo().algorithms().keyTransport().oaep().orElseThrow();
        assertThat(request(message).challengePassword()).contains(Csrs.CHALLENGE);
        assertThat(answer.digest().jcaName()).isEqualTo(digest);
        assertThat(answer.mgfDigest().jcaName()).isEqualTo(mgfDigest);
    }

    static Object[][] oaepParameters() {
        ASN1ObjectIdentifier sha1 = OIWObjectIdentifiers.idSHA1;
        ASN1ObjectIdentifier sha256 = NISTObjectIdentifiers.id_sha256;
        ASN1ObjectIdentifier sha512 = NISTObjectIdentifiers.id_sha512;
        return new Object[][] {
            {new DERSequence(), "SHA-1", "SHA-1"},
            {null, "SHA-1", "SHA-1"},
            {oaep(sha1, sha1), "SHA-1", "SHA-1"},
            {oaep(sha256, sha256), "SHA-256", "SHA-256"},
            {oaep(sha256, sha1), "SHA-256", "SHA-1"},
            {oaep(sha512, sha512), "SHA-512", "SHA-512"},
        };
    }

    private static RSAESOAEPparams oaep(ASN1ObjectIdentifier digest, ASN1ObjectIdentifier mgfDigest) {
        return new RSAESOAEPparams(
                new AlgorithmIdentifier(digest),
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, new AlgorithmIdentifier(mgfDigest)),
                RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM);
    }

    @Test
    void takesRsaEncryptionWithoutParameters() {
        AlgorithmIdentifier bare = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption);
        byte[] envelope = new EnvelopeBuilder().transport(bare, null).build(Csrs.plain());

        byte[] request =
                new RequestBuilder().content(envelope).signatureAlgorithm(bare).build();

        assertThat(challenge(DECODER, request)).contains(Csrs.CHALLENGE);
    }

    @Test
    void findsItsOwnAmongSeveralRecipients() {
        EnvelopeBuilder other = new EnvelopeBuilder()
                .recipient(EnvelopeBuilder.identifier(Keys.DEVICE_CERTIFICATE))
                .encryptedKey(EnvelopeBuilder.random(256));
        byte[] envelope = new EnvelopeBuilder().after(other.recipientInfo()).build(Csrs.plain());

        byte[] request = new RequestBuilder().content(envelope).build();

        assertThat(challenge(DECODER, request)).contains(Csrs.CHALLENGE);
    }

    @Test
    void triesTheKeyThatTheEnvelopeNamesDuringARollover() {
        RecipientKey next = new RecipientKey(
                Keys.OTHER.getPrivate(),
                Keys.certificate("CN=Next RA", "CN=Test CA", Keys.OTHER, Keys.OTHER, BigInteger.TEN),
                Security.getProvider("SunJCE"));
        PkiMessageDecoder both = new PkiMessageDecoder(List.of(next, Keys.recipient()), Set.of());

        assertThat(challenge(both, new RequestBuilder().build())).contains(Csrs.CHALLENGE);
    }

    @Test
    void takesSubjectKeyIdentifiersOfSignerAndRecipient() {
        byte[] raKeyId = sha1(Keys.RA_CERTIFICATE);
        byte[] ownKeyId = {1, 2, 3};
        X509CertificateHolder withExtension =
                sure(() -> Keys.builder("CN=a", "CN=a", Keys.info(Keys.DEVICE), BigInteger.TEN)
                        .addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(ownKeyId))
                        .build(Keys.signer(Keys.DEVICE)));
        byte[] envelope = new EnvelopeBuilder().recipientKeyId(raKeyId).build(Csrs.plain());

        byte[] byHash = new RequestBuilder()
                .content(envelope)
                .signerKeyId(sha1(Keys.DEVICE_CERTIFICATE))
                .build();
        byte[] byExtension = new RequestBuilder()
                .signer(Keys.DEVICE, withExtension)
                .signerKeyId(ownKeyId)
                .build();

        assertThat(challenge(DECODER, byHash)).contains(Csrs.CHALLENGE);
        assertThat(challenge(DECODER, byExtension)).contains(Csrs.CHALLENGE);
    }

    @Test
    void findsTheSignerAmongOtherAndEvenBrokenCertificates() {
        ASN1Encodable broken = new DERSequence(new DERSequence(
                new ASN1Encodable[] {new org.bouncycastle.asn1.ASN1Integer(1), new DERSequence(), new DERSequence()}));
        byte[] request = new RequestBuilder()
                .certificates(
                        broken,
                        Keys.RA_CERTIFICATE.toASN1Structure(),
                        Keys.DEVICE_CERTIFICATE.toASN1Structure(),
                        Keys.DEVICE_CERTIFICATE.toASN1Structure())
                .build();

        assertThat(accepted(DECODER, request).signer()).isEqualTo(Keys.DEVICE_CERTIFICATE);
    }

    @ParameterizedTest
    @MethodSource("oddSigners")
    void takesSignerCertificatesOfOddShapes(X509CertificateHolder signer) {
        byte[] request = new RequestBuilder().signer(Keys.DEVICE, signer).build();

        PkiMessage message = accepted(DECODER, request);

        assertThat(message.signer()).isEqualTo(signer);
    }

    static List<X509CertificateHolder> oddSigners() {
        X500Name name = new X500Name("CN=0F4A8C1E-0000-4000-8000-000000000000");
        Time from = new Time(new DERGeneralizedTime("20200101000000Z"));
        Time to = new Time((ASN1GeneralizedTime) new DERGeneralizedTime("20991231235959Z"));
        BigInteger longSerial = BigInteger.TWO.pow(240);
        X509CertificateHolder version1 = new X509v1CertificateBuilder(
                        name, BigInteger.ONE, new Date(0), new Date(), name, Keys.info(Keys.DEVICE))
                .build(Keys.signer(Keys.DEVICE, "MD5withRSA"));
        X509CertificateHolder generalizedTime = new X509v3CertificateBuilder(
                        name, longSerial, from, to, name, Keys.info(Keys.DEVICE))
                .build(Keys.signer(Keys.DEVICE, "SHA1withRSA"));
        X509CertificateHolder brokenExtension =
                sure(() -> Keys.builder("CN=a", "CN=a", Keys.info(Keys.DEVICE), BigInteger.ZERO)
                        .addExtension(Extension.authorityKeyIdentifier, true, new byte[] {0x30, 0x7F})
                        .build(Keys.signer(Keys.DEVICE)));
        X509CertificateHolder negativeSerial =
                Keys.certificate("CN=a", "CN=a", Keys.DEVICE, Keys.DEVICE, BigInteger.valueOf(-5));
        X509CertificateHolder issuedByUs = Keys.certificate("CN=a", "CN=Test CA", Keys.DEVICE, Keys.OTHER, longSerial);
        return List.of(version1, generalizedTime, brokenExtension, negativeSerial, issuedByUs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "SSCEP transactionId",
                "ab+/cd==",
                "under_score@host",
                "12345678901234567890123456789012345678901234567890123456789012345678901234567"
            })
    void takesTransactionIdsOfEveryClient(String transactionId) {
        byte[] request = new RequestBuilder()
                .attribute(ScepAttributes.TRANSACTION_ID, new DERPrintableString(transactionId))
                .build();

        assertThat(accepted(DECODER, request).replyTo().transactionId().value()).isEqualTo(transactionId);
    }

    @Test
    void worksWithTheKeyInAnyProvider() {
        CountingProvider provider = new CountingProvider();
        RecipientKey recipient = new RecipientKey(Keys.RA.getPrivate(), Keys.RA_CERTIFICATE, provider);
        PkiMessageDecoder decoder = new PkiMessageDecoder(List.of(recipient), Set.of());

        accepted(decoder, new RequestBuilder().build());

        assertThat(provider.operations()).isEqualTo(1);
    }

    private static byte[] sha1(X509CertificateHolder certificate) {
        return sure(() -> MessageDigest.getInstance("SHA-1")
                .digest(certificate.getSubjectPublicKeyInfo().getPublicKeyData().getBytes()));
    }

    private static PkiMessage accepted(PkiMessageDecoder decoder, byte[] request) {
        return sure(() -> decoder.decode(request))
                .fold(message -> message, rejected -> fail("rejected: " + rejected.reason()));
    }

    private static CertificationRequest request(PkiMessage message) {
        return (CertificationRequest) message.content();
    }

    private static Optional<String> challenge(PkiMessageDecoder decoder, byte[] request) {
        return request(accepted(decoder, request)).challengePassword();
    }
}
