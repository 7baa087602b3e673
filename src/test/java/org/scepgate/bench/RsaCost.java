package org.scepgate.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What RSA-2048 costs on this machine in OpenSSL's own measure, in milliseconds of one core.
 *
 * @param privateKey one signature, or one decryption
 * @param publicKey one verification, or one encryption
 */
record RsaCost(double privateKey, double publicKey) {
    private static final String RESULT = "+F2:";

    /** Runs {@code openssl speed}, which counts processor time. */
    static RsaCost measure() throws IOException, InterruptedException {
        Process openssl = new ProcessBuilder("openssl", "speed", "-mr", "-seconds", "3", "rsa2048")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        openssl.waitFor();
        return output.lines()
                .filter(line -> line.startsWith(RESULT))
                .map(line -> line.split(":"))
                // Signatures and verifications per second.
                .map(parts -> new RsaCost(1e3 / Double.parseDouble(parts[3]), 1e3 / Double.parseDouble(parts[4])))
                .findFirst()
                .orElseThrow(() -> new IOException("openssl speed gave no result: " + output));
    }

    RsaCost meanWith(RsaCost other) {
        return new RsaCost((privateKey + other.privateKey) / 2, (publicKey + other.publicKey) / 2);
    }

    /** An enrolment decrypts, signs the certificate and the answer; verifies message and CSR; encrypts to the device. */
    double perEnrolment() {
        return 3 * privateKey + 3 * publicKey;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "3 private x %.3f ms + 2 verifications + 1 encryption x %.3f ms", privateKey, publicKey);
    }
}
