/**
 * Removes what has been kept long enough: old challenges, requests that waited, audit rows. Certificates are kept.
 *
 * <p>Enter at {@link org.scepgate.retention.Retention}.
 */
package org.scepgate.retention;
