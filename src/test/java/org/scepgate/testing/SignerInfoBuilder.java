package org.scepgate.testing;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;

/** Builder of one SignerInfo (RFC 5652, 5.3) over the attributes of a message. */
public final class SignerInfoBuilder {
    private final TestSigner signer;
    private KeyPair keys;
    private DigestAlgorithm digest = DigestAlgorithm.SHA256;
    private boolean pss;
    private boolean bareRsa;
    private boolean signedAttributes = true;
    private boolean tampered;
    private boolean byKeyIdentifier;

    private SignerInfoBuilder(TestSigner signer) {
        this.signer = signer;
        this.keys = signer.keys();
    }

    /** A signature by the key of this signer, whose certificate it names. */
    public static SignerInfoBuilder of(TestSigner signer) {
        return new SignerInfoBuilder(signer);
    }

    public SignerInfoBuilder digest(DigestAlgorithm value) {
        this.digest = value;
        return this;
    }

    /** RSASSA-PSS in place of PKCS#1 v1.5. */
    public SignerInfoBuilder pss() {
        this.pss = true;
        return this;
    }

    /** Names the algorithm rsaEncryption, as most devices do, in place of sha256WithRSAEncryption and its like. */
    public SignerInfoBuilder bareRsa() {
        this.bareRsa = true;
        return this;
    }

    public SignerInfoBuilder withoutSignedAttributes() {
        this.signedAttributes = false;
        return this;
    }

    /** Changes one bit of the signature. */
    public SignerInfoBuilder tampered() {
        this.tampered = true;
        return this;
    }

    /** Names the certificate by the SHA-1 of its key (RFC 5652, 5.3), in place of issuer and serial number. */
    public SignerInfoBuilder byKeyIdentifier() {
        this.byKeyIdentifier = true;
        return this;
    }

    /** Signs with another key than the certificate's. */
    public SignerInfoBuilder keys(KeyPair other) {
        this.keys = other;
        return this;
    }

    AlgorithmIdentifier digestIdentifier() {
        return digest.identifier();
    }

    ASN1Encodable build(List<Attribute> scepAttributes, ASN1ObjectIdentifier contentType, byte[] content)
            throws IOException {
        ASN1EncodableVector info = new ASN1EncodableVector();
        info.add(new ASN1Integer(byKeyIdentifier ? 3 : 1));
        info.add(identifier());
        info.add(digestIdentifier());
        if (signedAttributes) {
            DERSet attributes = attributes(scepAttributes, contentType, content);
            info.add(new DERTaggedObject(false, 0, attributes));
            info.add(signatureIdentifier());
            info.add(new DEROctetString(sign(attributes.getEncoded(ASN1Encoding.DER))));
        } else {
            info.add(signatureIdentifier());
            info.add(new DEROctetString(sign(content)));
        }
        return new DERSequence(info);
    }

    private ASN1Encodable identifier() {
        if (byKeyIdentifier) {
            byte[] key = signer.certificate()
                    .getSubjectPublicKeyInfo()
                    .getPublicKeyData()
                    .getBytes();
            return new DERTaggedObject(false, 0, new DEROctetString(DigestAlgorithm.SHA1.of(key)));
        }
        return new IssuerAndSerialNumber(
                signer.certificate().getIssuer(), signer.certificate().getSerialNumber());
    }

    private DERSet attributes(List<Attribute> scepAttributes, ASN1ObjectIdentifier contentType, byte[] content) {
        List<Attribute> all = new ArrayList<>(scepAttributes);
        addMissing(all, CMSAttributes.contentType, contentType);
        addMissing(all, CMSAttributes.messageDigest, new DEROctetString(digest.of(content)));
        return new DERSet(all.toArray(new ASN1Encodable[0]));
    }

    private static void addMissing(List<Attribute> all, ASN1ObjectIdentifier type, ASN1Encodable value) {
        if (all.stream().noneMatch(attribute -> attribute.getAttrType().equals(type))) {
            all.add(new Attribute(type, new DERSet(value)));
        }
    }

    private AlgorithmIdentifier signatureIdentifier() {
        if (bareRsa) {
            return new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
        }
        if (pss) {
            AlgorithmIdentifier mask = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, digest.identifier());
            ASN1Integer salt = new ASN1Integer(saltLength());
            return new AlgorithmIdentifier(
                    PKCSObjectIdentifiers.id_RSASSA_PSS,
                    new RSASSAPSSparams(digest.identifier(), mask, salt, RSASSAPSSparams.DEFAULT_TRAILER_FIELD));
        }
        return new DefaultSignatureAlgorithmIdentifierFinder().find(signatureName());
    }

    private byte[] sign(byte[] content) {
        try {
            Signature signature = Signature.getInstance(pss ? "RSASSA-PSS" : signatureName());
            if (pss) {
                MGF1ParameterSpec mask = new MGF1ParameterSpec(digest.jca());
                signature.setParameter(new PSSParameterSpec(digest.jca(), "MGF1", mask, saltLength(), 1));
            }
            signature.initSign(keys.getPrivate());
            signature.update(content);
            byte[] value = signature.sign();
            value[value.length / 2] ^= (byte) (tampered ? 1 : 0);
            return value;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String signatureName() {
        return digest.signatureWith(signer.isElliptic() ? "ECDSA" : "RSA");
    }

    private int saltLength() {
        return digest.of(new byte[0]).length;
    }
}
