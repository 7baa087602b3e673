/**
 * Decides what may be signed: compares what a device asks for with what its challenge was bound to.
 *
 * <p>Pure: no HTTP, no database, no clock of its own. Enter by {@link org.scepgate.policy.EnrollmentPolicy}; only it
 * can make the {@link org.scepgate.policy.CertificateTemplate} that the {@code ca} room signs.
 */
package org.scepgate.policy;
