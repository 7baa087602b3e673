package org.scepgate.ca;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.scepgate.platform.UnavailableException;

/** Signs complete CRLs of version 2 (RFC 5280 section 5) for one key of a CA. */
public final class CrlSigner {
    private static final int RETRY_AFTER_SECONDS = 60;

    private final CaKeys ca;

    public CrlSigner(CaKeys ca) {
        this.ca = ca;
    }

    /**
     * @param number greater than that of any CRL signed before
     * @param validity until when a relying party may use it
     * @throws UnavailableException if the key does not sign
     */
    public X509CRLHolder sign(
            List<RevokedCertificate> revoked, BigInteger number, Instant thisUpdate, Duration validity) {
        try {
            X509v2CRLBuilder builder =
                    new X509v2CRLBuilder(ca.authority().certificate().getSubject(), Date.from(thisUpdate));
            builder.setNextUpdate(Date.from(thisUpdate.plus(validity)));
            revoked.forEach(entry -> builder.addCRLEntry(entry.serial(), Date.from(entry.revokedAt()), entry.reason()));
            builder.addExtension(Extension.authorityKeyIdentifier, false, ca.authorityKeyIdentifier());
            builder.addExtension(Extension.cRLNumber, false, new ASN1Integer(number));
            return builder.build(ca.authority().signer());
        } catch (IOException e) {
            throw new UnavailableException("CA " + ca.name() + " could not sign a CRL", RETRY_AFTER_SECONDS, e);
        }
    }
}
