package org.scepgate.challenge;

/**
 * A request as an authority outside wants to see it.
 *
 * @param csr PKCS#10, byte for byte as it came, with the challenge in it
 */
public record PresentedRequest(String transactionId, byte[] csr) {

    public PresentedRequest {
        csr = csr.clone();
    }

    @Override
    public byte[] csr() {
        return csr.clone();
    }

    // The CSR holds the challenge, and some clients make their transactionID of it.
    @Override
    public String toString() {
        return "PresentedRequest[***]";
    }
}
