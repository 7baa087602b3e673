package org.scepgate.platform;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads many rows in portions, so that whoever waits for the event loop waits for one portion and not for all. */
public final class Portions {
    private Portions() {}

    /**
     * All rows, in their order.
     *
     * @param after reads what comes after a row, or the beginning: as many rows as a portion has, fewer at the end
     */
    public static <T> Uni<List<T>> all(int portion, Function<Optional<T>, Uni<List<T>>> after) {
        return upTo(Integer.MAX_VALUE, portion, after);
    }

    /**
     * The first rows, in their order.
     *
     * @param most rows, some whole portions
     */
    public static <T> Uni<List<T>> upTo(int most, int portion, Function<Optional<T>, Uni<List<T>>> after) {
        return Uni.createFrom().deferred(() -> {
            List<T> rows = new ArrayList<>();
            return Multi.createBy()
                    .repeating()
                    .uni(() -> after.apply(last(rows)).invoke(rows::addAll))
                    .whilst(read -> read.size() == portion && rows.size() < most)
                    .collect()
                    .last()
                    .replaceWith(rows);
        });
    }

    private static <T> Optional<T> last(List<T> rows) {
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(rows.size() - 1));
    }
}
