package org.scepgate.interop;

import static org.scepgate.interop.Attack.malformed;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.scepgate.interop.Attack.Means;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.ScepAttributes;
import org.scepgate.testing.SignerInfoBuilder;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestSigner;

/** Bytes to which no CertRep can be addressed, since no transaction or no signer can be made out. */
final class HostileBytes {
    private static final ASN1ObjectIdentifier TRANSACTION_ID = ScepAttributes.TRANSACTION_ID;

    private HostileBytes() {}

    static List<Attack> attacks() {
        return List.of(
                malformed("no bytes", means -> new byte[0]),
                malformed("text", means -> "GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII)),
                malformed("one zero byte", means -> new byte[1]),
                malformed("zeros", means -> new byte[4096]),
                malformed("truncated after 1 byte", means -> Arrays.copyOf(proper(means), 1)),
                malformed("truncated in the middle", means -> Arrays.copyOf(proper(means), proper(means).length / 2)),
                malformed("truncated by 1 byte", means -> Arrays.copyOf(proper(means), proper(means).length - 1)),
                malformed("one byte too many", means -> Arrays.copyOf(proper(means), proper(means).length + 1)),
                malformed("10,000 levels of BER", means -> nested(10_000)),
                malformed("120,000 levels of BER", means -> nested(120_000)),
                malformed("a length of 2 GiB", means -> new byte[] {0x30, (byte) 0x84, 0x7f, -1, -1, -1, 0x30, 0}),
                malformed("a CSR without an envelope", means -> means.csr().encoded()),
                malformed("an envelope without a signature", HostileBytes::envelope),
                malformed(
                        "an outer type of data",
                        means -> message(means)
                                .outerType(CMSObjectIdentifiers.data)
                                .build()),
                malformed("no signer", means -> unsigned(means).build()),
                malformed("two signers", HostileBytes::twoSigners),
                malformed(
                        "no signed attributes",
                        means -> unsigned(means)
                                .signedBy(SignerInfoBuilder.of(means.device().signer())
                                        .withoutSignedAttributes())
                                .certificate(means.device().signer().certificate())
                                .build()),
                malformed(
                        "no certificate",
                        means -> unsigned(means)
                                .signedBy(SignerInfoBuilder.of(means.device().signer()))
                                .build()),
                malformed("another certificate than the signer's", HostileBytes::strangeCertificate),
                malformed(
                        "no transactionID",
                        means -> message(means).without(TRANSACTION_ID).build()),
                malformed(
                        "an empty transactionID",
                        means -> message(means).transactionId("").build()),
                malformed(
                        "a transactionID of 300 characters",
                        means -> message(means).transactionId("7".repeat(300)).build()),
                malformed(
                        "a transactionID of another type",
                        means -> message(means)
                                .attribute(TRANSACTION_ID, new DERUTF8String("42"))
                                .build()),
                malformed(
                        "two transactionIDs",
                        means -> message(means)
                                .alsoAttribute(TRANSACTION_ID, new DERPrintableString("42"))
                                .build()),
                malformed(
                        "a transactionID with two values",
                        means -> message(means)
                                .attribute(TRANSACTION_ID, new DERPrintableString("42"), new DERPrintableString("43"))
                                .build()));
    }

    private static MessageBuilder message(Means means) {
        return means.device().request(means.csr());
    }

    private static MessageBuilder unsigned(Means means) {
        return MessageBuilder.pkcsReq(envelope(means));
    }

    private static byte[] proper(Means means) {
        return message(means).build();
    }

    private static byte[] envelope(Means means) {
        return means.device().envelope(means.csr().encoded()).build();
    }

    private static byte[] twoSigners(Means means) {
        return message(means)
                .signedBy(TestSigner.selfSigned(TestKeys.rsa(), "CN=second"))
                .build();
    }

    private static byte[] strangeCertificate(Means means) {
        return unsigned(means)
                .signedBy(SignerInfoBuilder.of(means.device().signer()))
                .certificate(
                        TestSigner.selfSigned(TestKeys.rsa(), "CN=stranger").certificate())
                .build();
    }

    /** Sequences of indefinite length, one in another and none closed: what overflows the stack of a recursive parser. */
    static byte[] nested(int levels) {
        byte[] bytes = new byte[2 * levels];
        for (int i = 0; i < bytes.length; i += 2) {
            bytes[i] = 0x30;
            bytes[i + 1] = (byte) 0x80;
        }
        return bytes;
    }
}
