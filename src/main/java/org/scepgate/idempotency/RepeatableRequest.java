package org.scepgate.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.scepgate.platform.ApiException;

/**
 * A request that may come again.
 *
 * @param caller whose key it is: two callers may use the same
 * @param sha256 of all that matters to the answer
 */
public record RepeatableRequest(String caller, String key, byte[] sha256) {
    public static final String HEADER = "Idempotency-Key";

    private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

    public RepeatableRequest {
        sha256 = sha256.clone();
    }

    @Override
    public byte[] sha256() {
        return sha256.clone();
    }

    /** The one value of the header; empty without a header. */
    public static Optional<String> key(List<String> headers) {
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        if (headers.size() > 1 || !KEY.matcher(headers.get(0)).matches()) {
            throw ApiException.badRequest(
                    "invalid-value", HEADER, "one key of 1 to 255 visible characters of ASCII, such as a UUID");
        }
        return Optional.of(headers.get(0));
    }

    /**
     * @param target what is asked for and in which form
     * @param body in a form that is the same for equal bodies
     */
    public static RepeatableRequest of(String caller, String key, String target, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(target.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return new RepeatableRequest(caller, key, digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
