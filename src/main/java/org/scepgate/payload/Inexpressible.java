package org.scepgate.payload;

import org.scepgate.platform.ApiException;

/** Refuses what a format has no words for: the device would ask for something else and be refused later. */
final class Inexpressible {
    private Inexpressible() {}

    /** @param field as the API spells it */
    static ApiException because(String field, String detail) {
        return ApiException.badRequest("not-expressible", field, detail);
    }
}
