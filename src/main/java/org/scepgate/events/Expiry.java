package org.scepgate.events;

import java.time.Instant;
import java.util.UUID;

/**
 * The end of a challenge, or of a certificate that is near.
 *
 * @param at the end
 * @param id of the row it was read from, which stands after the one before
 */
record Expiry(Instant at, UUID id, Event event) {}
