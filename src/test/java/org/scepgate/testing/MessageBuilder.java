package org.scepgate.testing;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;

/** Builder of pkiMessages (RFC 8894, 3.2): a proper PKCSReq by default, anything else on demand. */
public final class MessageBuilder {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] content;
    private final List<Attribute> attributes = new ArrayList<>();
    private final List<X509CertificateHolder> certificates = new ArrayList<>();
    private final List<SignerInfoBuilder> signers = new ArrayList<>();
    private Encoding encoding = Encoding.DER;
    private ASN1ObjectIdentifier contentType = CMSObjectIdentifiers.data;
    private ASN1ObjectIdentifier outerType = CMSObjectIdentifiers.signedData;
    private String transactionId = HexFormat.of().formatHex(random(16));
    private byte[] senderNonce = random(16);

    private MessageBuilder(byte[] content) {
        this.content = content.clone();
    }

    /** A message around pkcsPKIEnvelope bytes, as {@link EnvelopeBuilder} makes them. */
    public static MessageBuilder pkcsReq(byte[] envelope) {
        return new MessageBuilder(envelope)
                .messageType("19")
                .transactionId(HexFormat.of().formatHex(random(16)))
                .senderNonce(random(16));
    }

    public MessageBuilder messageType(String value) {
        return attribute(ScepAttributes.MESSAGE_TYPE, new DERPrintableString(value));
    }

    public MessageBuilder transactionId(String value) {
        this.transactionId = value;
        return attribute(ScepAttributes.TRANSACTION_ID, new DERPrintableString(value));
    }

    public MessageBuilder senderNonce(byte[] value) {
        this.senderNonce = value.clone();
        return attribute(ScepAttributes.SENDER_NONCE, new DEROctetString(value));
    }

    /** Puts this attribute in place of any other of its type. */
    public MessageBuilder attribute(ASN1ObjectIdentifier type, ASN1Encodable... values) {
        return without(type).alsoAttribute(type, values);
    }

    /** Adds this attribute beside others of its type. */
    public MessageBuilder alsoAttribute(ASN1ObjectIdentifier type, ASN1Encodable... values) {
        attributes.add(new Attribute(type, new DERSet(values)));
        return this;
    }

    public MessageBuilder without(ASN1ObjectIdentifier type) {
        attributes.removeIf(attribute -> attribute.getAttrType().equals(type));
        return this;
    }

    /** Signs with SHA-256 and adds the signer's certificate; a second call makes a second SignerInfo. */
    public MessageBuilder signedBy(TestSigner signer) {
        return signedBy(SignerInfoBuilder.of(signer)).certificate(signer.certificate());
    }

    public MessageBuilder signedBy(SignerInfoBuilder signer) {
        signers.add(signer);
        return this;
    }

    /** A certificate the message carries, whether it signed or not. */
    public MessageBuilder certificate(X509CertificateHolder certificate) {
        certificates.add(certificate);
        return this;
    }

    public MessageBuilder encoding(Encoding value) {
        this.encoding = value;
        return this;
    }

    /** The eContentType; XiPKI's client says envelopedData here. */
    public MessageBuilder contentType(ASN1ObjectIdentifier value) {
        this.contentType = value;
        return this;
    }

    /** The type of the outer ContentInfo. */
    public MessageBuilder outerType(ASN1ObjectIdentifier value) {
        this.outerType = value;
        return this;
    }

    public String transactionId() {
        return transactionId;
    }

    public byte[] senderNonce() {
        return senderNonce.clone();
    }

    public byte[] build() {
        try {
            return encoding.sequence(outerType, encoding.explicit(0, signedData()))
                    .getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private ASN1Encodable signedData() throws IOException {
        ASN1EncodableVector digests = new ASN1EncodableVector();
        ASN1EncodableVector infos = new ASN1EncodableVector();
        for (SignerInfoBuilder signer : signers) {
            digests.add(signer.digestIdentifier());
            infos.add(signer.build(attributes, contentType, content));
        }
        ASN1EncodableVector carried = new ASN1EncodableVector();
        certificates.forEach(certificate -> carried.add(certificate.toASN1Structure()));
        int version = contentType.equals(CMSObjectIdentifiers.data) ? 1 : 3;
        return encoding.sequence(
                new ASN1Integer(version),
                encoding.set(digests),
                encoding.sequence(contentType, encoding.explicit(0, encoding.octets(content))),
                encoding.implicit(0, encoding.set(carried)),
                encoding.set(infos));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
