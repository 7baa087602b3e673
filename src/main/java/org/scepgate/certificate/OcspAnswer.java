package org.scepgate.certificate;

import java.time.Duration;
import java.time.Instant;

/**
 * An OCSPResponse (DER) and how long others may have it.
 *
 * @param outcome for the metric
 * @param validity zero for what must not be kept
 */
record OcspAnswer(byte[] der, String outcome, Instant at, Duration validity) {}
