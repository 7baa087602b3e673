package org.scepgate.policy;

import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Subject alternative names of the five types that are issued, each well-formed. */
public final class SubjectAltNames {

    public static final SubjectAltNames NONE = new SubjectAltNames();

    private SubjectAltNames() {}

    public static SubjectAltNames of(RequestedAltNames asked) throws InvalidNameException {
        throw new UnsupportedOperationException();
    }

    public boolean isEmpty() {
        throw new UnsupportedOperationException();
    }

    public List<String> dns() {
        throw new UnsupportedOperationException();
    }

    public List<String> email() {
        throw new UnsupportedOperationException();
    }

    public List<String> uri() {
        throw new UnsupportedOperationException();
    }

    public List<String> ip() {
        throw new UnsupportedOperationException();
    }

    public List<String> upn() {
        throw new UnsupportedOperationException();
    }

    public Optional<GeneralNames> toGeneralNames() {
        throw new UnsupportedOperationException();
    }

    public boolean matches(SubjectAltNames other) {
        throw new UnsupportedOperationException();
    }

    public boolean isSubsetOf(SubjectAltNames other) {
        throw new UnsupportedOperationException();
    }
}
