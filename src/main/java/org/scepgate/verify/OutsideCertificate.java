package org.scepgate.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a record outside the database says of one certificate, in the words of the audit log: {@code ca}, {@code profile},
 * {@code subject}, {@code deviceId}, {@code challengeId}, {@code issuedAt}, {@code notAfter} and, where it was revoked,
 * {@code revokedAt} and {@code reason}.
 */
final class OutsideCertificate {
    private static final String REVOKED_AT = "revokedAt";
    private static final String REASON = "reason";

    private final String serial;
    private final Map<String, String> facts = new TreeMap<>();

    /** @param serial whole octets of lower-case hex */
    OutsideCertificate(String serial) {
        this.serial = serial;
    }

    String serial() {
        return serial;
    }

    /** Null where nothing says so. */
    String fact(String name) {
        return facts.get(name);
    }

    /** What was known before stays: the first record of a certificate is that of its issuance. */
    void learn(String name, String value) {
        if (value != null && !value.isEmpty()) {
            facts.putIfAbsent(name, value);
        }
    }

    void revoked(String at, String reason) {
        facts.put(REVOKED_AT, String.valueOf(at));
        facts.put(REASON, String.valueOf(reason));
    }

    /** A hold has ended. */
    void unheld() {
        facts.remove(REVOKED_AT);
        facts.remove(REASON);
    }

    boolean isRevoked() {
        return facts.containsKey(REVOKED_AT);
    }

    Map<String, String> facts() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("serial", serial);
        all.putAll(facts);
        return all;
    }
}
