package org.scepgate.policy;

/** The rules a request can break, by the identifiers that the API, the audit log and the metrics show. */
public enum Rule {
    CHALLENGE_MISSING("challenge.missing"),
    CHALLENGE_UNKNOWN("challenge.unknown"),
    CHALLENGE_EXPIRED("challenge.expired"),
    CHALLENGE_LOCKED("challenge.locked"),
    CHALLENGE_CANCELLED("challenge.cancelled"),
    /** The challenge was issued for another profile than the one the device came to. */
    CHALLENGE_PROFILE("challenge.profile"),
    /** Another request spent the challenge between the decision and the record. */
    CHALLENGE_SPENT("challenge.spent"),
    CHALLENGE_SPENT_OTHER_KEY("challenge.spent-other-key"),
    CHALLENGE_SPENT_OTHER_REQUEST("challenge.spent-other-request"),
    CHALLENGE_RETRY_WINDOW("challenge.retry-window"),
    /** The challenge is reserved for a request that waits for approval, and this one has another key. */
    CHALLENGE_HELD_OTHER_KEY("challenge.held-other-key"),
    CHALLENGE_HELD_OTHER_REQUEST("challenge.held-other-request"),
    /** The authority outside that the challenge is of says no to the request. */
    CHALLENGE_NOT_VOUCHED("challenge.not-vouched"),
    /** That authority could not be told of the certificate, which therefore was revoked. */
    CERTIFICATE_UNCONFIRMED("certificate.unconfirmed"),
    CERTIFICATE_REVOKED("certificate.revoked"),
    CERTIFICATE_EXPIRED("certificate.expired"),
    SUBJECT_MISMATCH("subject.mismatch"),
    SUBJECT_ISSUER_NAME("subject.issuer-name"),
    /** Nobody bound a name beforehand, and the one asked for is none that can be issued. */
    SUBJECT_UNSUPPORTED("subject.unsupported"),
    SAN_MISMATCH("san.mismatch"),
    SAN_UNSUPPORTED("san.unsupported"),
    /** Names the account of a directory, and the profile does not believe that of a request. */
    SAN_ACCOUNT_SID("san.account-sid"),
    KEY_TYPE("key.type"),
    KEY_SIZE("key.size"),
    KEY_CURVE("key.curve"),
    KEY_EXPONENT("key.exponent"),
    KEY_SMALL_FACTOR("key.small-factor"),
    /** CVE-2017-15361. */
    KEY_ROCA("key.roca"),
    /** CVE-2022-26320. */
    KEY_CLOSE_PRIMES("key.close-primes"),
    /** No point of the curve that the key names. */
    KEY_POINT("key.point"),
    /** On the list of compromised keys. */
    KEY_BLOCKED("key.blocked"),
    KEY_BOUND("key.bound"),
    KEY_SIGNER("key.signer"),
    /** No bound key usage is left that a key of this type can have. */
    KEY_USAGE("key.usage"),
    REQUEST_CA("request.ca"),
    RENEWAL_DISABLED("renewal.disabled"),
    /** The certificate that signed is in no inventory of this service. */
    RENEWAL_SIGNER("renewal.signer"),
    RENEWAL_PROFILE("renewal.profile"),
    RENEWAL_WINDOW("renewal.window"),
    RENEWAL_SAME_KEY("renewal.same-key"),
    /** The profile was narrowed after the challenge had been issued. */
    PROFILE_NARROWED("profile.narrowed"),
    /** The endpoint that the profile asks before issuing said no. */
    AUTHORIZATION_DENIED("authorization.denied"),
    /** It gave no answer, none in time or none that can be understood. */
    AUTHORIZATION_FAILED("authorization.failed"),
    /** It answered with more than the policy grants. */
    AUTHORIZATION_WIDER("authorization.wider");

    private final String id;

    Rule(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    /** RFC 8894 section 3.2.1.4.5 answers an unacceptable key algorithm or size with badAlg. */
    public boolean isAboutKeyAlgorithm() {
        return this == KEY_TYPE || this == KEY_SIZE || this == KEY_CURVE;
    }

    /** An endpoint of ours failed, which no device can help. */
    boolean isAboutEndpoint() {
        return this == AUTHORIZATION_FAILED || this == AUTHORIZATION_WIDER;
    }

    /** The challenge belongs to another request than this one. */
    boolean isAboutAnotherRequest() {
        return switch (this) {
            case CHALLENGE_SPENT_OTHER_KEY,
                    CHALLENGE_SPENT_OTHER_REQUEST,
                    CHALLENGE_HELD_OTHER_KEY,
                    CHALLENGE_HELD_OTHER_REQUEST -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return id;
    }
}
