package org.scepgate.scep;

import static org.scepgate.scep.Keys.sure;

import java.security.KeyPair;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/** PKCS#10 requests as devices make them. */
final class Csrs {
    static final String CHALLENGE = "s3cret-challenge";

    private Csrs() {}

    static byte[] plain() {
        return withChallenge(new DERPrintableString(CHALLENGE));
    }

    static byte[] withChallenge(ASN1Encodable... values) {
        return withAttributes(challenge(values));
    }

    static Attribute challenge(ASN1Encodable... values) {
        return new Attribute(PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERSet(values));
    }

    /** Built by hand, because Bouncy Castle refuses to build what no device should send. */
    static byte[] withAttributes(ASN1Encodable... attributes) {
        ASN1Encodable info = new DERSequence(new ASN1Encodable[] {
            new ASN1Integer(0),
            new X500Name("CN=device-42,O=Acme"),
            Keys.info(Keys.DEVICE),
            new DERTaggedObject(false, 0, new DERSet(attributes))
        });
        ContentSigner signer = Keys.signer(Keys.DEVICE);
        return sure(() -> {
            signer.getOutputStream().write(info.toASN1Primitive().getEncoded());
            return new DERSequence(new ASN1Encodable[] {
                        info, signer.getAlgorithmIdentifier(), new DERBitString(signer.getSignature())
                    })
                    .getEncoded();
        });
    }

    static byte[] of(KeyPair key, String signatureAlgorithm) {
        return of(Keys.info(key), key, signatureAlgorithm);
    }

    static byte[] of(SubjectPublicKeyInfo key, KeyPair by, String signatureAlgorithm) {
        return sure(
                () -> builder(key).build(Keys.signer(by, signatureAlgorithm)).getEncoded());
    }

    static PKCS10CertificationRequestBuilder builder(SubjectPublicKeyInfo key) {
        return new PKCS10CertificationRequestBuilder(new X500Name("CN=device-42,O=Acme"), key);
    }
}
