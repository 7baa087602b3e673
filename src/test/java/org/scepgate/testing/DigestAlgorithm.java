package org.scepgate.testing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** The digests devices sign with, from old Cisco images' MD5 to SHA-512. */
public enum DigestAlgorithm {
    MD5("MD5", PKCSObjectIdentifiers.md5),
    SHA1("SHA-1", OIWObjectIdentifiers.idSHA1),
    SHA224("SHA-224", NISTObjectIdentifiers.id_sha224),
    SHA256("SHA-256", NISTObjectIdentifiers.id_sha256),
    SHA384("SHA-384", NISTObjectIdentifiers.id_sha384),
    SHA512("SHA-512", NISTObjectIdentifiers.id_sha512);

    private final String jca;
    private final ASN1ObjectIdentifier id;

    DigestAlgorithm(String jca, ASN1ObjectIdentifier id) {
        this.jca = jca;
        this.id = id;
    }

    public static DigestAlgorithm of(ASN1ObjectIdentifier id) {
        for (DigestAlgorithm digest : values()) {
            if (digest.id.equals(id)) {
                return digest;
            }
        }
        throw new IllegalArgumentException("no digest known as " + id);
    }

    public AlgorithmIdentifier identifier() {
        return new AlgorithmIdentifier(id, DERNull.INSTANCE);
    }

    public byte[] of(byte[] content) {
        try {
            return MessageDigest.getInstance(jca).digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The JCA name of a signature with this digest, such as {@code SHA256withRSA}. */
    public String signatureWith(String keyAlgorithm) {
        return jca.replace("-", "") + "with" + keyAlgorithm;
    }

    public String jca() {
        return jca;
    }
}
