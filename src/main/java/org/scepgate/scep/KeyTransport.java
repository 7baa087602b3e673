package org.scepgate.scep;

import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * How the content key is encrypted to an RSA key: PKCS#1 v1.5 (rsaEncryption), or RSAES-OAEP as Windows does.
 *
 * @param oaep absent for PKCS#1 v1.5
 */
public record KeyTransport(Optional<Oaep> oaep) {
    public static final KeyTransport PKCS1 = new KeyTransport(Optional.empty());
    /** As Windows sends it. */
    public static final KeyTransport OAEP_SHA_1 = oaep(DigestAlgorithm.SHA_1);

    public static final KeyTransport OAEP_SHA_256 = oaep(DigestAlgorithm.SHA_256);

    /** The two digests of RSAES-OAEP-params; the label is always empty. */
    public record Oaep(DigestAlgorithm digest, DigestAlgorithm mgfDigest) {}

    private static KeyTransport oaep(DigestAlgorithm digest) {
        return new KeyTransport(Optional.of(new Oaep(digest, digest)));
    }

    /** rsaEncryption may lack its NULL; OAEP without parameters means SHA-1 (RFC 4055 section 4.1). */
    static Optional<KeyTransport> find(AlgorithmIdentifier algorithm) {
        ASN1ObjectIdentifier oid = algorithm.getAlgorithm();
        if (oid.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return Optional.of(PKCS1);
        }
        return oid.equals(PKCSObjectIdentifiers.id_RSAES_OAEP) ? findOaep(algorithm.getParameters()) : Optional.empty();
    }

    AlgorithmIdentifier identifier() {
        return oaep.map(KeyTransport::oaepIdentifier)
                .orElseGet(() -> new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE));
    }

    private static Optional<KeyTransport> findOaep(ASN1Encodable parameters) {
        boolean absent = parameters == null || DERNull.INSTANCE.equals(parameters);
        RSAESOAEPparams params = RSAESOAEPparams.getInstance(absent ? new DERSequence() : parameters);
        AlgorithmIdentifier mgf = params.getMaskGenAlgorithm();
        if (!mgf.getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1) || !isUnlabelled(params)) {
            return Optional.empty();
        }
        ASN1ObjectIdentifier mgfDigest =
                AlgorithmIdentifier.getInstance(mgf.getParameters()).getAlgorithm();
        return findOaepDigest(params.getHashAlgorithm().getAlgorithm())
                .flatMap(digest -> findOaepDigest(mgfDigest).map(forMgf -> new Oaep(digest, forMgf)))
                .map(oaep -> new KeyTransport(Optional.of(oaep)));
    }

    private static boolean isUnlabelled(RSAESOAEPparams params) {
        AlgorithmIdentifier source = params.getPSourceAlgorithm();
        return source.getAlgorithm().equals(PKCSObjectIdentifiers.id_pSpecified)
                && ASN1OctetString.getInstance(source.getParameters()).getOctetsLength() == 0;
    }

    // SHA-1 is no legacy here: OAEP does not lean on its being free of collisions, and Windows sends it.
    private static Optional<DigestAlgorithm> findOaepDigest(ASN1ObjectIdentifier oid) {
        return DigestAlgorithm.find(oid).filter(digest -> digest != DigestAlgorithm.MD5);
    }

    private static AlgorithmIdentifier oaepIdentifier(Oaep oaep) {
        AlgorithmIdentifier mgf = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, withNull(oaep.mgfDigest()));
        return new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_RSAES_OAEP,
                new RSAESOAEPparams(withNull(oaep.digest()), mgf, RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM));
    }

    private static AlgorithmIdentifier withNull(DigestAlgorithm digest) {
        return new AlgorithmIdentifier(digest.oid(), DERNull.INSTANCE);
    }
}
