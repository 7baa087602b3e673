/**
 * The challenge page of Microsoft's NDES, which most MDMs can read, and the thumbprint that goes with it.
 *
 * <p>Entry type: {@link org.scepgate.mdm.ndes.NdesPageResource}.
 */
package org.scepgate.mdm.ndes;
