package org.scepgate.events;

/**
 * Whose a challenge or a certificate is; what is not known is null.
 *
 * @param client who made the challenge
 */
record Owner(String client, String deviceId, String challengeId) {
    static final Owner NOBODY = new Owner(null, null, null);
}
