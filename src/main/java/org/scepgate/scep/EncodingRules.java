package org.scepgate.scep;

import java.io.IOException;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1Primitive;

/** What an encoding may look like before it is parsed at all; real messages stay at a tenth of these limits. */
enum EncodingRules {
    /** CMS: indefinite lengths and constructed strings, as Apple sends them. */
    BER(false, 32, 10_000),
    /** Certificates and CRLs that our own CA sends: a CRL has some elements a certificate. */
    BUNDLE(false, 32, 500_000),
    /** PKCS#10 and keys. Few elements, because comparing names costs the square of their number. */
    DER(true, 16, 1_000);

    private final boolean strict;
    private final int maxDepth;
    private final int maxElements;

    EncodingRules(boolean strict, int maxDepth, int maxElements) {
        this.strict = strict;
        this.maxDepth = maxDepth;
        this.maxElements = maxElements;
    }

    boolean strict() {
        return strict;
    }

    int maxDepth() {
        return maxDepth;
    }

    int maxElements() {
        return maxElements;
    }

    /** Parses one element; {@code structure} must take all it wants out of it, since Bouncy Castle parses lazily. */
    <T> T read(byte[] encoded, Function<ASN1Primitive, T> structure) throws UnreadableException {
        TlvWalk.check(encoded, this);
        try {
            return structure.apply(ASN1Primitive.fromByteArray(encoded));
        } catch (IOException | RuntimeException e) {
            // Bouncy Castle tells of wrong content by half a dozen kinds of unchecked exceptions.
            throw new UnreadableException(e);
        }
    }
}
