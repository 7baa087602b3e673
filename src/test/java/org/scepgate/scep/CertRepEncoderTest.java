package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.scepgate.scep.Keys.sure;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.spec.OAEPParameterSpec;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.KeyTransRecipientInformation;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertRepEncoderTest {
    private static final X509CertificateHolder ISSUED =
            Keys.certificate("CN=device-42,O=Acme", "CN=Test CA,O=Acme", Keys.DEVICE, Keys.OTHER, BigInteger.TEN);
    private static final X509CertificateHolder CA =
            Keys.certificate("CN=Test CA,O=Acme", "CN=Test CA,O=Acme", Keys.OTHER, Keys.OTHER, BigInteger.ONE);

    private final CertRepEncoder encoder = new CertRepEncoder(Keys.recipient(), new SecureRandom());

    @Test
    void successIsSignedByTheRaAndHoldsTheIssuedCertificateFirst() throws Exception {
        byte[] reply = encoder.success(replyTo(new RequestBuilder()), ISSUED, List.of(CA));

        CMSSignedData signed = new CMSSignedData(reply);
        CMSEnvelopedData envelope =
                new CMSEnvelopedData((byte[]) signed.getSignedContent().getContent());
        CMSSignedData bundle = new CMSSignedData(open(envelope));
        assertIsSignedByTheRa(signed);
        assertThat(text(signed, ScepAttributes.PKI_STATUS)).isEqualTo("0");
        assertThat(signed.getSignedContentTypeOID()).isEqualTo(CMSObjectIdentifiers.data.getId());
        assertThat(signed.getSignedContent().getContent()).isInstanceOf(byte[].class);
        assertThat(SignedData.getInstance(bundle.toASN1Structure().getContent()).getCertificates())
                .containsExactly(ISSUED.toASN1Structure(), CA.toASN1Structure());
        assertThat(bundle.getSignerInfos()).isEmpty();
        assertThat(bundle.getSignedContent()).isNull();
        assertThat(bundle.getSignedContentTypeOID()).isEqualTo(CMSObjectIdentifiers.data.getId());
    }

    @Test
    void failureHasAnEmptyOctetStringAndTheReason() throws Exception {
        byte[] reply = encoder.failure(replyTo(new RequestBuilder()), FailInfo.BAD_ALG, "Not this algorithm");

        CMSSignedData signed = new CMSSignedData(reply);
        assertIsSignedByTheRa(signed);
        assertHasEmptyContent(signed);
        assertThat(text(signed, ScepAttributes.PKI_STATUS)).isEqualTo("2");
        assertThat(text(signed, ScepAttributes.FAIL_INFO)).isEqualTo("0");
        assertThat(attribute(signed, ScepAttributes.FAIL_INFO_TEXT))
                .isInstanceOfSatisfying(
                        ASN1UTF8String.class,
                        text -> assertThat(text.getString()).isEqualTo("Not this algorithm"));
    }

    @ParameterizedTest
    @EnumSource(FailInfo.class)
    void everyFailInfoIsItsNumber(FailInfo failInfo) throws Exception {
        byte[] reply = encoder.failure(replyTo(new RequestBuilder()), failInfo, "");

        CMSSignedData signed = new CMSSignedData(reply);
        assertThat(text(signed, ScepAttributes.FAIL_INFO)).isEqualTo(Integer.toString(failInfo.value()));
        assertThat(attributes(signed).get(ScepAttributes.FAIL_INFO_TEXT)).isNull();
    }

    @Test
    void pendingHasAnEmptyOctetStringAndNoFailInfo() throws Exception {
        byte[] reply = encoder.pending(replyTo(new RequestBuilder()));

        CMSSignedData signed = new CMSSignedData(reply);
        assertIsSignedByTheRa(signed);
        assertHasEmptyContent(signed);
        assertThat(text(signed, ScepAttributes.PKI_STATUS)).isEqualTo("3");
        assertThat(attributes(signed).get(ScepAttributes.FAIL_INFO)).isNull();
    }

    @Test
    void answersARejectedMessageToo() throws Exception {
        ReplyAddress to = decode(new RequestBuilder().attribute(ScepAttributes.SENDER_NONCE))
                .replyTo();

        CMSSignedData signed = new CMSSignedData(encoder.failure(to, FailInfo.BAD_REQUEST, ""));

        assertThat(attributes(signed).get(ScepAttributes.RECIPIENT_NONCE)).isNull();
        assertThat(attributes(signed).get(ScepAttributes.SENDER_NONCE)).isNotNull();
    }

    @Test
    void everyAnswerIsDer() {
        ReplyAddress to = replyTo(new RequestBuilder());

        Stream<byte[]> answers = Stream.of(
                encoder.success(to, ISSUED, List.of()),
                encoder.failure(to, FailInfo.BAD_TIME, "é"),
                encoder.pending(to));

        assertThat(answers).allSatisfy(answer -> {
            TlvWalk.check(answer, EncodingRules.DER);
            assertThat(ASN1Primitive.fromByteArray(answer).getEncoded(ASN1Encoding.DER))
                    .isEqualTo(answer);
        });
    }

    @Test
    void everyAnswerHasItsOwnNonceAndEchoesTheRequests() throws Exception {
        ReplyAddress to = replyTo(new RequestBuilder());

        CMSSignedData one = new CMSSignedData(encoder.pending(to));
        CMSSignedData other = new CMSSignedData(encoder.pending(to));

        assertThat(octets(one, ScepAttributes.RECIPIENT_NONCE)).isEqualTo(RequestBuilder.NONCE);
        assertThat(octets(one, ScepAttributes.SENDER_NONCE))
                .hasSize(16)
                .isNotEqualTo(octets(other, ScepAttributes.SENDER_NONCE))
                .isNotEqualTo(RequestBuilder.NONCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA-256", "SHA-384", "SHA-512", "SHA-1"})
    void usesTheDigestOfTheRequest(String digest) throws Exception {
        byte[] reply = encoder.pending(replyTo(new RequestBuilder().digest(digest)));

        CMSSignedData signed = new CMSSignedData(reply);
        assertIsSignedByTheRa(signed);
        assertThat(signer(signed).getDigestAlgorithmID().getAlgorithm())
                .isEqualTo(DigestAlgorithm.valueOf(digest.replace('-', '_')).oid());
    }

    @Test
    void neverUsesMd5OrDes() throws Exception {
        byte[] envelope = new EnvelopeBuilder()
                .cipher(ContentCipher.DES.oid(), "DES", 8, 8)
                .build(Csrs.plain());

        byte[] reply =
                encoder.success(replyTo(new RequestBuilder().digest("MD5").content(envelope)), ISSUED, List.of());

        CMSSignedData signed = new CMSSignedData(reply);
        CMSEnvelopedData answer =
                new CMSEnvelopedData((byte[]) signed.getSignedContent().getContent());
        assertThat(signer(signed).getDigestAlgorithmID().getAlgorithm()).isEqualTo(NISTObjectIdentifiers.id_sha256);
        assertThat(answer.getContentEncryptionAlgorithm().getAlgorithm())
                .isEqualTo(NISTObjectIdentifiers.id_aes128_CBC);
    }

    @ParameterizedTest
    @EnumSource(
            value = ContentCipher.class,
            names = {"AES_128", "AES_192", "AES_256", "DES3"})
    void encryptsWithTheCipherOfTheRequest(ContentCipher cipher) throws Exception {
        byte[] request = new EnvelopeBuilder()
                .cipher(cipher.oid(), cipher.jcaName(), cipher.keyLength(), cipher.blockLength())
                .build(Csrs.plain());

        byte[] reply = encoder.success(replyTo(new RequestBuilder().content(request)), ISSUED, List.of());

        CMSEnvelopedData envelope = new CMSEnvelopedData(
                (byte[]) new CMSSignedData(reply).getSignedContent().getContent());
        assertThat(envelope.getContentEncryptionAlgorithm().getAlgorithm()).isEqualTo(cipher.oid());
        assertThat(new CMSSignedData(open(envelope)).getCertificates().getMatches(null))
                .containsExactly(ISSUED);
    }

    @Test
    void encryptsTheKeyAsTheRequestDid() throws Exception {
        AlgorithmIdentifier oaep = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP);
        byte[] request =
                new EnvelopeBuilder().transport(oaep, OAEPParameterSpec.DEFAULT).build(Csrs.plain());

        byte[] reply = encoder.success(replyTo(new RequestBuilder().content(request)), ISSUED, List.of());

        CMSEnvelopedData envelope = new CMSEnvelopedData(
                (byte[]) new CMSSignedData(reply).getSignedContent().getContent());
        assertThat(recipient(envelope).getKeyEncryptionAlgorithm().getAlgorithm())
                .isEqualTo(PKCSObjectIdentifiers.id_RSAES_OAEP);
        assertThat(new CMSSignedData(open(envelope)).getCertificates().getMatches(null))
                .containsExactly(ISSUED);
    }

    @Test
    void carriesTransactionIdsOfEveryClient() throws Exception {
        String id = "SSCEP transaction_Id@+/==";
        RequestBuilder request =
                new RequestBuilder().attribute(ScepAttributes.TRANSACTION_ID, new DERPrintableString(id));

        CMSSignedData signed = new CMSSignedData(encoder.pending(replyTo(request)));

        assertThat(text(signed, ScepAttributes.TRANSACTION_ID)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SunJCE", "SunRsaSign"})
    void oneRecipientKeyBothDecryptsAndSignsWithTheJdksProviders(String provider) throws Exception {
        RecipientKey key = new RecipientKey(Keys.RA.getPrivate(), Keys.RA_CERTIFICATE, Security.getProvider(provider));

        DecodedMessage message =
                new PkiMessageDecoder(List.of(key), Set.of(), Decoding.EVERY_TYPE).decode(new RequestBuilder().build());
        byte[] reply = new CertRepEncoder(key, new SecureRandom()).pending(message.replyTo());

        assertThat(message).isInstanceOf(PkiMessage.class);
        assertIsSignedByTheRa(new CMSSignedData(reply));
    }

    private static void assertIsSignedByTheRa(CMSSignedData signed) throws Exception {
        Collection<SignerInformation> signers = signed.getSignerInfos().getSigners();
        assertThat(signers).hasSize(1);
        assertThat(signer(signed).verify(new JcaSimpleSignerInfoVerifierBuilder().build(Keys.RA_CERTIFICATE)))
                .isTrue();
        assertThat(signer(signed)
                        .toASN1Structure()
                        .getDigestEncryptionAlgorithm()
                        .getAlgorithm())
                .isEqualTo(PKCSObjectIdentifiers.rsaEncryption);
        assertThat(signed.getCertificates().getMatches(null)).containsExactly(Keys.RA_CERTIFICATE);
        assertThat(text(signed, ScepAttributes.MESSAGE_TYPE)).isEqualTo("3");
        assertThat(text(signed, ScepAttributes.TRANSACTION_ID)).isEqualTo("7XXEY-ERLPU-2JDR9");
    }

    private static void assertHasEmptyContent(CMSSignedData signed) {
        SignedData data = SignedData.getInstance(signed.toASN1Structure().getContent());
        ASN1OctetString content =
                ASN1OctetString.getInstance(data.getEncapContentInfo().getContent());
        assertThat(content.getOctets()).isEmpty();
    }

    private static byte[] open(CMSEnvelopedData envelope) throws Exception {
        return recipient(envelope).getContent(new JceKeyTransEnvelopedRecipient(Keys.DEVICE.getPrivate()));
    }

    private static KeyTransRecipientInformation recipient(CMSEnvelopedData envelope) {
        assertThat(envelope.getRecipientInfos().getRecipients()).hasSize(1);
        return (KeyTransRecipientInformation)
                envelope.getRecipientInfos().getRecipients().iterator().next();
    }

    private static SignerInformation signer(CMSSignedData signed) {
        return signed.getSignerInfos().getSigners().iterator().next();
    }

    private static AttributeTable attributes(CMSSignedData signed) {
        return signer(signed).getSignedAttributes();
    }

    private static ASN1Primitive attribute(CMSSignedData signed, ASN1ObjectIdentifier type) {
        return attributes(signed).get(type).getAttrValues().getObjectAt(0).toASN1Primitive();
    }

    private static String text(CMSSignedData signed, ASN1ObjectIdentifier type) {
        assertThat(attribute(signed, type)).isInstanceOf(ASN1PrintableString.class);
        return ((ASN1PrintableString) attribute(signed, type)).getString();
    }

    private static byte[] octets(CMSSignedData signed, ASN1ObjectIdentifier type) {
        return ASN1OctetString.getInstance(attribute(signed, type)).getOctets();
    }

    private static ReplyAddress replyTo(RequestBuilder request) {
        return decode(request).fold(PkiMessage::replyTo, rejected -> {
            throw new AssertionError(rejected.reason());
        });
    }

    private static DecodedMessage decode(RequestBuilder request) {
        PkiMessageDecoder decoder = new PkiMessageDecoder(
                List.of(Keys.recipient()), EnumSet.allOf(LegacyAlgorithm.class), Decoding.EVERY_TYPE);
        return sure(() -> decoder.decode(request.build()));
    }
}
