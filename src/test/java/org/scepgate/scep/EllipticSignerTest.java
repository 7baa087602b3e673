package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.scepgate.scep.Keys.sure;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.PasswordRecipientInfo;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.PasswordRecipient;
import org.bouncycastle.cms.PasswordRecipientInformation;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JcePasswordEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JcePasswordRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices whose key can sign and not decrypt (RFC 8894 section 3.1); Bouncy Castle reads what they are answered. */
class EllipticSignerTest {
    private static final PkiMessageDecoder DECODER =
            new PkiMessageDecoder(List.of(Keys.recipient()), Set.of(LegacyAlgorithm.DES3), Decoding.EVERY_TYPE);
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final X509CertificateHolder SIGNER = selfSigned(Keys.EC);

    private final CertRepEncoder encoder = new CertRepEncoder(Keys.recipient(), new SecureRandom());

    @ParameterizedTest
    @CsvSource({"secp256r1, SHA-256", "secp256r1, SHA-512", "secp384r1, SHA-384", "secp521r1, SHA-512"})
    void signsWithEcdsa(String curve, String digest) {
        KeyPair keys = Keys.ec(curve);

        PkiMessage message =
                accepted(request(keys, Csrs.CHALLENGE).digest(digest).signatureAlgorithm(ecdsa(digest)));

        assertThat(message.signerHoldsRequestedKey()).isTrue();
        assertThat(message.replyTo().recipient().needsPassword()).isTrue();
    }

    @Test
    void rsaKeysNeedNoPassword() {
        assertThat(accepted(new RequestBuilder()).replyTo().recipient().needsPassword())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = ContentCipher.class,
            names = {"AES_128", "AES_192", "AES_256", "DES3"})
    void successOpensWithTheChallenge(ContentCipher cipher) throws Exception {
        byte[] envelope = new EnvelopeBuilder()
                .cipher(cipher.oid(), cipher.jcaName(), cipher.keyLength(), cipher.blockLength())
                .build(csr(Keys.EC, Csrs.CHALLENGE));
        ReplyAddress to = accepted(elliptic().content(envelope)).replyTo();

        CMSEnvelopedData answer = envelope(encoder.success(to, SIGNER, List.of()));

        assertThat(answer.getContentEncryptionAlgorithm().getAlgorithm()).isEqualTo(cipher.oid());
        assertThat(new CMSSignedData(open(answer, Csrs.CHALLENGE))
                        .getCertificates()
                        .getMatches(null))
                .containsExactly(SIGNER);
    }

    @Test
    void successIsAPasswordRecipientInfoWithAFreshSaltAndAes() throws Exception {
        ReplyAddress to = accepted(request(Keys.EC, Csrs.CHALLENGE)).replyTo();

        CMSEnvelopedData one = envelope(encoder.success(to, SIGNER, List.of()));
        CMSEnvelopedData other = envelope(encoder.success(to, SIGNER, List.of()));

        EnvelopedData data = EnvelopedData.getInstance(one.toASN1Structure().getContent());
        assertThat(data.getVersion().intValueExact()).isEqualTo(3);
        assertThat(info(one).getVersion().intValueExact()).isZero();
        assertThat(info(one).getKeyEncryptionAlgorithm().getAlgorithm())
                .isEqualTo(PKCSObjectIdentifiers.id_alg_PWRI_KEK);
        assertThat(AlgorithmIdentifier.getInstance(
                                info(one).getKeyEncryptionAlgorithm().getParameters())
                        .getAlgorithm())
                .isEqualTo(ContentCipher.AES_128.oid());
        PBKDF2Params derivation = derivation(one);
        assertThat(derivation.getPrf().getAlgorithm()).isEqualTo(PKCSObjectIdentifiers.id_hmacWithSHA256);
        assertThat(derivation.getIterationCount()).isEqualTo(BigInteger.valueOf(PasswordWrap.ITERATIONS));
        assertThat(derivation.getSalt())
                .hasSize(16)
                .isNotEqualTo(derivation(other).getSalt());
    }

    @Test
    void anotherPasswordDoesNotOpenIt() throws Exception {
        ReplyAddress to = accepted(request(Keys.EC, Csrs.CHALLENGE)).replyTo();

        CMSEnvelopedData answer = envelope(encoder.success(to, SIGNER, List.of()));

        assertThatThrownBy(() -> open(answer, "another"))
                .hasRootCauseInstanceOf(java.security.InvalidKeyException.class);
    }

    @Test
    void aChallengeOutsideOfAsciiCountsInUtf8() throws Exception {
        ReplyAddress to = accepted(request(Keys.EC, "pässwörd-ключ")).replyTo();

        CMSEnvelopedData answer = envelope(encoder.success(to, SIGNER, List.of()));

        assertThat(open(answer, "pässwörd-ключ")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"19", "17"})
    void withoutAChallengeNoAnswerCouldBeEncrypted(String type) {
        RequestBuilder request = elliptic().messageType(type).csr(Csrs.of(Keys.EC, "SHA256withECDSA"));

        assertNotEncryptable(request);
    }

