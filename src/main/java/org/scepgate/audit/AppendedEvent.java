package org.scepgate.audit;

import java.util.UUID;

/**
 * An event with its place in the log.
 *
 * @param writtenIn the number of the transaction that wrote it
 */
public record AppendedEvent(long writtenIn, UUID id, AuditEvent event) {}
