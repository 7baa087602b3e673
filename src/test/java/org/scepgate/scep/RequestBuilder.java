package org.scepgate.scep;

import static org.scepgate.scep.Keys.sure;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;

/** A request put together field by field with Bouncy Castle's structures, so that any field can be wrong. */
final class RequestBuilder {
    static final byte[] NONCE = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Map<ASN1ObjectIdentifier, List<Attribute>> attributes = new HashMap<>();
    private KeyPair signingKey = Keys.DEVICE;
    private X509CertificateHolder signer = Keys.DEVICE_CERTIFICATE;
    private List<ASN1Encodable> certificates;
    private SignerIdentifier identifier;
    private String digest = "SHA-256";
    private AlgorithmIdentifier signatureAlgorithm =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    private ASN1ObjectIdentifier contentType = CMSObjectIdentifiers.data;
    private byte[] content = new EnvelopeBuilder().build(Csrs.plain());
    private UnaryOperator<SignerInfo> signerInfoChange = UnaryOperator.identity();
    private int signers = 1;

    RequestBuilder() {
        attribute(CMSAttributes.contentType, CMSObjectIdentifiers.data);
        attribute(ScepAttributes.MESSAGE_TYPE, new DERPrintableString("19"));
        attribute(ScepAttributes.TRANSACTION_ID, new DERPrintableString("7XXEY-ERLPU-2JDR9"));
        attribute(ScepAttributes.SENDER_NONCE, new DEROctetString(NONCE));
    }

    /** Replaces the attribute; no value leaves it out. */
    RequestBuilder attribute(ASN1ObjectIdentifier type, ASN1Encodable... values) {
        attributes.put(type, values.length == 0 ? List.of() : List.of(new Attribute(type, new DERSet(values))));
        return this;
    }

    RequestBuilder attributeTwice(ASN1ObjectIdentifier type, ASN1Encodable one, ASN1Encodable other) {
        attributes.put(type, List.of(new Attribute(type, new DERSet(one)), new Attribute(type, new DERSet(other))));
        return this;
    }

    RequestBuilder messageType(String text) {
        return attribute(ScepAttributes.MESSAGE_TYPE, new DERPrintableString(text));
    }

    RequestBuilder signer(KeyPair key, X509CertificateHolder certificate) {
        this.signingKey = key;
        this.signer = certificate;
        return this;
    }

    RequestBuilder certificates(ASN1Encodable... inMessage) {
        this.certificates = List.of(inMessage);
        return this;
    }

    RequestBuilder signerKeyId(byte[] keyId) {
        this.identifier = new SignerIdentifier((ASN1OctetString) new DEROctetString(keyId));
        return this;
    }

    RequestBuilder digest(String name) {
        this.digest = name;
        return this;
    }

    RequestBuilder signatureAlgorithm(AlgorithmIdentifier algorithm) {
        this.signatureAlgorithm = algorithm;
        return this;
    }

    RequestBuilder contentType(ASN1ObjectIdentifier type) {
        this.contentType = type;
        return attribute(CMSAttributes.contentType, type);
    }

    RequestBuilder eContentType(ASN1ObjectIdentifier type) {
        this.contentType = type;
        return this;
    }

    RequestBuilder content(byte[] envelope) {
        this.content = envelope;
        return this;
    }

    RequestBuilder csr(byte[] csr) {
        return content(new EnvelopeBuilder().build(csr));
    }

    RequestBuilder signerInfo(UnaryOperator<SignerInfo> change) {
        this.signerInfoChange = change;
        return this;
    }

    RequestBuilder signers(int count) {
        this.signers = count;
        return this;
    }

    byte[] build() {
        return build(ASN1Encoding.DER);
    }

    byte[] build(String encoding) {
        return sure(() -> structure().getEncoded(encoding));
    }

    ContentInfo structure() {
        AlgorithmIdentifier digestIdentifier = new DefaultDigestAlgorithmIdentifierFinder().find(digest);
        SignerInfo signerInfo = signerInfoChange.apply(signerInfo(digestIdentifier));
        ASN1EncodableVector signerInfos = new ASN1EncodableVector();
        for (int i = 0; i < signers; i++) {
            signerInfos.add(signerInfo);
        }
        List<ASN1Encodable> inMessage = certificates == null ? List.of(signer.toASN1Structure()) : certificates;
        SignedData data = new SignedData(
                new DERSet(digestIdentifier),
                new ContentInfo(contentType, content == null ? null : new DEROctetString(content)),
                inMessage.isEmpty() ? null : new DERSet(inMessage.toArray(ASN1Encodable[]::new)),
                null,
                new DERSet(signerInfos));
        return new ContentInfo(CMSObjectIdentifiers.signedData, data);
    }

    private SignerInfo signerInfo(AlgorithmIdentifier digestIdentifier) {
        byte[] hash = sure(() -> MessageDigest.getInstance(digest).digest(content == null ? new byte[0] : content));
        if (!attributes.containsKey(CMSAttributes.messageDigest)) {
            attribute(CMSAttributes.messageDigest, new DEROctetString(hash));
        }
        List<ASN1Encodable> all = new ArrayList<>();
        attributes.values().forEach(all::addAll);
        DERSet signedAttributes = new DERSet(all.toArray(ASN1Encodable[]::new));
        SignerIdentifier usual = new SignerIdentifier(new IssuerAndSerialNumber(signer.toASN1Structure()));
        return new SignerInfo(
                identifier == null ? usual : identifier,
                digestIdentifier,
                signedAttributes,
                signatureAlgorithm,
                new DEROctetString(sign(signedAttributes)),
                null);
    }

    private byte[] sign(DERSet signedAttributes) {
        String suffix = signingKey.getPrivate().getAlgorithm().equals("EC") ? "withECDSA" : "withRSA";
        return sure(() -> {
            Signature signature = Signature.getInstance(digest.replace("-", "") + suffix);
            signature.initSign(signingKey.getPrivate());
            signature.update(signedAttributes.getEncoded(ASN1Encoding.DER));
            return signature.sign();
        });
    }
}
