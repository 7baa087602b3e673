package org.scepgate.scep;

import java.util.EnumSet;
import java.util.Set;

/** What a device encrypts and signs a request with; the answer comes in the same, or not at all. */
public record RequestAlgorithms(DigestAlgorithm digest, ContentCipher cipher, KeyTransport keyTransport) {
    public RequestAlgorithms withDigest(DigestAlgorithm other) {
        return new RequestAlgorithms(other, cipher, keyTransport);
    }

    public RequestAlgorithms withCipher(ContentCipher other) {
        return new RequestAlgorithms(digest, other, keyTransport);
    }

    public RequestAlgorithms withKeyTransport(KeyTransport other) {
        return new RequestAlgorithms(digest, cipher, other);
    }

    AllowedAlgorithms allowedInReply() {
        Set<LegacyAlgorithm> legacy = EnumSet.noneOf(LegacyAlgorithm.class);
        digest.legacy().ifPresent(legacy::add);
        cipher.legacy().ifPresent(legacy::add);
        return new AllowedAlgorithms(legacy);
    }
}
