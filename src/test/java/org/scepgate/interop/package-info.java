/**
 * The packaged server and the world outside: real SCEP clients, races, crashes and hostile bytes on the wire.
 *
 * <p>Run by failsafe against the jar. A test that needs a system program names the package it comes from and is skipped
 * without it; where {@code CI=true} is set that is a failure. Start at {@link org.scepgate.interop.JscepIT}.
 */
package org.scepgate.interop;
