package org.scepgate.ca;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;

/**
 * The revokedCertificates of a CRL (RFC 5280 section 5.1.2.6), encoded one by one: what a CRL of 50,000 entries takes of
 * memory is its own size, and no tree of objects.
 */
public final class CrlEntries {
    private static final int SEQUENCE = 0x30;
    private static final int LONG_FORM = 0x80;

    private final ByteArrayOutputStream encoded = new ByteArrayOutputStream();

    /** Adds a certificate; {@code unspecified} is told by telling no reason (section 5.3.1). */
    public void add(BigInteger serial, Instant revokedAt, RevocationReason reason) {
        try {
            ASN1EncodableVector entry = new ASN1EncodableVector(3);
            entry.add(new ASN1Integer(serial));
            entry.add(ValidityTime.of(revokedAt));
            if (reason != RevocationReason.UNSPECIFIED) {
                entry.add(extensions(reason));
            }
            encoded.writeBytes(new DERSequence(entry).getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException("an entry of a CRL cannot be written", e);
        }
    }

    private static Extensions extensions(RevocationReason reason) throws IOException {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.reasonCode, false, CRLReason.lookup(reason.code()));
        return extensions.generate();
    }

    /** Absent where there are none, as section 5.1.2.6 demands. */
    Optional<ASN1Sequence> sequence() throws IOException {
        if (encoded.size() == 0) {
            return Optional.empty();
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream(encoded.size() + 6);
        whole.write(SEQUENCE);
        writeLength(whole, encoded.size());
        encoded.writeTo(whole);
        // Kept as bytes until somebody looks inside.
        return Optional.of((ASN1Sequence) new ASN1InputStream(whole.toByteArray(), true).readObject());
    }

    // X.690 section 8.1.3
    private static void writeLength(ByteArrayOutputStream out, int length) {
        if (length < LONG_FORM) {
            out.write(length);
            return;
        }
        byte[] bytes = BigInteger.valueOf(length).toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        out.write(LONG_FORM | bytes.length - sign);
        out.write(bytes, sign, bytes.length - sign);
    }
}
