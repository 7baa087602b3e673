package org.scepgate.testing;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PublicKey;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** How the content key travels to its recipient: PKCS#1 v1.5, or OAEP as Windows sends it. */
public enum KeyTransport {
    PKCS1(new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE)),
    PKCS1_WITHOUT_PARAMETERS(new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption)),
    OAEP_SHA1(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP, new RSAESOAEPparams())),
    OAEP_SHA256(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP, sha256Parameters()));

    private final AlgorithmIdentifier identifier;

    KeyTransport(AlgorithmIdentifier identifier) {
        this.identifier = identifier;
    }

    public AlgorithmIdentifier identifier() {
        return identifier;
    }

    /** The transport an answer names, whatever the form of its parameters. */
    public static KeyTransport of(AlgorithmIdentifier identifier) {
        if (identifier.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return PKCS1;
        }
        RSAESOAEPparams parameters = RSAESOAEPparams.getInstance(identifier.getParameters());
        boolean sha256 = parameters != null
                && parameters.getHashAlgorithm().getAlgorithm().equals(NISTObjectIdentifiers.id_sha256);
        return sha256 ? OAEP_SHA256 : OAEP_SHA1;
    }

    public byte[] wrap(byte[] contentKey, PublicKey recipient) throws GeneralSecurityException {
        return cipher(Cipher.ENCRYPT_MODE, recipient).doFinal(contentKey);
    }

    public byte[] unwrap(byte[] encryptedKey, Key recipient) throws GeneralSecurityException {
        return cipher(Cipher.DECRYPT_MODE, recipient).doFinal(encryptedKey);
    }

    private Cipher cipher(int mode, Key key) throws GeneralSecurityException {
        if (this == PKCS1 || this == PKCS1_WITHOUT_PARAMETERS) {
            Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(mode, key);
            return cipher;
        }
        MGF1ParameterSpec hash = this == OAEP_SHA1 ? MGF1ParameterSpec.SHA1 : MGF1ParameterSpec.SHA256;
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                mode, key, new OAEPParameterSpec(hash.getDigestAlgorithm(), "MGF1", hash, PSource.PSpecified.DEFAULT));
        return cipher;
    }

    private static RSAESOAEPparams sha256Parameters() {
        AlgorithmIdentifier hash = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
        AlgorithmIdentifier mask = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, hash);
        return new RSAESOAEPparams(hash, mask, RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM);
    }
}
