package org.scepgate.scep;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** A digest with its names in ASN.1 and JCA, alone and within a signature. */
public enum DigestAlgorithm {
    SHA_256(
            "SHA-256",
            NISTObjectIdentifiers.id_sha256,
            PKCSObjectIdentifiers.sha256WithRSAEncryption,
            X9ObjectIdentifiers.ecdsa_with_SHA256),
    SHA_384(
            "SHA-384",
            NISTObjectIdentifiers.id_sha384,
            PKCSObjectIdentifiers.sha384WithRSAEncryption,
            X9ObjectIdentifiers.ecdsa_with_SHA384),
    SHA_512(
            "SHA-512",
            NISTObjectIdentifiers.id_sha512,
            PKCSObjectIdentifiers.sha512WithRSAEncryption,
            X9ObjectIdentifiers.ecdsa_with_SHA512),
    SHA_1(
            "SHA-1",
            OIWObjectIdentifiers.idSHA1,
            PKCSObjectIdentifiers.sha1WithRSAEncryption,
            X9ObjectIdentifiers.ecdsa_with_SHA1),
    MD5("MD5", PKCSObjectIdentifiers.md5, PKCSObjectIdentifiers.md5WithRSAEncryption, null);

    private final String jcaName;
    private final ASN1ObjectIdentifier oid;
    private final ASN1ObjectIdentifier withRsa;
    private final ASN1ObjectIdentifier withEcdsa;

    DigestAlgorithm(
            String jcaName, ASN1ObjectIdentifier oid, ASN1ObjectIdentifier withRsa, ASN1ObjectIdentifier withEcdsa) {
        this.jcaName = jcaName;
        this.oid = oid;
        this.withRsa = withRsa;
        this.withEcdsa = withEcdsa;
    }

    /** The usual spelling, as GetCACaps has it: SHA-256. */
    public String text() {
        return jcaName;
    }

    String jcaName() {
        return jcaName;
    }

    ASN1ObjectIdentifier oid() {
        return oid;
    }

    byte[] hash(byte[] input) {
        try {
            return MessageDigest.getInstance(jcaName).digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no " + jcaName, e);
        }
    }

    /** RFC 5754 section 2: SHA-2 without parameters; SHA-1 with the NULL of old. */
    AlgorithmIdentifier identifier() {
        return this == SHA_1 ? new AlgorithmIdentifier(oid, DERNull.INSTANCE) : new AlgorithmIdentifier(oid);
    }

    /** RFC 5758 section 3.2: without parameters. */
    AlgorithmIdentifier withEcdsa() {
        return new AlgorithmIdentifier(withEcdsa);
    }

    String jcaSignature(String keyAlgorithm) {
        return jcaName.replace("-", "") + "with" + keyAlgorithm;
    }

    Optional<LegacyAlgorithm> legacy() {
        return switch (this) {
            case SHA_1 -> Optional.of(LegacyAlgorithm.SHA_1);
            case MD5 -> Optional.of(LegacyAlgorithm.MD5);
            default -> Optional.empty();
        };
    }

    static Optional<DigestAlgorithm> find(ASN1ObjectIdentifier oid) {
        return Stream.of(values()).filter(digest -> digest.oid.equals(oid)).findFirst();
    }

    static Optional<DigestAlgorithm> findWithRsa(ASN1ObjectIdentifier oid) {
        return Stream.of(values()).filter(digest -> digest.withRsa.equals(oid)).findFirst();
    }

    static Optional<DigestAlgorithm> findWithEcdsa(ASN1ObjectIdentifier oid) {
        return Stream.of(values())
                .filter(digest -> oid.equals(digest.withEcdsa))
                .findFirst();
    }
}
