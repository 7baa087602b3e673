package org.scepgate.enrollment;

import java.util.Optional;

/**
 * What a profile tells everybody, made once.
 *
 * @param caCapabilities the answer to GetCACaps (RFC 8894 section 3.5.2)
 * @param caCertificates the answer to GetCACert (section 4.2.1): one certificate or a degenerate SignedData, DER
 * @param caCertificatesType the media type that tells which
 * @param nextCaCertificates the answer to GetNextCACert (section 4.7.1), if the CA rolls over
 */
record Published(
        String caCapabilities, byte[] caCertificates, String caCertificatesType, Optional<byte[]> nextCaCertificates) {}
