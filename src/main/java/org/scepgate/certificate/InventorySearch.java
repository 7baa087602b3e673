package org.scepgate.certificate;

import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * A page of certificates that is asked for.
 *
 * @param after where the page before ended
 * @param limit how many it may hold
 */
record InventorySearch(InventoryFilter filter, Optional<InventoryPosition> after, int limit) {
    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);

    /** One row more than the page holds shows whether there is a next page. */
    Tuple values(Instant now) {
        Optional<InventoryName> name = name(0);
        Optional<InventoryName> another = name(1);
        return Tuple.tuple()
                .addUUID(beforeId())
                .addOffsetDateTime(time(after.flatMap(InventoryPosition::end).orElseGet(() -> filter.to(now))))
                .addOffsetDateTime(time(filter.from(now)))
                .addString(after.flatMap(InventoryPosition::name)
                        .or(() -> name.map(InventoryName::to))
                        .orElse(null))
                .addString(name.map(InventoryName::from).orElse(null))
                .addString(name.map(InventoryName::to).orElse(null))
                .addString(another.map(InventoryName::from).orElse(null))
                .addString(another.map(InventoryName::to).orElse(null))
                .addValue(filter.serial()
                        .map(hex -> Buffer.buffer(HexFormat.of().parseHex(hex)))
                        .orElse(null))
                .addString(filter.deviceId().orElse(null))
                .addString(filter.profile().orElse(null))
                .addString(filter.ca().orElse(null))
                .addOffsetDateTime(time(filter.to(now)))
                .addString(filter.state().map(Enum::name).orElse(null))
                .addOffsetDateTime(time(now))
                .addLong(limit + 1L);
    }

    /** Where an order has more than ids, what its first page begins with is excluded whatever its id. */
    private UUID beforeId() {
        boolean byId = filter.statement().order() == InventoryOrder.NEWEST_FIRST;
        return after.map(InventoryPosition::id).orElse(byId ? LAST : FIRST);
    }

    private Optional<InventoryName> name(int index) {
        return filter.names().stream().skip(index).findFirst();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
