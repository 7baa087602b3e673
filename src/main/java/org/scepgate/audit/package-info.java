/**
 * The append-only record of who did what, and its line in the log.
 *
 * <p>Enter by {@link org.scepgate.audit.AuditLog}, inside the transaction whose outcome the event tells. No event
 * ever holds a challenge, a token or a key.
 */
package org.scepgate.audit;
