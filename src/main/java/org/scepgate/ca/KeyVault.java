package org.scepgate.ca;

import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;

/** A place where key pairs are made and kept under a name each. */
public interface KeyVault {

    /** Gives a new key its certificate, and those above it. */
    interface Certification {
        List<X509CertificateHolder> certify(KeyOperations key, SubjectPublicKeyInfo publicKey);
    }

    boolean holds(String name) throws UnusableKeyException;

    /** Makes a key pair and keeps it, in place of one of this name. */
    KeyEntry make(String name, KeyKind kind, Certification certification) throws UnusableKeyException;

    /** Keeps the key of this name under other certificates, its own first. */
    KeyEntry certify(String name, List<X509CertificateHolder> certificates) throws UnusableKeyException;

    KeyEntry load(String name) throws UnusableKeyException;
}
