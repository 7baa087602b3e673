package org.scepgate.interop;

import static org.scepgate.interop.Attack.badAlg;
import static org.scepgate.interop.Attack.badCertId;
import static org.scepgate.interop.Attack.badMessageCheck;
import static org.scepgate.interop.Attack.badRequest;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.scepgate.interop.Attack.Means;
import org.scepgate.testing.ContentCipher;
import org.scepgate.testing.DigestAlgorithm;
import org.scepgate.testing.EnvelopeBuilder;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.ScepAttributes;
import org.scepgate.testing.SignerInfoBuilder;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestSigner;

/** Messages that name a transaction and a signer, and must therefore be answered with a signed FAILURE. */
final class HostileMessages {
    private HostileMessages() {}

    static List<Attack> attacks() {
        List<Attack> all = new ArrayList<>();
        all.addAll(messageTypes());
        all.addAll(attributes());
        all.addAll(algorithms());
        all.addAll(signatures());
        all.addAll(recipients());
        return all;
    }

    private static List<Attack> messageTypes() {
        List<Attack> all = new ArrayList<>();
        // 18 is an UpdateReq of old drafts, which let CVE-2026-30836 in elsewhere; 3 is a CertRep.
        for (String type : List.of("18", "0", "3", "1", "99", "-19", "019", " 19", "19 ", "0x13", "", "1".repeat(40))) {
            all.add(altered("messageType '" + type + "'", message -> message.messageType(type)));
        }
        all.add(altered("messageType 17, signed by no certificate of ours", message -> message.messageType("17")));
        all.add(badCertId(
                "messageType 20 with a CSR, where nothing waits",
                means -> means.device().request(means.csr()).messageType("20").build()));
        all.add(badCertId(
                "messageType 20 that cannot be decrypted, where nothing waits",
                means -> means.device()
                        .request(means.device().envelope(new byte[99]).wrongKeyPadding())
                        .messageType("20")
                        .build()));
        all.add(altered("messageType 21 with a CSR", message -> message.messageType("21")));
        all.add(altered("messageType 22 with a CSR", message -> message.messageType("22")));
        all.add(badCertId(
                "messageType 20 where nothing waits",
                means -> means.device()
                        .request(HostileContent.issuerAndSubject(means))
                        .messageType("20")
                        .build()));
        all.add(badRequest(
                "messageType 21, which is not served",
                means -> means.device()
                        .request(HostileContent.issuerAndSerial(means))
                        .messageType("21")
                        .build()));
        all.add(altered(
                "two messageTypes",
                message -> message.alsoAttribute(ScepAttributes.MESSAGE_TYPE, new DERPrintableString("20"))));
        all.add(altered(
                "a messageType with two values",
                message -> message.attribute(
                        ScepAttributes.MESSAGE_TYPE, new DERPrintableString("19"), new DERPrintableString("20"))));
        all.add(altered(
                "a messageType of another type",
                message -> message.attribute(ScepAttributes.MESSAGE_TYPE, new DERUTF8String("19"))));
        all.add(altered("no messageType", message -> message.without(ScepAttributes.MESSAGE_TYPE)));
        return all;
    }

    private static List<Attack> attributes() {
        return List.of(
                altered("an empty senderNonce", message -> message.senderNonce(new byte[0])),
                altered("a senderNonce of 65 bytes", message -> message.senderNonce(new byte[65])),
                altered("no senderNonce", message -> message.without(ScepAttributes.SENDER_NONCE)),
                altered(
                        "two senderNonces",
                        message ->
                                message.alsoAttribute(ScepAttributes.SENDER_NONCE, new DEROctetString(new byte[16]))),
                altered(
                        "an eContentType of signedData",
                        message -> message.contentType(CMSObjectIdentifiers.signedData)),
                badMessageCheck(
                        "a messageDigest of other content",
                        means -> means.device()
                                .request(means.csr())
                                .attribute(CMSAttributes.messageDigest, new DEROctetString(new byte[32]))
                                .build()),
                badMessageCheck(
                        "a contentType attribute of another type",
                        means -> means.device()
                                .request(means.csr())
                                .attribute(CMSAttributes.contentType, CMSObjectIdentifiers.envelopedData)
                                .build()),
                badMessageCheck(
                        "two messageDigests",
                        means -> means.device()
                                .request(means.csr())
                                .attribute(CMSAttributes.messageDigest, new DEROctetString(new byte[32]))
                                .alsoAttribute(CMSAttributes.messageDigest, new DEROctetString(new byte[32]))
                                .build()));
    }

