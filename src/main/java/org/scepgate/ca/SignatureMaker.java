package org.scepgate.ca;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;

/** Makes one signature; the algorithm follows the key, SHA-256 or stronger. */
public final class SignatureMaker implements ContentSigner {
    private final KeyOperations key;
    private final String algorithm;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    public SignatureMaker(KeyOperations key, SubjectPublicKeyInfo publicKey) {
        this.key = key;
        this.algorithm = algorithm(publicKey.getAlgorithm());
    }

    private static String algorithm(AlgorithmIdentifier keyAlgorithm) {
        if (keyAlgorithm.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return "SHA256withRSA";
        }
        return SECObjectIdentifiers.secp384r1.equals(keyAlgorithm.getParameters())
                ? "SHA384withECDSA"
                : "SHA256withECDSA";
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return new DefaultSignatureAlgorithmIdentifierFinder().find(algorithm);
    }

    @Override
    public OutputStream getOutputStream() {
        return content;
    }

    @Override
    public byte[] getSignature() {
        return key.sign(algorithm, content.toByteArray());
    }
}
