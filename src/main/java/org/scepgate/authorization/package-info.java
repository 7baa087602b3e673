/**
 * Asks an endpoint outside before a certificate is issued: what it is told, what its answer may be, and what becomes of a
 * profile whose endpoint does not answer.
 *
 * <p>Enter at {@link org.scepgate.authorization.AuthorizationVerifier}.
 */
package org.scepgate.authorization;
