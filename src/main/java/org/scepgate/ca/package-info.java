/**
 * Keys and signatures of the certification authorities.
 *
 * <p>Entry types: {@link org.scepgate.ca.CaKeys}, what a CA and its RA sign and decrypt with, and {@link
 * org.scepgate.ca.CertificateIssuer}, which signs nothing but a {@code policy.CertificateTemplate}.
 */
package org.scepgate.ca;