    private static List<Attack> algorithms() {
        return List.of(
                badAlg("an MD5 digest", means -> digest(means, DigestAlgorithm.MD5)),
                badAlg("a SHA-1 digest", means -> digest(means, DigestAlgorithm.SHA1)),
                badAlg("single DES", means -> cipher(means, ContentCipher.DES)),
                badAlg("3DES", means -> cipher(means, ContentCipher.DES3)),
                badAlg("an RSA-512 key", withKey(() -> TestKeys.rsa(512))),
                badAlg("an RSA-1024 key", withKey(() -> TestKeys.rsa(1024))),
                badAlg("an RSA-16384 key", withKey(TestKeys::rsa16384)),
                badAlg("an even modulus", withKey(TestKeys::rsaWithEvenModulus)),
                badAlg(
                        "an EC key without a challenge to encrypt the answer with",
                        HostileMessages::ecWithoutChallenge));
    }

    private static List<Attack> signatures() {
        return List.of(
                badMessageCheck(
                        "a tampered signature",
                        means -> signed(
                                means,
                                SignerInfoBuilder.of(means.device().signer()).tampered())),
                badMessageCheck(
                        "a signature by another key",
                        means -> signed(
                                means,
                                SignerInfoBuilder.of(means.device().signer()).keys(TestKeys.rsa()))),
                badRequest(
                        "a signer whose key is not the CSR's",
                        means -> means.device()
                                .another(TestKeys.rsa())
                                .request(means.csr())
                                .build()));
    }

    private static List<Attack> recipients() {
        return List.of(
                badRequest(
                        "a stranger as recipient",
                        means -> means.device()
                                .request(EnvelopeBuilder.of(means.csr().encoded())
                                        .to(TestSigner.selfSigned(TestKeys.rsa(), "CN=stranger")
                                                .certificate()))
                                .build()),
                badRequest(
                        "no recipient",
                        means -> means.device()
                                .request(EnvelopeBuilder.of(means.csr().encoded()))
                                .build()),
                badRequest("an eContent that is no envelope", means -> bare(means, new byte[] {0x30, 0x00})),
                badRequest("an empty eContent", means -> bare(means, new byte[0])),
                badRequest("an eContent of 2,000 levels", means -> bare(means, HostileBytes.nested(2_000))));
    }

    private static Attack altered(String name, UnaryOperator<MessageBuilder> change) {
        return badRequest(
                name, means -> change.apply(means.device().request(means.csr())).build());
    }

    private static Function<Means, byte[]> withKey(Supplier<KeyPair> keys) {
        return means -> {
            TestDevice device = means.device().another(keys.get());
            return device.request(device.csr(Means.SUBJECT, means.challenge().secret()))
                    .build();
        };
    }

    private static byte[] ecWithoutChallenge(Means means) {
        TestDevice device = means.device().another(TestKeys.ec("secp256r1"));
        return device.request(TestCsr.of(device.keys()).subject(Means.SUBJECT)).build();
    }

    private static byte[] digest(Means means, DigestAlgorithm digest) {
        return signed(means, SignerInfoBuilder.of(means.device().signer()).digest(digest));
    }

    private static byte[] signed(Means means, SignerInfoBuilder signer) {
        return MessageBuilder.pkcsReq(
                        means.device().envelope(means.csr().encoded()).build())
                .signedBy(signer)
                .certificate(means.device().signer().certificate())
                .build();
    }

    private static byte[] cipher(Means means, ContentCipher cipher) {
        return means.device()
                .request(means.device().envelope(means.csr().encoded()).cipher(cipher))
                .build();
    }

    private static byte[] bare(Means means, byte[] content) {
        return MessageBuilder.pkcsReq(content).signedBy(means.device().signer()).build();
    }
}
