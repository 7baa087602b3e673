package org.scepgate.certificate;

import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.policy.ExistingCertificate;

/** A certificate of the inventory, and what a renewal needs to know of it. */
public record StoredCertificate(X509CertificateHolder certificate, ExistingCertificate existing) {}
