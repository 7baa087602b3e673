/**
 * Microsoft Intune: its validation API says whether a request may have a certificate, is told of each, and orders
 * revocations.
 *
 * <p>Enter at {@link org.scepgate.mdm.intune.IntuneAuthority} and {@link org.scepgate.mdm.intune.RevocationJob}.
 */
package org.scepgate.mdm.intune;
