package org.scepgate.mdm.intune;

import java.util.Optional;

/** A service of Microsoft gave no answer that counts; its message holds neither tokens nor anything of a request. */
final class IntuneException extends RuntimeException {

    /** What went wrong, as metrics tell it. */
    enum Kind {
        UNREACHABLE("unreachable"),
        TIMED_OUT("timeout"),
        /** 401 or 403, for the token's sake. */
        UNAUTHORIZED("unauthorized"),
        /** A redirect, or nothing is there. */
        MOVED("moved"),
        HTTP_ERROR("http-error"),
        /** A status that blames the one request; the next may fare better. */
        REJECTED("rejected"),
        MALFORMED("malformed"),
        /** An answer about one request that says nothing. */
        UNCLEAR("unclear");

        private final String tag;

        Kind(String tag) {
            this.tag = tag;
        }

        String tag() {
            return tag;
        }

        /** Whether it tells nothing of how other requests would fare. */
        boolean isAboutOneRequest() {
            return this == REJECTED || this == UNCLEAR;
        }
    }

    private final Kind kind;
    private final Optional<Integer> retryAfterSeconds;

    IntuneException(Kind kind, String message) {
        this(kind, message, Optional.empty());
    }

    /** @param retryAfterSeconds what the service asks for */
    IntuneException(Kind kind, String message, Optional<Integer> retryAfterSeconds) {
        super(message);
        this.kind = kind;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    static boolean is(Throwable failure, Kind kind) {
        return failure instanceof IntuneException known && known.kind() == kind;
    }

    Kind kind() {
        return kind;
    }

    Optional<Integer> retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
