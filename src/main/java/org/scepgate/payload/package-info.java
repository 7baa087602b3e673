/**
 * Ready-made profiles: what an MDM passes on to a device so that it enrols, in the words of Apple and of Windows.
 *
 * <p>Entry types: {@link org.scepgate.payload.AppleProfile}, {@link org.scepgate.payload.WindowsProfile}, and
 * {@link org.scepgate.payload.ProfileSigner} for the first of them.
 */
package org.scepgate.payload;
