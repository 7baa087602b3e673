package org.scepgate.platform;

import java.util.Optional;
import java.util.UUID;

/** The two query parameters that every list of the API has: {@code limit} and {@code after}. */
public final class Paging {
    private static final int LARGEST_PAGE = 200;

    private Paging() {}

    /** @throws ApiException if it is no number from 1 to 200 */
    public static int limit(String text) {
        try {
            int asked = Integer.parseInt(text);
            if (asked >= 1 && asked <= LARGEST_PAGE) {
                return asked;
            }
        } catch (NumberFormatException unreadable) {
            throw badLimit();
        }
        throw badLimit();
    }

    /**
     * The last entry of the page before, null for the first page.
     *
     * @throws ApiException if it is no id
     */
    public static Optional<UUID> after(String text) {
        try {
            return Optional.ofNullable(text).map(UUID::fromString);
        } catch (IllegalArgumentException unreadable) {
            throw ApiException.badRequest("invalid-value", "after", "the id of the last entry of the page before");
        }
    }

    private static ApiException badLimit() {
        return ApiException.badRequest("invalid-value", "limit", "a number from 1 to " + LARGEST_PAGE);
    }
}
