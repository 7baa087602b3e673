package org.scepgate.outbound;

import java.io.IOException;

/** There was no answer that could be used. */
public final class OutboundException extends IOException {

    /** What went wrong. */
    public enum Kind {
        /** The address must not be called. */
        ADDRESS_REFUSED,
        /** Too many calls to this server are open; it heard nothing of this one, and nothing is known of it. */
        NOT_SENT,
        /** The name, the connection or TLS failed, or the connection ended too early. */
        UNREACHABLE,
        TIMED_OUT,
        ANSWER_TOO_LARGE
    }

    private final Kind kind;

    OutboundException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    OutboundException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
