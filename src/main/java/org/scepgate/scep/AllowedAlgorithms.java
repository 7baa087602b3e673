package org.scepgate.scep;

import java.util.Set;

/** Which of the algorithms that we know a profile takes. */
record AllowedAlgorithms(Set<LegacyAlgorithm> legacy) {
    AllowedAlgorithms {
        legacy = Set.copyOf(legacy);
    }

    boolean allow(DigestAlgorithm digest) {
        return digest.legacy().map(legacy::contains).orElse(true);
    }

    boolean allow(ContentCipher cipher) {
        return cipher.legacy().map(legacy::contains).orElse(true);
    }
}
