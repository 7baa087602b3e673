package org.scepgate.certificate;

import java.time.Instant;
import java.util.Optional;
import org.scepgate.ca.RevocationReason;
import org.scepgate.platform.Caller;

/** What an operator orders: why, with which words, and when. */
record RevocationOrder(RevocationReason reason, Optional<String> comment, Caller caller, Instant at) {}
