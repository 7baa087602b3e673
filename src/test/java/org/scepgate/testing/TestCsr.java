package org.scepgate.testing;

import java.io.IOException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** Builder of PKCS#10 requests, honest and not, whose proof of possession can be another key's. */
public final class TestCsr {
    private static final ASN1ObjectIdentifier MICROSOFT_EXTENSION_REQUEST =
            new ASN1ObjectIdentifier("1.3.6.1.4.1.311.2.1.14");

    private static final ASN1ObjectIdentifier PRINCIPAL = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3");

    private final SubjectPublicKeyInfo publicKey;
    private final List<GeneralName> names = new ArrayList<>();
    private final List<Extension> extensions = new ArrayList<>();
    private final List<Attribute> attributes = new ArrayList<>();
    private ASN1ObjectIdentifier extensionRequest = PKCSObjectIdentifiers.pkcs_9_at_extensionRequest;
    private X500Name subject = new X500Name(new RDN[0]);
    private PrivateKey proof;
    private String signature;

    private TestCsr(SubjectPublicKeyInfo publicKey, PrivateKey proof) {
        this.publicKey = publicKey;
        this.proof = proof;
        this.signature = "EC".equals(proof.getAlgorithm()) ? "SHA256withECDSA" : "SHA256withRSA";
    }

    public static TestCsr of(KeyPair keys) {
        return of(SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()), keys.getPrivate());
    }

    /** A request for a public key that the signing key need not belong to. */
    public static TestCsr of(SubjectPublicKeyInfo publicKey, PrivateKey proof) {
        return new TestCsr(publicKey, proof);
    }

    /** The subject in the order of its encoding, as in {@code CN=device-42,O=Acme}. */
    public TestCsr subject(String name) {
        return subject(new X500Name(BCStyle.INSTANCE, name));
    }

    public TestCsr subject(X500Name name) {
        this.subject = name;
        return this;
    }

    public TestCsr dns(String... values) {
        for (String value : values) {
            names.add(new GeneralName(GeneralName.dNSName, value));
        }
        return this;
    }

    public TestCsr email(String value) {
        return name(new GeneralName(GeneralName.rfc822Name, value));
    }

    public TestCsr uri(String value) {
        return name(new GeneralName(GeneralName.uniformResourceIdentifier, value));
    }

    public TestCsr ip(String value) {
        return name(new GeneralName(GeneralName.iPAddress, value));
    }

    public TestCsr upn(String value) {
        // Microsoft's userPrincipalName, [0] EXPLICIT UTF8String inside otherName.
        ASN1Encodable text = new DERTaggedObject(true, 0, new DERUTF8String(value));
        return name(new GeneralName(GeneralName.otherName, sequence(PRINCIPAL, text)));
    }

    public TestCsr name(GeneralName name) {
        names.add(name);
        return this;
    }

    public TestCsr extension(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
        try {
            return extension(Extension.create(id, critical, value));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public TestCsr extension(Extension extension) {
        extensions.add(extension);
        return this;
    }

    /** Windows may name its extension request by Microsoft's own identifier. */
    public TestCsr microsoftExtensionRequest() {
        this.extensionRequest = MICROSOFT_EXTENSION_REQUEST;
        return this;
    }

    /** One challengePassword attribute holding these values; call it twice for two attributes. */
    public TestCsr challenge(String... values) {
        ASN1EncodableVector set = new ASN1EncodableVector();
        for (String value : values) {
            set.add(new DERUTF8String(value));
        }
        return attribute(new Attribute(PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERSet(set)));
    }

    /** A challengePassword of any type, such as a BMPString or something that is no string at all. */
    public TestCsr challenge(ASN1Encodable value) {
        return attribute(new Attribute(PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERSet(value)));
    }

    public TestCsr attribute(Attribute attribute) {
        attributes.add(attribute);
        return this;
    }

    /** Signs with another key than the one asked for. */
    public TestCsr signedBy(PrivateKey key) {
        this.proof = key;
        return this;
    }

    /** The JCA name of the signature, such as {@code MD5withRSA}. */
    public TestCsr signature(String algorithm) {
        this.signature = algorithm;
        return this;
    }

    public PKCS10CertificationRequest build() {
        try {
            return new PKCS10CertificationRequest(encoded());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The request in DER, put together by hand since Bouncy Castle's builder refuses attributes that are wrong. */
    public byte[] encoded() {
        ASN1EncodableVector all = new ASN1EncodableVector();
        requestedExtensions().ifPresent(asked -> all.add(new Attribute(extensionRequest, new DERSet(asked))));
        attributes.forEach(all::add);
        try {
            ASN1Encodable information =
                    sequence(new ASN1Integer(0), subject, publicKey, new DERTaggedObject(false, 0, new DERSet(all)));
            ContentSigner signer = new JcaContentSignerBuilder(signature).build(proof);
            signer.getOutputStream().write(information.toASN1Primitive().getEncoded(ASN1Encoding.DER));
            return sequence(information, signer.getAlgorithmIdentifier(), new DERBitString(signer.getSignature()))
                    .getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DERSequence sequence(ASN1Encodable... elements) {
        return new DERSequence(elements);
    }

    private Optional<Extensions> requestedExtensions() {
        if (!names.isEmpty()) {
            extension(Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(new GeneralName[0])));
            names.clear();
        }
        return Optional.of(extensions)
                .filter(asked -> !asked.isEmpty())
                .map(asked -> new Extensions(asked.toArray(new Extension[0])));
    }
}
