/**
 * The other side of the wire, for tests: devices, MDMs, a CA made at test time and the packaged server as a process.
 *
 * <p>Nothing here uses the codec of the product: messages are put together and taken apart with Bouncy Castle's ASN.1
 * types and the JDK's cryptography, so that a mistake in the product cannot cancel itself out. Start at
 * {@link org.scepgate.testing.TestDevice}.
 */
package org.scepgate.testing;
