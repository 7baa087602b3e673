package org.scepgate.ca;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** The keys that a CA, an RA or an OCSP responder may have. */
public enum KeyKind {
    RSA2048("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4)),
    RSA3072("RSA", new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4)),
    RSA4096("RSA", new RSAKeyGenParameterSpec(4096, RSAKeyGenParameterSpec.F4)),
    EC256("EC", new ECGenParameterSpec("secp256r1")),
    EC384("EC", new ECGenParameterSpec("secp384r1"));

    private final String algorithm;
    private final AlgorithmParameterSpec parameters;

    KeyKind(String algorithm, AlgorithmParameterSpec parameters) {
        this.algorithm = algorithm;
        this.parameters = parameters;
    }

    public boolean isRsa() {
        return algorithm.equals("RSA");
    }

    String algorithm() {
        return algorithm;
    }

    KeyPair generate(KeyPairGenerator generator) throws GeneralSecurityException {
        generator.initialize(parameters);
        return generator.generateKeyPair();
    }
}
