/**
 * The commands {@code audit verify}, which compares the audit log with its chain of seals, and {@code audit reconcile},
 * which compares the inventory with what was written down outside; both without a server.
 *
 * <p>Enter at {@link org.scepgate.verify.AuditCommands}.
 */
package org.scepgate.verify;
