package org.scepgate.platform;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Every code that a problem of the API may have, with what it means; the published document lists them. */
public final class ProblemCodes {
    private static final Map<String, String> MEANINGS = new TreeMap<>(Map.ofEntries(
            Map.entry("ambiguous-serial", "several CAs have this serial number; name one by ?ca="),
            Map.entry("certificate-revoked", "it was revoked for good"),
            Map.entry("challenge-cancelled", "the challenge was taken back"),
            Map.entry("challenge-locked", "too many enrolments with the challenge were refused"),
            Map.entry("challenge-redeemed", "a certificate was issued for the challenge"),
            Map.entry("challenge-replaced", "another challenge was made in its place; see replacedBy"),
            Map.entry("forbidden", "the token carries no role that allows this"),
            Map.entry("idempotency-answer-lost", "the server's key has changed since the request was answered"),
            Map.entry("idempotency-key-reused", "the Idempotency-Key was used for another request"),
            Map.entry("idempotency-not-configured", "the server keeps no answers; send no Idempotency-Key"),
            Map.entry("internal-error", "a fault of the server; its log has the instance"),
            Map.entry("invalid-binding", "a name, key or usage that the profile does not allow or that is malformed"),
            Map.entry("invalid-value", "a value out of its range"),
            Map.entry("malformed-json", "the body is no JSON object"),
            Map.entry("malformed-request", "HTTP that cannot be read"),
            Map.entry("method-not-allowed", "the address does not answer to that method; see Allow"),
            Map.entry("missing-field", "a field that is required is not there"),
            Map.entry("name-not-allowed", "the client may not have this name"),
            Map.entry("not-acceptable", "there is no answer in a media type that is accepted"),
            Map.entry("not-expressible", "the format has no words for what is asked; take JSON, or ask for less"),
            Map.entry("not-found", "there is nothing at the address"),
            Map.entry("payload-too-large", "the body is larger than allowed"),
            Map.entry(
                    "profile-asks-elsewhere",
                    "devices of the profile bring challenges that another service makes, or one that they share"),
            Map.entry("profile-not-allowed", "the client may not use this profile"),
            Map.entry("quota-exceeded", "the client has too many open challenges; see Retry-After"),
            Map.entry("rate-limited", "the client asks more often than it may; see Retry-After"),
            Map.entry("request-approved", "the request was approved before"),
            Map.entry("request-changed", "the request changed meanwhile; try again"),
            Map.entry("request-denied", "the request was denied before"),
            Map.entry("request-expired", "nobody decided in time"),
            Map.entry("request-refused", "the policy does not allow the request any more"),
            Map.entry(
                    "too-many-streams",
                    "the server or the caller has as many streams of events open as it may; see Retry-After"),
            Map.entry("ttl-out-of-range", "the time to live is outside the profile's bounds"),
            Map.entry("unauthorized", "no token, or none that is accepted"),
            Map.entry("unavailable", "not now; see Retry-After"),
            Map.entry("unknown-ca", "no such CA"),
            Map.entry("unknown-certificate", "no such certificate"),
            Map.entry("unknown-challenge", "no such challenge that the caller may see"),
            Map.entry("unknown-client", "the client is not one of those that may make challenges"),
            Map.entry("unknown-delivery", "the event is not one of that webhook"),
            Map.entry("unknown-field", "the body has a field that is not known"),
            Map.entry("unknown-profile", "no such profile"),
            Map.entry("unknown-request", "no such request that waits for approval"),
            Map.entry("unknown-transaction", "no such transaction"),
            Map.entry("unknown-webhook", "no such webhook that the caller may see"),
            Map.entry("unsupported-media-type", "the body is not application/json"),
            Map.entry("wrong-type", "a value is of another type")));

    private ProblemCodes() {}

    /** In the order of the alphabet. */
    public static Map<String, String> meanings() {
        return Collections.unmodifiableMap(MEANINGS);
    }
}
