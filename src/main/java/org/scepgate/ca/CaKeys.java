package org.scepgate.ca;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.scepgate.platform.Sha256;

/**
 * A CA by name: the authority's key, which signs certificates, and the registration authority's, which talks SCEP (RFC
 * 8894 section 7.2 wants the two apart). Where there is no registration authority, the authority talks SCEP itself.
 *
 * @param ocspResponder what the authority has delegated OCSP to (RFC 6960 section 4.2.2.2)
 */
public record CaKeys(
        String name, KeyEntry authority, Optional<KeyEntry> registrationAuthority, Optional<KeyEntry> ocspResponder) {

    public CaId id() {
        return new CaId(name, authority.facts().keySha256());
    }

    /** The authority's certificate and those above it, nearest first. */
    public List<X509CertificateHolder> chain() {
        return Stream.concat(Stream.of(authority.certificate()), authority.chain().stream())
                .toList();
    }

    /** SHA-256 over the authority's whole certificate (DER), lower-case hex: what an operator compares. */
    public String fingerprintSha256() {
        return Sha256.hex(encoded(authority.certificate()::getEncoded));
    }

    /** Whether the authority's key signed this certificate under the authority's name. */
    public boolean issued(X509CertificateHolder certificate) {
        // The bytes of the name first: to compare names loosely costs the square of a length that a stranger chooses.
        return Arrays.equals(authority.facts().subject(), encoded(certificate.getIssuer()::getEncoded))
                && KeyCheck.isSignedBy(certificate, authority.certificate());
    }

    /** RFC 5280 section 4.2.1.1: the authority's own SKI, whatever way it was made. */
    AuthorityKeyIdentifier authorityKeyIdentifier() {
        X509CertificateHolder issuer = authority.certificate();
        SubjectKeyIdentifier own = SubjectKeyIdentifier.fromExtensions(issuer.getExtensions());
        return own == null
                ? new BcX509ExtensionUtils().createAuthorityKeyIdentifier(issuer.getSubjectPublicKeyInfo())
                : new AuthorityKeyIdentifier(own.getKeyIdentifier());
    }

    private interface Encodable {
        byte[] getEncoded() throws IOException;
    }

    private static byte[] encoded(Encodable read) {
        try {
            return read.getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("what was read cannot be written", e);
        }
    }
}
