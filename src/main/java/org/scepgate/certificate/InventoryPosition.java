package org.scepgate.certificate;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.Paging;
import org.scepgate.platform.QueryValues;

/**
 * Where a page ended: a certificate, and by what it stands where it does.
 *
 * @param end of a certificate in {@link InventoryOrder#LATEST_END_FIRST}
 * @param name as it is stored, in {@link InventoryOrder#LAST_NAME_FIRST}
 */
record InventoryPosition(UUID id, Optional<Instant> end, Optional<String> name) {
    private static final int ID = 36;
    private static final char SEPARATOR = '.';
    private static final int FIRST_YEAR = 1;

    static InventoryPosition of(UUID id) {
        return new InventoryPosition(id, Optional.empty(), Optional.empty());
    }

    static InventoryPosition of(UUID id, Instant end) {
        return new InventoryPosition(id, Optional.of(end), Optional.empty());
    }

    static InventoryPosition of(UUID id, String name) {
        return new InventoryPosition(id, Optional.empty(), Optional.of(name));
    }

    /** @throws ApiException if no page of a list in this order ended so */
    static Optional<InventoryPosition> read(String text, InventoryOrder order) {
        return Optional.ofNullable(text)
                .map(position -> order == InventoryOrder.NEWEST_FIRST ? newest(position) : readKeyed(position, order));
    }

    /** What {@link #read} takes. */
    @Override
    public String toString() {
        return end.map(Instant::toString)
                .or(() -> name)
                .map(key -> id.toString() + SEPARATOR + key)
                .orElseGet(id::toString);
    }

    private static InventoryPosition newest(String text) {
        return of(Paging.after(text).orElseThrow());
    }

    private static InventoryPosition readKeyed(String text, InventoryOrder order) {
        if (text.length() <= ID + 1 || text.charAt(ID) != SEPARATOR) {
            throw ApiException.badRequest("invalid-value", "after", "as in the address of the next page");
        }
        UUID id = Paging.after(text.substring(0, ID)).orElseThrow();
        String key = text.substring(ID + 1);
        return order == InventoryOrder.LATEST_END_FIRST
                ? of(id, QueryValues.time("after", key, FIRST_YEAR).orElseThrow())
                : of(id, QueryValues.text(key));
    }
}
