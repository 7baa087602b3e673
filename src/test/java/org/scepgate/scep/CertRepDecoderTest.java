package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.scepgate.scep.Keys.sure;

import java.math.BigInteger;
import java.security.Security;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server of ours answers, as a device of ours reads it. */
class CertRepDecoderTest {
    private static final X509CertificateHolder CA =
            Keys.certificate("CN=Test CA,O=Acme", "CN=Test CA,O=Acme", Keys.OTHER, Keys.OTHER, BigInteger.ONE);

    @ParameterizedTest
    @MethodSource("conversations")
    void readsWhatWasIssued(Conversation conversation) throws UntrustedReplyException {
        PkiRequest request = conversation.pkcsReq();
        X509CertificateHolder issued = Conversation.certificate(conversation.keys);

        CertRep reply = conversation
                .decoder()
                .decode(
                        conversation.answer(request, to -> conversation.replies.success(to, issued, List.of(CA))),
                        request);

        CertRep.Success success = success(reply);
        assertThat(success.certificates()).containsExactly(issued, CA);
        assertThat(success.crls()).isEmpty();
        assertThat(success.findCertificateOf(Keys.info(conversation.keys))).contains(issued);
        assertThat(success.findCertificateOf(Keys.info(Keys.RA))).isEmpty();
    }

    static Stream<Conversation> conversations() {
        Stream<Conversation> rsa =
                PkiRequestEncoderTest.algorithms().map(algorithms -> new Conversation(Keys.DEVICE, algorithms));
        Stream<Conversation> elliptic = Stream.of(
                        Conversation.USUAL,
                        Conversation.USUAL.withCipher(ContentCipher.AES_256).withDigest(DigestAlgorithm.SHA_512),
                        Conversation.USUAL.withCipher(ContentCipher.DES3))
                .flatMap(algorithms ->
                        Stream.of(Keys.EC, Keys.ec("secp384r1")).map(keys -> new Conversation(keys, algorithms)));
        return Stream.concat(rsa, elliptic);
    }

    @Test
    void readsPending() throws UntrustedReplyException {
        Conversation conversation = new Conversation(Keys.DEVICE, Conversation.USUAL);
        PkiRequest request = conversation.pkcsReq();

        CertRep reply =
                conversation.decoder().decode(conversation.answer(request, conversation.replies::pending), request);

        assertThat(reply).isEqualTo(new CertRep.Pending());
    }

    @ParameterizedTest
    @EnumSource(FailInfo.class)
    void readsWhyItWasRefused(FailInfo failInfo) throws UntrustedReplyException {
        Conversation conversation = new Conversation(Keys.DEVICE, Conversation.USUAL);
        PkiRequest request = conversation.pkcsReq();

        CertRep one = conversation
                .decoder()
                .decode(conversation.answer(request, to -> conversation.replies.failure(to, failInfo, "No.")), request);
        CertRep other = conversation
                .decoder()
                .decode(conversation.answer(request, to -> conversation.replies.failure(to, failInfo, "")), request);

        assertThat(one).isEqualTo(new CertRep.Failure(failInfo, Optional.of("No.")));
        assertThat(other).isEqualTo(new CertRep.Failure(failInfo, Optional.empty()));
    }

    @Test
    void readsACrl() throws Exception {
        X509CRLHolder crl = new X509v2CRLBuilder(new X500Name("CN=Test CA,O=Acme"), new Date(0))
                .addCRLEntry(BigInteger.TEN, new Date(0), 0)
                .build(Keys.signer(Keys.OTHER));
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addCRL(crl);
        CMSSignedData bundle = generator.generate(new CMSProcessableByteArray(new byte[0]));

        ReceivedBundle read = ReceivedBundle.read(bundle.getEncoded());

        assertThat(read.crls()).containsExactly(crl);
        assertThat(read.certificates()).isEmpty();
    }

    @Test
    void believesNoOtherSigner() {
        Conversation conversation = new Conversation(Keys.DEVICE, Conversation.USUAL);
        PkiRequest request = conversation.pkcsReq();
        X509CertificateHolder copy = Keys.certificate(
                "CN=Test RA,O=Acme", "CN=Test CA,O=Acme", Keys.OTHER, Keys.OTHER, BigInteger.valueOf(4711));
        RecipientKey impostor = new RecipientKey(Keys.OTHER.getPrivate(), copy, Security.getProvider("SunJCE"));

        byte[] reply = conversation.answer(request, new CertRepEncoder(impostor, Conversation.RANDOM)::pending);

        assertThatThrownBy(() -> conversation.decoder().decode(reply, request))
                .isInstanceOf(UntrustedReplyException.class)
                .hasMessageContaining("signature-invalid");
    }

