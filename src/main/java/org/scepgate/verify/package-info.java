/**
 * The command {@code audit verify}: compares the audit log with its chain of seals, without a server.
 *
 * <p>Enter at {@link org.scepgate.verify.AuditCommands}.
 */
package org.scepgate.verify;
