package org.scepgate.scep;

/** A request as a device sends it, with what its answer must repeat. */
public record PkiRequest(TransactionId transactionId, Nonce senderNonce, byte[] encoded) {
    public PkiRequest {
        encoded = encoded.clone();
    }

    /** The bytes to send. */
    @Override
    public byte[] encoded() {
        return encoded.clone();
    }

    @Override
    public String toString() {
        return "PkiRequest[" + transactionId + "]";
    }
}
