package org.scepgate.platform;

/** Something that the service needs cannot be had just now; the caller may try again (HTTP 503 with Retry-After). */
public final class UnavailableException extends RuntimeException {
    private final int retryAfterSeconds;
    private final boolean forLoad;

    public UnavailableException(String message, int retryAfterSeconds) {
        this(message, retryAfterSeconds, null);
    }

    public UnavailableException(String message, int retryAfterSeconds, Throwable cause) {
        super(message, cause);
        this.retryAfterSeconds = retryAfterSeconds;
        this.forLoad = false;
    }

    // Neither a trace nor anything that changes: one object serves all.
    private UnavailableException(String message, int retryAfterSeconds, boolean forLoad) {
        super(message, null, false, false);
        this.retryAfterSeconds = retryAfterSeconds;
        this.forLoad = forLoad;
    }

    /** There is too much to do; whoever throws it has counted and logged that, for it is thrown in thousands. */
    static UnavailableException forLoad(String message, int retryAfterSeconds) {
        return new UnavailableException(message, retryAfterSeconds, true);
    }

    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    boolean isForLoad() {
        return forLoad;
    }
}
