package org.scepgate.testing;

/** Where a proxy stops what a client sends: the server never has it, or what the server did is never known to the client. */
public enum Moment {
    BEFORE_IT_ARRIVES,
    BEFORE_ITS_ANSWER
}
