package org.scepgate.events;

import java.time.Instant;
import java.util.UUID;

/**
 * A delivery that this server attempts.
 *
 * @param attempt its number, the first is 1
 * @param queuedAt since when it is tried
 * @param probe whether the receiver has been failing, so that no other attempt is made meanwhile
 */
record Claim(long number, UUID id, String type, String body, int attempt, Instant queuedAt, boolean probe) {}
