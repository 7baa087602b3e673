package org.scepgate.platform;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

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

    /**
     * A page of what was found, which is one entry more than the page holds if there is a next one.
     *
     * @param next the address of the next page, by the last entry of this one
     * @param page makes a page of its entries and of the address of the next one, null on the last page
     */
    public static <T, P> P page(List<T> found, int limit, Function<T, URI> next, BiFunction<List<T>, URI, P> page) {
        List<T> items = found.subList(0, Math.min(limit, found.size()));
        return page.apply(items, found.size() <= limit ? null : next.apply(items.get(limit - 1)));
    }

    private static ApiException badLimit() {
        return ApiException.badRequest("invalid-value", "limit", "a number from 1 to " + LARGEST_PAGE);
    }
}
