package org.scepgate.scep;

import java.util.Optional;

/**
 * How the content key is encrypted to an RSA key: PKCS#1 v1.5 (rsaEncryption), or RSAES-OAEP as Windows does.
 *
 * @param oaep absent for PKCS#1 v1.5
 */
record KeyTransport(Optional<Oaep> oaep) {
    static final KeyTransport PKCS1 = new KeyTransport(Optional.empty());

    /** The two digests of RSAES-OAEP-params; the label is always empty. */
    record Oaep(DigestAlgorithm digest, DigestAlgorithm mgfDigest) {}
}
