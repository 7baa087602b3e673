package org.scepgate.ca;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECKey;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A CA by name: the authority's key, which signs certificates alone, and the registration authority's, which talks SCEP
 * (RFC 8894 section 7.2 wants the two apart).
 */
public record CaKeys(String name, KeyEntry authority, KeyEntry registrationAuthority) {

    /** A signer for one signature; the algorithm follows the authority's key, SHA-256 or stronger. */
    ContentSigner signer() throws OperatorCreationException {
        return new JcaContentSignerBuilder(signatureAlgorithm())
                .setProvider(authority.signatures())
                .build(authority.key());
    }

    /** The authority's certificate and those above it, nearest first. */
    public List<X509CertificateHolder> chain() {
        return Stream.concat(Stream.of(authority.certificate()), authority.chain().stream())
                .toList();
    }

    /** SHA-256 over the authority's whole certificate (DER), lower-case hex: what an operator compares. */
    public String fingerprintSha256() {
        try {
            byte[] der = authority.certificate().getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("a certificate that was read cannot be written", e);
        }
    }

    private String signatureAlgorithm() {
        if (!"EC".equals(authority.key().getAlgorithm())) {
            return "SHA256withRSA";
        }
        int bits = ((ECKey) authority.key()).getParams().getOrder().bitLength();
        return bits > 256 ? "SHA384withECDSA" : "SHA256withECDSA";
    }
}
