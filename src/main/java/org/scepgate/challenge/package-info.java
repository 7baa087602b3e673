/**
 * One-time challenges, each bound to what its device must ask for: the API that makes them, the rows that keep them,
 * and the verifier that knows them again.
 *
 * <p>Entry types: {@link org.scepgate.challenge.ChallengeResource} for callers,
 * {@link org.scepgate.challenge.ChallengeVerifier} and {@link org.scepgate.challenge.ChallengeStore} for enrolment.
 */
package org.scepgate.challenge;
