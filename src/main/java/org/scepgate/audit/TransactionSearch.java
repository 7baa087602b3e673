package org.scepgate.audit;

import java.util.Optional;
import java.util.UUID;

/**
 * Which steps of a transaction to list.
 *
 * @param profile only those at this profile: devices choose the id themselves, and may choose the same one
 * @param after only those older than this one, exclusive
 */
record TransactionSearch(String transactionId, Optional<String> profile, Optional<UUID> after, int limit) {}
