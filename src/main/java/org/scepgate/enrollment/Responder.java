package org.scepgate.enrollment;

import java.time.Instant;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.ca.CaKeys;
import org.scepgate.ca.CertificateIssuer;
import org.scepgate.ca.KeyEntry;
import org.scepgate.policy.Profile;
import org.scepgate.scep.CertRepEncoder;

/**
 * One key that reads requests and signs the answers to them, and the CA that issues for it; while a CA rolls over there
 * are several (RFC 8894 section 5.1).
 *
 * @param profile names this CA as its issuer
 * @param speaker whose certificate requests are encrypted to and answers verify with
 */
record Responder(Profile profile, CaKeys ca, CertificateIssuer issuer, KeyEntry speaker, CertRepEncoder encoder) {

    /** Whether the certificate that devices see and the one that issues are both in date. */
    boolean isInDate(Instant now) {
        return speaker.facts().isInDate(now) && ca.authority().facts().isInDate(now);
    }

    boolean isFor(X509CertificateHolder addressee) {
        return speaker.certificate().equals(addressee);
    }
}
