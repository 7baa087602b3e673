package org.scepgate.enrollment;

import org.scepgate.ca.CaKeys;
import org.scepgate.ca.CertificateIssuer;
import org.scepgate.policy.Profile;
import org.scepgate.scep.CertRepEncoder;
import org.scepgate.scep.PkiMessageDecoder;

/**
 * One profile as it is served; everything a request needs is made once, at start.
 *
 * @param caCapabilities the answer to GetCACaps (RFC 8894 section 3.5.2)
 * @param caCertificates the answer to GetCACert: a degenerate SignedData, DER (section 4.2.1.2)
 */
record ScepEndpoint(
        Profile profile,
        CaKeys ca,
        CertificateIssuer issuer,
        PkiMessageDecoder decoder,
        CertRepEncoder encoder,
        String caCapabilities,
        byte[] caCertificates) {}
