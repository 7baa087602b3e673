package org.scepgate.scep;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** A signature algorithm as an AlgorithmIdentifier names it: RSA PKCS#1 v1.5, RSASSA-PSS or ECDSA. */
record SignatureScheme(
        DigestAlgorithm digest, String keyAlgorithm, String jcaName, Optional<AlgorithmParameterSpec> parameters) {
    private static final int TRAILER_BC = 1;

    /** The algorithm of a SignerInfo, where rsaEncryption leaves the digest to the digestAlgorithm. */
    static Optional<SignatureScheme> findInSignerInfo(AlgorithmIdentifier algorithm, DigestAlgorithm digest) {
        if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return Optional.of(rsa(digest));
        }
        return find(algorithm).filter(scheme -> scheme.digest == digest);
    }

    static Optional<SignatureScheme> find(AlgorithmIdentifier algorithm) {
        ASN1ObjectIdentifier oid = algorithm.getAlgorithm();
        if (oid.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
            return findPss(algorithm);
        }
        return DigestAlgorithm.findWithRsa(oid)
                .map(SignatureScheme::rsa)
                .or(() -> DigestAlgorithm.findWithEcdsa(oid)
                        .map(digest ->
                                new SignatureScheme(digest, "EC", digest.jcaSignature("ECDSA"), Optional.empty())));
    }

    /** False for anything that the key has not signed, an unfit key included. */
    boolean verify(PublicKeyOperations operations, PublicKey key, byte[] signed, byte[] signatureValue) {
        if (!key.getAlgorithm().equals(keyAlgorithm)) {
            return false;
        }
        try {
            return operations.verify(this, key, signed, signatureValue);
        } catch (InvalidKeyException | SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot verify " + jcaName, e);
        }
    }

    static SignatureScheme rsa(DigestAlgorithm digest) {
        return new SignatureScheme(digest, "RSA", digest.jcaSignature("RSA"), Optional.empty());
    }

    // strongSwan signs so with rsa-padding pss.
    private static Optional<SignatureScheme> findPss(AlgorithmIdentifier algorithm) {
        try {
            RSASSAPSSparams params = RSASSAPSSparams.getInstance(algorithm.getParameters());
            if (params == null || !params.getMaskGenAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1)) {
                return Optional.empty();
            }
            AlgorithmIdentifier mgfDigest =
                    AlgorithmIdentifier.getInstance(params.getMaskGenAlgorithm().getParameters());
            int salt = params.getSaltLength().intValueExact();
            return DigestAlgorithm.find(params.getHashAlgorithm().getAlgorithm())
                    .filter(digest -> digest != DigestAlgorithm.MD5
                            && digest.oid().equals(mgfDigest.getAlgorithm())
                            && salt >= 0
                            && salt <= 64
                            && params.getTrailerField().intValueExact() == TRAILER_BC)
                    .map(digest -> pss(digest, salt));
        } catch (RuntimeException e) {
            // Parameters that are not what RFC 4055 says: Bouncy Castle throws unchecked exceptions of several kinds.
            return Optional.empty();
        }
    }

    private static SignatureScheme pss(DigestAlgorithm digest, int salt) {
        AlgorithmParameterSpec parameters = new PSSParameterSpec(
                digest.jcaName(), "MGF1", new MGF1ParameterSpec(digest.jcaName()), salt, TRAILER_BC);
        return new SignatureScheme(digest, "RSA", "RSASSA-PSS", Optional.of(parameters));
    }
}
