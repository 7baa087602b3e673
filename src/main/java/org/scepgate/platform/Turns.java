package org.scepgate.platform;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks again where another request was faster: who loses a race finds the winner's work when it looks once more. */
public final class Turns {
    private static final int MOST = 3;
    private static final int RETRY_AFTER_SECONDS = 2;

    private Turns() {}

    /**
     * The first result that a turn gives; fails with {@link UnavailableException} if none does.
     *
     * @param contested what the others change meanwhile, for the log
     */
    public static <T> Uni<T> take(String contested, Supplier<Uni<Optional<T>>> turn) {
        return take(contested, turn, MOST);
    }

    private static <T> Uni<T> take(String contested, Supplier<Uni<Optional<T>>> turn, int left) {
        if (left == 0) {
            return Uni.createFrom()
                    .failure(new UnavailableException(contested + " changed at every turn", RETRY_AFTER_SECONDS));
        }
        return turn.get()
                .chain(result -> result.map(found -> Uni.createFrom().item(found))
                        .orElseGet(() -> take(contested, turn, left - 1)));
    }
}
