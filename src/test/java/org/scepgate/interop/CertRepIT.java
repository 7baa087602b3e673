package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.testing.ContentCipher;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.ScepAttributes;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.SignerInfoBuilder;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;

/** The form of the three answers (RFC 8894, 3.2.1 and 3.3.2), as Bouncy Castle's CMS reads it. */
@ExtendWith(Scepgate.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertRepIT {
    private static final String SUBJECT = "CN=answers.acme.example";
    private static final String SUCCESS = "0";
    private static final String FAILURE = "2";
    private static final String PENDING = "3";

    private final Scepgate scepgate;
    private final TestDevice device;
    private final TestDevice waiting;

    CertRepIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
        this.waiting = device.at(scepgate.endpoint(Scepgate.APPROVAL));
    }

    private MessageBuilder enrolment() {
        return device.request(device.csr(
                SUBJECT, scepgate.mdm().challenge(Scepgate.DEMO, SUBJECT).secret()));
    }

    private MessageBuilder refused() {
        return device.request(device.csr(SUBJECT, "wrong"));
    }

    private MessageBuilder held() {
        return waiting.request(waiting.csr(SUBJECT));
    }

    private static CMSSignedData send(TestDevice sender, MessageBuilder message) throws CMSException {
        HttpResponse<byte[]> answer = sender.endpoint().post(message.build());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new CMSSignedData(answer.body());
    }

    @Test
    void aSuccessHoldsTheIssuedCertificateFirstForTheSignerAlone() throws Exception {
        CMSSignedData answer = send(device, enrolment());

        assertThat(text(answer, ScepAttributes.PKI_STATUS)).isEqualTo(SUCCESS);
        assertThat(answer.getSignedContentTypeOID()).isEqualTo(CMSObjectIdentifiers.data.getId());
        CMSEnvelopedData envelope =
                new CMSEnvelopedData((byte[]) answer.getSignedContent().getContent());
        RecipientInformation recipient =
                envelope.getRecipientInfos().getRecipients().iterator().next();
        assertThat(envelope.getRecipientInfos().size()).isEqualTo(1);
        assertThat(recipientOf(envelope))
                .isEqualTo(new IssuerAndSerialNumber(
                        device.signer().certificate().getIssuer(),
                        device.signer().certificate().getSerialNumber()));
        CMSSignedData bundle = new CMSSignedData(recipient.getContent(
                new JceKeyTransEnvelopedRecipient(device.keys().getPrivate())));
        assertThat(bundle.getSignerInfos().size()).isZero();
        assertThat(bundle.getSignedContent()).isNull();
        SignedData data = SignedData.getInstance(bundle.toASN1Structure().getContent());
        assertThat(data.getCRLs()).isNull();
        X509CertificateHolder first = new X509CertificateHolder(
                data.getCertificates().getObjectAt(0).toASN1Primitive().getEncoded());
        CertificateJudge.certifies(first, device.keys().getPublic());
        CertificateJudge.holdsExactly(first, SUBJECT);
    }

    private static IssuerAndSerialNumber recipientOf(CMSEnvelopedData envelope) {
        RecipientInfo only = RecipientInfo.getInstance(
                EnvelopedData.getInstance(envelope.toASN1Structure().getContent())
                        .getRecipientInfos()
                        .getObjectAt(0));
        return IssuerAndSerialNumber.getInstance(KeyTransRecipientInfo.getInstance(only.getInfo())
                .getRecipientIdentifier()
                .getId());
    }

    @Test
    void aFailureHasAnEmptyOctetStringAndAReason() throws Exception {
        CMSSignedData answer = send(device, refused());

        requireEmptyContent(answer);
        assertThat(text(answer, ScepAttributes.PKI_STATUS)).isEqualTo(FAILURE);
        assertThat(text(answer, ScepAttributes.FAIL_INFO)).isEqualTo("2");
        assertThat(attribute(answer, ScepAttributes.FAIL_INFO_TEXT)).isInstanceOf(ASN1UTF8String.class);
    }

    @Test
    void aWaitHasAnEmptyOctetStringAndNoReason() throws Exception {
        CMSSignedData answer = send(waiting, held());

        requireEmptyContent(answer);
        assertThat(text(answer, ScepAttributes.PKI_STATUS)).isEqualTo(PENDING);
        assertThat(attributes(answer).get(ScepAttributes.FAIL_INFO)).isNull();
        assertThat(attributes(answer).get(ScepAttributes.FAIL_INFO_TEXT)).isNull();
    }

    Stream<Arguments> exchanges() {
        return Stream.of(
                Arguments.of("SUCCESS", device, enrolment()),
                Arguments.of("FAILURE", device, refused()),
                Arguments.of("PENDING", waiting, held()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exchanges")
    void everyAnswerIsSignedByTheRaOfGetCaCert(String status, TestDevice sender, MessageBuilder message)
            throws Exception {
        CMSSignedData answer = send(sender, message);

        X509CertificateHolder ra = sender.recipient();
        assertThat(answer.getSignerInfos().size()).isEqualTo(1);
        assertThat(answer.getCertificates().getMatches(null)).contains(ra);
        assertThat(sender.authority().all()).contains(ra);
        assertThat(signer(answer).verify(new JcaSimpleSignerInfoVerifierBuilder().build(ra)))
                .isTrue();
        // strongSwan 5.9.8 refuses sha256WithRSAEncryption here, which is Bouncy Castle's default.
        assertThat(signer(answer)
                        .toASN1Structure()
                        .getDigestEncryptionAlgorithm()
                        .getAlgorithm())
                .isEqualTo(PKCSObjectIdentifiers.rsaEncryption);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exchanges")
    void everyAnswerBelongsToItsRequestAndHasANonceOfItsOwn(String status, TestDevice sender, MessageBuilder message)
            throws Exception {
        CMSSignedData first = send(sender, message);
        CMSSignedData second = send(sender, message);

        for (CMSSignedData answer : List.of(first, second)) {
            assertThat(text(answer, ScepAttributes.MESSAGE_TYPE)).isEqualTo("3");
            assertThat(text(answer, ScepAttributes.TRANSACTION_ID)).isEqualTo(message.transactionId());
            assertThat(octets(answer, ScepAttributes.RECIPIENT_NONCE)).isEqualTo(message.senderNonce());
            assertThat(octets(answer, ScepAttributes.SENDER_NONCE)).hasSize(16).isNotEqualTo(message.senderNonce());
        }
        assertThat(octets(second, ScepAttributes.SENDER_NONCE))
                .isNotEqualTo(octets(first, ScepAttributes.SENDER_NONCE));
    }

    /** badTime (3) is never given: signingTime is not judged. */
    Stream<Arguments> reasons() {
        return Stream.of(
                Arguments.of(
                        "0",
                        device.request(
                                device.envelope(device.csr(SUBJECT, "any").encoded())
                                        .cipher(ContentCipher.DES))),
                Arguments.of(
                        "1",
                        MessageBuilder.pkcsReq(device.envelope(
                                                device.csr(SUBJECT, "any").encoded())
                                        .build())
                                .signedBy(SignerInfoBuilder.of(device.signer()).keys(TestKeys.rsa()))
                                .certificate(device.signer().certificate())),
                Arguments.of("2", refused()),
                Arguments.of("4", device.poll(refused())));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void everyReasonIsItsNumberInAPrintableString(String failInfo, MessageBuilder message) throws Exception {
        CMSSignedData answer = send(device, message);

        assertThat(text(answer, ScepAttributes.PKI_STATUS)).isEqualTo(FAILURE);
        assertThat(text(answer, ScepAttributes.FAIL_INFO)).isEqualTo(failInfo);
        requireEmptyContent(answer);
    }

    /** Not absent, or certmonger and PyScep fail, and no EnvelopedData that holds nothing. */
    private static void requireEmptyContent(CMSSignedData answer) {
        SignedData data = SignedData.getInstance(answer.toASN1Structure().getContent());
        assertThat(data.getEncapContentInfo().getContentType()).isEqualTo(CMSObjectIdentifiers.data);
        assertThat(data.getEncapContentInfo().getContent()).isInstanceOf(ASN1OctetString.class);
        assertThat(((ASN1OctetString) data.getEncapContentInfo().getContent()).getOctets())
                .isEmpty();
    }

    private static SignerInformation signer(CMSSignedData answer) {
        return answer.getSignerInfos().iterator().next();
    }

    private static AttributeTable attributes(CMSSignedData answer) {
        return signer(answer).getSignedAttributes();
    }

    private static ASN1Primitive attribute(CMSSignedData answer, ASN1ObjectIdentifier type) {
        assertThat(attributes(answer).getAll(type).size())
                .as("attributes %s", type)
                .isEqualTo(1);
        assertThat(attributes(answer).get(type).getAttrValues().size()).isEqualTo(1);
        return attributes(answer).get(type).getAttrValues().getObjectAt(0).toASN1Primitive();
    }

    private static String text(CMSSignedData answer, ASN1ObjectIdentifier type) {
        assertThat(attribute(answer, type)).isInstanceOf(ASN1PrintableString.class);
        return ((ASN1PrintableString) attribute(answer, type)).getString();
    }

    private static byte[] octets(CMSSignedData answer, ASN1ObjectIdentifier type) {
        return ASN1OctetString.getInstance(attribute(answer, type)).getOctets();
    }
}
