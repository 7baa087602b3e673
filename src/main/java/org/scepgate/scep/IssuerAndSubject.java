package org.scepgate.scep;

import org.bouncycastle.asn1.x500.X500Name;

/** What a device puts into CertPoll: the CA's name and the name that it asked for (RFC 8894 section 3.3.3). */
public record IssuerAndSubject(X500Name issuer, X500Name subject) {}
