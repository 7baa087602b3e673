package org.scepgate.ca;

import java.math.BigInteger;
import java.time.Instant;

/**
 * An entry of a CRL.
 *
 * @param reason CRLReason of RFC 5280 section 5.3.1
 */
public record RevokedCertificate(BigInteger serial, Instant revokedAt, int reason) {}