    @Test
    void believesNoAnswerToAnotherRequest() {
        Conversation conversation = new Conversation(Keys.DEVICE, Conversation.USUAL);
        TransactionId id = TransactionId.random(Conversation.RANDOM);
        PkiRequest first = conversation.requests.pkcsReq(conversation.csr(), id);
        PkiRequest sameTransaction = conversation.requests.pkcsReq(conversation.csr(), id);
        byte[] reply = conversation.answer(first, conversation.replies::pending);

        assertThatThrownBy(() -> conversation.decoder().decode(reply, sameTransaction))
                .isInstanceOf(UntrustedReplyException.class)
                .hasMessageContaining("another request");
        assertThatThrownBy(() -> conversation.decoder().decode(reply, conversation.pkcsReq()))
                .isInstanceOf(UntrustedReplyException.class)
                .hasMessageContaining("another transaction");
    }

    @Test
    void believesNoRequestForAnAnswer() {
        Conversation conversation = new Conversation(Keys.DEVICE, Conversation.USUAL);
        PkiRequest request = conversation.pkcsReq();
        byte[] reflected = new SignedDataEncoder(Keys.recipient())
                .encode(
                        new byte[0],
                        new SignedAttributes(MessageType.PKCS_REQ, request.transactionId(), request.senderNonce())
                                .number(ScepAttributes.PKI_STATUS, 3)
                                .octets(
                                        ScepAttributes.RECIPIENT_NONCE,
                                        request.senderNonce().bytes()),
                        DigestAlgorithm.SHA_256);

        assertThatThrownBy(() -> conversation.decoder().decode(reflected, request))
                .isInstanceOf(UntrustedReplyException.class)
                .hasMessageContaining("no CertRep");
    }

    @Test
    void believesNoStatusThatTheRfcLacks() {
        assertUntrusted(1, new byte[0], "pkiStatus");
        assertUntrusted(2, new byte[0], "failInfo");
        assertUntrusted(0, new byte[0], "envelope-malformed");
        assertUntrusted(0, Csrs.plain(), "envelope-malformed");
    }

    private static void assertUntrusted(int pkiStatus, byte[] content, String because) {
        Conversation conversation = new Conversation(Keys.DEVICE, Conversation.USUAL);
        PkiRequest request = conversation.pkcsReq();
        byte[] reply = signed(request, pkiStatus, content);

        assertThatThrownBy(() -> conversation.decoder().decode(reply, request))
                .isInstanceOf(UntrustedReplyException.class)
                .hasMessageContaining(because);
    }

    private static byte[] signed(PkiRequest request, int pkiStatus, byte[] content) {
        return new SignedDataEncoder(Keys.recipient())
                .encode(
                        content,
                        new SignedAttributes(
                                        MessageType.CERT_REP,
                                        request.transactionId(),
                                        Nonce.random(Conversation.RANDOM))
                                .number(ScepAttributes.PKI_STATUS, pkiStatus)
                                .octets(
                                        ScepAttributes.RECIPIENT_NONCE,
                                        request.senderNonce().bytes()),
                        DigestAlgorithm.SHA_256);
    }

    @Test
    void believesNoWeakerAlgorithmThanItAskedWith() {
        Conversation asks = new Conversation(Keys.DEVICE, Conversation.USUAL);
        PkiRequest request = asks.pkcsReq();
        byte[] sha1 = new SignedDataEncoder(Keys.recipient())
                .encode(
                        new byte[0],
                        new SignedAttributes(
                                        MessageType.CERT_REP,
                                        request.transactionId(),
                                        Nonce.random(Conversation.RANDOM))
                                .number(ScepAttributes.PKI_STATUS, 3)
                                .octets(
                                        ScepAttributes.RECIPIENT_NONCE,
                                        request.senderNonce().bytes()),
                        DigestAlgorithm.SHA_1);
        byte[] des3 = new EnvelopeEncoder(Conversation.RANDOM)
                .encode(
                        CertificateBundle.of(List.of(CA)),
                        new EnvelopeRecipient(asks.device.certificate(), Optional.empty()),
                        ContentCipher.DES3,
                        KeyTransport.PKCS1);

        assertThatThrownBy(() -> asks.decoder().decode(sha1, request)).hasMessageContaining("digest-algorithm");
        assertThatThrownBy(() -> asks.decoder().decode(signed(request, 0, des3), request))
                .hasMessageContaining("content-cipher");
    }

    @Test
    void anotherChallengeOpensNothing() {
        Conversation conversation = new Conversation(Keys.EC, Conversation.USUAL);
        PkiRequest request = conversation.pkcsReq();
        byte[] reply = conversation.answer(request, to -> conversation.replies.success(to, CA, List.of()));

        assertThatThrownBy(() -> conversation.decoder("another").decode(reply, request))
                .isInstanceOf(UntrustedReplyException.class)
                .hasMessageContaining("not encrypted under the challenge");
    }

