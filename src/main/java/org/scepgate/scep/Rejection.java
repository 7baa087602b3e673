package org.scepgate.scep;

/** Every reason for which the decoder refuses a message that it can answer. */
enum Rejection {
    MESSAGE_TYPE(FailInfo.BAD_REQUEST, "message-type"),
    SENDER_NONCE(FailInfo.BAD_REQUEST, "sender-nonce"),
    MESSAGE_TYPE_NOT_SERVED(FailInfo.BAD_REQUEST, "message-type-not-served"),
    CONTENT_TYPE(FailInfo.BAD_REQUEST, "content-type"),
    DIGEST_ALGORITHM(FailInfo.BAD_ALG, "digest-algorithm"),
    SIGNATURE_ALGORITHM(FailInfo.BAD_ALG, "signature-algorithm"),
    SIGNER_KEY(FailInfo.BAD_ALG, "signer-key"),
    // Neither a key nor a password to encrypt the answer with: better said now than after a certificate is issued.
    ANSWER_NOT_ENCRYPTABLE(FailInfo.BAD_ALG, "answer-not-encryptable"),
    SIGNATURE_INVALID(FailInfo.BAD_MESSAGE_CHECK, "signature-invalid"),
    ENVELOPE_MALFORMED(FailInfo.BAD_REQUEST, "envelope-malformed"),
    RECIPIENT_UNKNOWN(FailInfo.BAD_REQUEST, "recipient-unknown"),
    KEY_TRANSPORT(FailInfo.BAD_ALG, "key-transport"),
    CONTENT_CIPHER(FailInfo.BAD_ALG, "content-cipher"),

    // What is wrong inside the envelope is one answer for the device: telling more would decrypt for it.
    UNREADABLE(FailInfo.BAD_REQUEST, "unreadable"),
    // As for a certificate that is not there.
    UNREADABLE_CERTIFICATE_ID(FailInfo.BAD_CERT_ID, "unreadable-certificate-id"),
    UNREADABLE_CSR_KEY(FailInfo.BAD_REQUEST, "unreadable-csr-key"),
    UNREADABLE_CSR_ALGORITHM(FailInfo.BAD_REQUEST, "unreadable-csr-algorithm"),
    UNREADABLE_CSR_SIGNATURE(FailInfo.BAD_REQUEST, "unreadable-csr-signature"),

    // Only told to the holder of the CSR's key, which has signed the message and so wrote the ciphertext itself.
    CSR_ALGORITHM(FailInfo.BAD_ALG, "csr-algorithm"),
    CSR_SIGNATURE(FailInfo.BAD_MESSAGE_CHECK, "csr-signature-invalid");

    private final FailInfo failInfo;
    private final String reason;

    Rejection(FailInfo failInfo, String reason) {
        this.failInfo = failInfo;
        this.reason = reason;
    }

    FailInfo failInfo() {
        return failInfo;
    }

    String reason() {
        return reason;
    }
}
