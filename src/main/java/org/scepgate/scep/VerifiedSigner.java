package org.scepgate.scep;

import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** The key that signed a message, after the signature has held. */
record VerifiedSigner(SubjectPublicKeyInfo keyInfo) {
    boolean holds(SubjectPublicKeyInfo other) {
        return PublicKeys.isSame(keyInfo, other);
    }

    /** Whether an answer can be encrypted to the key; else it must be to a password (RFC 8894 section 3.1). */
    boolean canDecrypt() {
        return PublicKeys.canDecrypt(keyInfo);
    }
}