    @Test
    void soItIsForARenewalWhoseNewKeyIsRsa() {
        assertNotEncryptable(elliptic().messageType("17").csr(Csrs.of(Keys.DEVICE, "SHA256withRSA")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"20", "21", "22"})
    void soItIsForMessagesThatHoldNoChallenge(String type) {
        X500Name ca = Keys.RA_CERTIFICATE.getIssuer();
        byte[] content = type.equals("20")
                ? Der.sequence(Der.of(ca), Der.of(ca))
                : Der.of(new IssuerAndSerialNumber(ca, BigInteger.ONE));

        assertNotEncryptable(elliptic().messageType(type).csr(content));
    }

    @Test
    void aSignatureThatDoesNotHoldIsRefusedFirst() {
        RequestBuilder request = request(Keys.ec("secp256r1"), Csrs.CHALLENGE).signer(Keys.ec("secp256r1"), SIGNER);

        assertThat(rejected(request).reason()).isEqualTo("signature-invalid");
    }

    @Test
    void takesNoRequestThatIsItselfUnderAPassword() throws Exception {
        CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
        generator.addRecipientInfoGenerator(
                new JcePasswordRecipientInfoGenerator(CMSAlgorithm.AES128_CBC, Csrs.CHALLENGE.toCharArray())
                        .setProvider(BOUNCY_CASTLE)
                        .setPRF(PasswordRecipient.PRF.HMacSHA256)
                        .setSaltAndIterationCount(new byte[16], 2));
        byte[] envelope = generator
                .generate(
                        new CMSProcessableByteArray(csr(Keys.EC, Csrs.CHALLENGE)),
                        new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES128_CBC).build())
                .getEncoded();

        RejectedMessage rejected = rejected(elliptic().content(envelope));

        assertThat(rejected.failInfo()).isEqualTo(FailInfo.BAD_REQUEST);
        assertThat(rejected.reason()).isEqualTo("recipient-unknown");
    }

    @Test
    void neverPrintsTheChallenge() {
        ReplyAddress to = accepted(request(Keys.EC, Csrs.CHALLENGE)).replyTo();

        assertThat(to.recipient().toString() + to).doesNotContain(Csrs.CHALLENGE);
    }

    private static void assertNotEncryptable(RequestBuilder request) {
        RejectedMessage rejected = rejected(request);
        assertThat(rejected.failInfo()).isEqualTo(FailInfo.BAD_ALG);
        assertThat(rejected.reason()).isEqualTo("answer-not-encryptable");
    }

    private static RequestBuilder elliptic() {
        return new RequestBuilder().signer(Keys.EC, SIGNER).signatureAlgorithm(ecdsa("SHA-256"));
    }

    private static RequestBuilder request(KeyPair keys, String challenge) {
        return elliptic().signer(keys, selfSigned(keys)).csr(csr(keys, challenge));
    }

    private static byte[] csr(KeyPair keys, String challenge) {
        return sure(() -> Csrs.builder(Keys.info(keys))
                .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERUTF8String(challenge))
                .build(Keys.signer(keys))
                .getEncoded());
    }

    private static AlgorithmIdentifier ecdsa(String digest) {
        return new AlgorithmIdentifier(
                switch (digest) {
                    case "SHA-384" -> X9ObjectIdentifiers.ecdsa_with_SHA384;
                    case "SHA-512" -> X9ObjectIdentifiers.ecdsa_with_SHA512;
                    default -> X9ObjectIdentifiers.ecdsa_with_SHA256;
                });
    }

    private static X509CertificateHolder selfSigned(KeyPair keys) {
        return Keys.certificate("CN=device-42", "CN=device-42", keys, keys, BigInteger.ONE);
    }

    private static CMSEnvelopedData envelope(byte[] reply) throws CMSException {
        return new CMSEnvelopedData(
                (byte[]) new CMSSignedData(reply).getSignedContent().getContent());
    }

    private static PasswordRecipientInformation recipient(CMSEnvelopedData envelope) {
        assertThat(envelope.getRecipientInfos().getRecipients()).hasSize(1);
        return (PasswordRecipientInformation)
                envelope.getRecipientInfos().getRecipients().iterator().next();
    }

    private static PasswordRecipientInfo info(CMSEnvelopedData envelope) {
        EnvelopedData data =
                EnvelopedData.getInstance(envelope.toASN1Structure().getContent());
        return PasswordRecipientInfo.getInstance(org.bouncycastle.asn1.cms.RecipientInfo.getInstance(
                        data.getRecipientInfos().getObjectAt(0))
                .getInfo());
    }

    private static PBKDF2Params derivation(CMSEnvelopedData envelope) {
        AlgorithmIdentifier algorithm = recipient(envelope).getKeyDerivationAlgorithm();
        assertThat(algorithm.getAlgorithm()).isEqualTo(PKCSObjectIdentifiers.id_PBKDF2);
        return PBKDF2Params.getInstance(algorithm.getParameters());
    }

    private static byte[] open(CMSEnvelopedData envelope, String password) throws CMSException {
        return recipient(envelope)
                .getContent(new JcePasswordEnvelopedRecipient(password.toCharArray()).setProvider(BOUNCY_CASTLE));
    }

    private static PkiMessage accepted(RequestBuilder request) {
        return Decoding.accepted(DECODER, request.build());
    }

    private static RejectedMessage rejected(RequestBuilder request) {
        return Decoding.rejected(request.build());
    }
}
