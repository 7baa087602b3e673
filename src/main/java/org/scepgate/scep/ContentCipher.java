package org.scepgate.scep;

import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/** A CBC content encryption; lengths in bytes. */
public enum ContentCipher {
    AES_128(NISTObjectIdentifiers.id_aes128_CBC, "AES", 16, 16),
    AES_192(NISTObjectIdentifiers.id_aes192_CBC, "AES", 24, 16),
    AES_256(NISTObjectIdentifiers.id_aes256_CBC, "AES", 32, 16),
    DES3(PKCSObjectIdentifiers.des_EDE3_CBC, "DESede", 24, 8),
    DES(OIWObjectIdentifiers.desCBC, "DES", 8, 8);

    private final ASN1ObjectIdentifier oid;
    private final String jcaName;
    private final int keyLength;
    private final int blockLength;

    ContentCipher(ASN1ObjectIdentifier oid, String jcaName, int keyLength, int blockLength) {
        this.oid = oid;
        this.jcaName = jcaName;
        this.keyLength = keyLength;
        this.blockLength = blockLength;
    }

    ASN1ObjectIdentifier oid() {
        return oid;
    }

    /** The JCA name of its keys. */
    String jcaName() {
        return jcaName;
    }

    int keyLength() {
        return keyLength;
    }

    int blockLength() {
        return blockLength;
    }

    Optional<LegacyAlgorithm> legacy() {
        return switch (this) {
            case DES3 -> Optional.of(LegacyAlgorithm.DES3);
            case DES -> Optional.of(LegacyAlgorithm.DES);
            default -> Optional.empty();
        };
    }

    static Optional<ContentCipher> find(ASN1ObjectIdentifier oid) {
        return Stream.of(values()).filter(cipher -> cipher.oid.equals(oid)).findFirst();
    }
}