    @Test
    void anEnvelopeForAnotherDeviceOpensNothing() {
        Conversation conversation = new Conversation(Keys.DEVICE, Conversation.USUAL);
        PkiRequest request = conversation.pkcsReq();
        byte[] envelope = new EnvelopeEncoder(Conversation.RANDOM)
                .encode(
                        CertificateBundle.of(List.of(CA)),
                        new EnvelopeRecipient(CA, Optional.empty()),
                        ContentCipher.AES_128,
                        KeyTransport.PKCS1);

        assertThatThrownBy(() -> conversation.decoder().decode(signed(request, 0, envelope), request))
                .isInstanceOf(UntrustedReplyException.class)
                .hasMessageContaining("recipient-unknown");
    }

    @Test
    void flippingAnyByteNeverChangesWhatIsBelieved() {
        Conversation conversation = new Conversation(Keys.EC, Conversation.USUAL);
        PkiRequest request = conversation.pkcsReq();
        byte[] reply = conversation.answer(request, conversation.replies::pending);
        CertRepDecoder decoder = conversation.decoder();

        for (int i = 0; i < reply.length; i++) {
            byte[] mutated = reply.clone();
            mutated[i] ^= 0x41;
            assertUntrustedOrSame(decoder, mutated, request);
        }
    }

    private static void assertUntrustedOrSame(CertRepDecoder decoder, byte[] reply, PkiRequest request) {
        try {
            assertThat(decoder.decode(reply, request)).isEqualTo(new CertRep.Pending());
        } catch (UntrustedReplyException expected) {
            assertThat(expected).hasMessageStartingWith("The reply");
        }
    }

    @Test
    void noiseInTheEnvelopeOfItsOwnCaIsAnAnswerToo() {
        Conversation conversation = new Conversation(Keys.EC, Conversation.USUAL);
        PkiRequest request = conversation.pkcsReq();
        ReplyAddress to = conversation.received(request).replyTo();
        byte[] envelope = new EnvelopeEncoder(Conversation.RANDOM)
                .encode(CertificateBundle.of(List.of(CA)), to.recipient(), ContentCipher.AES_128, KeyTransport.PKCS1);

        for (int i = 0; i < envelope.length; i += 3) {
            byte[] mutated = envelope.clone();
            mutated[i] ^= 0x41;
            byte[] reply = signed(request, 0, mutated);
            assertReadsOrDistrusts(conversation.decoder(), reply, request);
        }
    }

    private static void assertReadsOrDistrusts(CertRepDecoder decoder, byte[] reply, PkiRequest request) {
        try {
            assertThat(decoder.decode(reply, request)).isInstanceOf(CertRep.Success.class);
        } catch (UntrustedReplyException expected) {
            assertThat(expected).hasMessageNotContainingAny(Csrs.CHALLENGE);
        }
    }

    @Test
    void calculatesNoTenMillionRounds() {
        PasswordSealedKey greedy = new PasswordSealedKey(
                "PBKDF2WithHmacSHA256", new byte[16], 10_000_000, ContentCipher.AES_128, new byte[16], new byte[32]);

        assertThat(greedy.open("x")).isEmpty();
    }

    @Test
    void looksAtNothingThatIsTooLongOrTooDeep() {
        Conversation conversation = new Conversation(Keys.DEVICE, Conversation.USUAL);
        PkiRequest request = conversation.pkcsReq();

        assertThatThrownBy(() -> conversation.decoder().decode(new byte[CertRepDecoder.MAX_REPLY_BYTES + 1], request))
                .isInstanceOf(UntrustedReplyException.class)
                .hasMessageContaining("too long");
        for (byte[] garbage : List.of(new byte[0], new byte[] {0x30}, Decoding.deep(5_000))) {
            assertThatThrownBy(() -> conversation.decoder().decode(garbage, request))
                    .isInstanceOf(UntrustedReplyException.class);
            assertThatThrownBy(() -> ReceivedBundle.read(garbage)).isInstanceOf(UntrustedReplyException.class);
            assertThatThrownBy(() -> ReceivedBundle.readCertificate(garbage))
                    .isInstanceOf(UntrustedReplyException.class);
        }
    }

    @Test
    void readsABundleAndACertificateAlone() throws UntrustedReplyException {
        byte[] bundle = CertificateBundle.of(List.of(Keys.RA_CERTIFICATE, CA));

        assertThat(ReceivedBundle.read(bundle).certificates()).containsExactly(Keys.RA_CERTIFICATE, CA);
        assertThat(ReceivedBundle.readCertificate(sure(CA::getEncoded))).isEqualTo(CA);
        assertThatThrownBy(() -> ReceivedBundle.read(sure(CA::getEncoded))).isInstanceOf(UntrustedReplyException.class);
    }

    private static CertRep.Success success(CertRep reply) {
        return reply.fold(success -> success, pending -> fail("pending"), failure -> fail("refused " + failure));
    }
}
