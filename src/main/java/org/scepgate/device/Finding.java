package org.scepgate.device;

/** One thing that the doctor found, in plain words. */
record Finding(Level level, String about, String text) {
    enum Level {
        /** As it should be. */
        OK,
        /** Worth knowing; some client may stumble over it. */
        NOTE,
        /** To be mended. */
        PROBLEM
    }
}
