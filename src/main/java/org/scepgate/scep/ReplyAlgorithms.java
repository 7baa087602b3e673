package org.scepgate.scep;

/** The algorithms of an answer: those of the request where they are allowed, and never DES or MD5. */
record ReplyAlgorithms(DigestAlgorithm digest, ContentCipher content, KeyTransport keyTransport) {
    /** For FAILURE, which encrypts nothing. */
    ReplyAlgorithms(DigestAlgorithm digest) {
        this(digest, ContentCipher.AES_128, KeyTransport.PKCS1);
    }

    ReplyAlgorithms {
        digest = digest == DigestAlgorithm.MD5 ? DigestAlgorithm.SHA_256 : digest;
        content = content == ContentCipher.DES ? ContentCipher.AES_128 : content;
    }
}
