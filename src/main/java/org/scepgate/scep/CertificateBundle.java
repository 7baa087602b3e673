package org.scepgate.scep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;

/** A degenerate, certificates-only SignedData (RFC 8894 section 3.4). */
public final class CertificateBundle {
    private static final byte[] SIGNED_DATA = Der.of(CMSObjectIdentifiers.signedData);
    private static final byte[] VERSION = Der.integer(1);
    private static final byte[] NO_CONTENT = Der.sequence(Der.of(CMSObjectIdentifiers.data));
    private static final byte[] EMPTY_SET = Der.encode(Der.SET);

    private CertificateBundle() {}

    /**
     * ContentInfo in DER, but for one thing: the certificates stand in the order given and are not sorted as a SET OF,
     * because Apple takes the first for the issued one.
     */
    public static byte[] of(List<X509CertificateHolder> certificates) {
        byte[] signedData = Der.sequence(VERSION, EMPTY_SET, NO_CONTENT, certificateSet(certificates), EMPTY_SET);
        return Der.sequence(SIGNED_DATA, Der.encode(Der.CONTEXT_0, signedData));
    }

    /** A CRL alone, as the answer to GetCRL carries it (RFC 8894 section 3.4). */
    public static byte[] of(X509CRLHolder crl) {
        byte[] crls = Der.encode(Der.CONTEXT_1, encoded(crl::getEncoded));
        byte[] signedData = Der.sequence(VERSION, EMPTY_SET, NO_CONTENT, crls, EMPTY_SET);
        return Der.sequence(SIGNED_DATA, Der.encode(Der.CONTEXT_0, signedData));
    }

    /** The field {@code certificates [0] IMPLICIT CertificateSet} of a SignedData. */
    static byte[] certificateSet(List<X509CertificateHolder> certificates) {
        return Der.encode(
                Der.CONTEXT_0,
                certificates.stream()
                        .map(certificate -> encoded(certificate::getEncoded))
                        .toArray(byte[][]::new));
    }

    private interface Encodable {
        byte[] getEncoded() throws IOException;
    }

    private static byte[] encoded(Encodable structure) {
        try {
            return structure.getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
