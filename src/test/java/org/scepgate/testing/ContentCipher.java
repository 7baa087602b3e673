package org.scepgate.testing;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/** The content encryptions of EnvelopedData that devices use, all in CBC mode. */
public enum ContentCipher {
    DES("DES", 8, 8, OIWObjectIdentifiers.desCBC),
    DES3("DESede", 24, 8, PKCSObjectIdentifiers.des_EDE3_CBC),
    AES_128("AES", 16, 16, NISTObjectIdentifiers.id_aes128_CBC),
    AES_192("AES", 24, 16, NISTObjectIdentifiers.id_aes192_CBC),
    AES_256("AES", 32, 16, NISTObjectIdentifiers.id_aes256_CBC);

    private final String algorithm;
    private final int keyBytes;
    private final int blockBytes;
    private final ASN1ObjectIdentifier id;

    ContentCipher(String algorithm, int keyBytes, int blockBytes, ASN1ObjectIdentifier id) {
        this.algorithm = algorithm;
        this.keyBytes = keyBytes;
        this.blockBytes = blockBytes;
        this.id = id;
    }

    public static ContentCipher of(ASN1ObjectIdentifier id) {
        for (ContentCipher cipher : values()) {
            if (cipher.id.equals(id)) {
                return cipher;
            }
        }
        throw new IllegalArgumentException("no content cipher known as " + id);
    }

    public String algorithm() {
        return algorithm;
    }

    public int keyBytes() {
        return keyBytes;
    }

    public int blockBytes() {
        return blockBytes;
    }

    public ASN1ObjectIdentifier id() {
        return id;
    }
}
