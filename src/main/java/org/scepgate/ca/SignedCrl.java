package org.scepgate.ca;

import java.time.Instant;

/**
 * A CRL as it is published.
 *
 * @param number grows with every CRL of a key (RFC 5280 section 5.2.3)
 * @param der nobody changes it
 */
public record SignedCrl(long number, Instant thisUpdate, Instant nextUpdate, byte[] der) {}
