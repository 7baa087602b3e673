/**
 * Calls to addresses that an administrator configured: which of them may be reached, how long they may take, and how
 * such a call is signed.
 *
 * <p>Enter at {@link org.scepgate.outbound.OutboundClient} and {@link org.scepgate.outbound.RequestSigner}.
 */
package org.scepgate.outbound;
