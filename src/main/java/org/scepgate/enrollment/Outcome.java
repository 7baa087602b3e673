package org.scepgate.enrollment;

import java.util.Locale;

/** How a request ended, as metrics tell it. */
enum Outcome {
    ISSUED,
    REISSUED,
    RENEWED,
    /** A certificate or CRL that was asked for. */
    FOUND,
    PENDING,
    COLLECTED,
    REFUSED,
    /** Not even answered, for its address had too many refusals. */
    THROTTLED;

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
