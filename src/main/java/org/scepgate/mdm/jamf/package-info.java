/**
 * The webhook by which Jamf Pro, and FleetDM as a client of Smallstep, fetch a challenge for a device.
 *
 * <p>Entry type: {@link org.scepgate.mdm.jamf.ChallengeWebhookResource}.
 */
package org.scepgate.mdm.jamf;
