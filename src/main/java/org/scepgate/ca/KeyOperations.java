package org.scepgate.ca;

import org.scepgate.platform.UnavailableException;

/** What a private key does, wherever it is kept; its numbers stay there. */
public interface KeyOperations {

    /**
     * @param algorithm of the JCA, such as {@code SHA256withRSA}
     * @throws UnavailableException if the key is in a device that cannot be reached
     */
    byte[] sign(String algorithm, byte[] content);

    /**
     * One RSA operation without unpadding ({@code RSA/ECB/NoPadding}).
     *
     * @param block a number below the modulus, in as many bytes as the modulus has
     * @throws UnavailableException if the key is in a device that cannot be reached
     */
    byte[] decrypt(byte[] block);
}
