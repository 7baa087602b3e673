package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a device of ours writes, as a server of ours reads it. */
class PkiRequestEncoderTest {
    private static final X500Name CA = new X500Name("CN=Test CA,O=Acme");
    private final Conversation conversation = new Conversation(Keys.DEVICE, Conversation.USUAL);
    private final TransactionId id = TransactionId.random(Conversation.RANDOM);

    @Test
    void pkcsReqCarriesTheCsrAndWhoAsks() {
        PkiRequest request = conversation.requests.pkcsReq(conversation.csr(), id);

        PkiMessage message = conversation.received(request);
        assertThat(message.messageType()).isEqualTo(MessageType.PKCS_REQ);
        assertThat(message.replyTo().transactionId()).isEqualTo(id);
        assertThat(message.replyTo().senderNonce()).contains(request.senderNonce());
        assertThat(message.signer()).isEqualTo(conversation.device.certificate());
        assertThat(message.signerHoldsRequestedKey()).isTrue();
        assertThat(Decoding.request(message).challengePassword()).contains(Csrs.CHALLENGE);
    }

    @Test
    void renewalReqIsSignedByTheOldKey() {
        PkiRequest request =
                conversation.requests.renewalReq(new Conversation(Keys.OTHER, Conversation.USUAL).csr(), id);

        PkiMessage message = conversation.received(request);
        assertThat(message.messageType()).isEqualTo(MessageType.RENEWAL_REQ);
        assertThat(message.signerHoldsRequestedKey()).isFalse();
    }

    @Test
    void theOtherRequestsNameWhatTheyWant() {
        IssuerAndSubject names = new IssuerAndSubject(CA, new X500Name("CN=device-42"));
        CertificateId wanted = new CertificateId(CA, BigInteger.TWO.pow(159));

        assertThat(conversation
                        .received(conversation.requests.certPoll(names, id))
                        .content())
                .isEqualTo(new CertPoll());
        assertThat(conversation
                        .received(conversation.requests.getCert(wanted, id))
                        .content())
                .isEqualTo(wanted);
        PkiMessage getCrl = conversation.received(conversation.requests.getCrl(wanted, id));
        assertThat(getCrl.messageType()).isEqualTo(MessageType.GET_CRL);
        assertThat(getCrl.content()).isEqualTo(wanted);
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void usesTheAlgorithmsItIsTold(RequestAlgorithms algorithms) throws Exception {
        byte[] encoded = new Conversation(Keys.DEVICE, algorithms).pkcsReq().encoded();

        SignedMessage signed = SignedMessage.read(encoded);
        Envelope envelope = Envelope.read(signed);
        assertThat(signed.digestAlgorithm().getAlgorithm())
                .isEqualTo(algorithms.digest().oid());
        assertThat(envelope.cipher()).contains(algorithms.cipher());
        assertThat(envelope.sealedKeys().get(0).transport()).contains(algorithms.keyTransport());
        assertThat(ASN1Primitive.fromByteArray(encoded).getEncoded(ASN1Encoding.DER))
                .isEqualTo(encoded);
    }

    static Stream<RequestAlgorithms> algorithms() {
        return Stream.concat(
                Stream.of(DigestAlgorithm.values()).map(Conversation.USUAL::withDigest),
                Stream.concat(
                        Stream.of(ContentCipher.values()).map(Conversation.USUAL::withCipher),
                        Stream.of(KeyTransport.OAEP_SHA_1, KeyTransport.OAEP_SHA_256)
                                .map(Conversation.USUAL::withKeyTransport)));
    }

    @Test
    void everyRequestHasItsOwnNonce() {
        assertThat(conversation.pkcsReq().senderNonce())
                .isNotEqualTo(conversation.pkcsReq().senderNonce());
    }

    @Test
    void encryptsToNoKeyThatCannotDecrypt() {
        X509CertificateHolder elliptic = Conversation.certificate(Keys.EC);

        assertThatThrownBy(() ->
                        new PkiRequestEncoder(conversation.device, elliptic, Conversation.USUAL, Conversation.RANDOM))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
