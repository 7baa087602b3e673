/**
 * Tells others what happened to challenges and certificates: by webhooks and as a stream.
 *
 * <p>Nothing is written for it while a device waits: {@link org.scepgate.events.Relay} reads the audit log, which is
 * written in the transaction that it tells of, and makes events of it; {@link org.scepgate.events.Deliverer} sends them.
 */
package org.scepgate.events;
