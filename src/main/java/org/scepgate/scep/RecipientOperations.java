package org.scepgate.scep;

import java.security.GeneralSecurityException;

/** The two things that the RSA key of a recipient does, wherever it is kept. */
public interface RecipientOperations {

    /** @param algorithm of the JCA, such as {@code SHA256withRSA} */
    byte[] sign(String algorithm, byte[] content) throws GeneralSecurityException;

    /**
     * {@code RSA/ECB/NoPadding}.
     *
     * @param block a number below the modulus, in as many bytes as the modulus has
     * @return the result, with or without leading zeros
     */
    byte[] decrypt(byte[] block) throws GeneralSecurityException;
}
