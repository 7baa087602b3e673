package org.scepgate.policy;

import org.bouncycastle.asn1.x500.X500Name;

/** An X.501 name that can be compared as RFC 5280 section 7 says. */
public final class DistinguishedName {

    private DistinguishedName() {}

    public static DistinguishedName parse(String rfc4514) throws InvalidNameException {
        throw new UnsupportedOperationException();
    }

    public static DistinguishedName of(X500Name name) throws InvalidNameException {
        throw new UnsupportedOperationException();
    }

    public boolean isEmpty() {
        throw new UnsupportedOperationException();
    }

    public X500Name toX500Name() {
        throw new UnsupportedOperationException();
    }

    /** Equal RDNs in the same order or in fully reversed order. */
    public boolean matches(DistinguishedName other) {
        throw new UnsupportedOperationException();
    }

    /** Whether RDNs of the other name, in its order or fully reversed, were only left out. */
    public boolean isSubsetOf(DistinguishedName other) {
        throw new UnsupportedOperationException();
    }
}
