package org.scepgate.scep;

import java.util.List;
import java.util.Set;

/** Reads a request: CMS, signature, decryption and CSR; safe for use by several threads. */
public final class PkiMessageDecoder {
    /** No longer message is looked at. */
    public static final int MAX_MESSAGE_BYTES = 256 * 1024;

    private final List<RecipientKey> recipients;
    private final Set<LegacyAlgorithm> legacy;

    public PkiMessageDecoder(List<RecipientKey> recipients, Set<LegacyAlgorithm> legacy) {
        this.recipients = List.copyOf(recipients);
        this.legacy = Set.copyOf(legacy);
    }

    public DecodedMessage decode(byte[] message) throws MalformedMessageException {
        throw new UnsupportedOperationException(recipients.size() + " " + legacy.size());
    }
}
