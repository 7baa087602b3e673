/**
 * The inventory of what was issued.
 *
 * <p>Entry type: {@link org.scepgate.certificate.CertificateStore}.
 */
package org.scepgate.certificate;
