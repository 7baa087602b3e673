package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.smallrye.mutiny.Uni;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {

    @Test
    void takesTheFirstResult() {
        Iterator<Optional<String>> results = List.of(
                        Optional.<String>empty(), Optional.of("second"), Optional.of("third"))
                .iterator();

        String taken = Turns.take("a row", () -> Uni.createFrom().item(results.next()))
                .await()
                .indefinitely();

        assertThat(taken).isEqualTo("second");
        assertThat(results.next()).contains("third");
    }

    @Test
    void givesUpAfterThreeTurns() {
        AtomicInteger turns = new AtomicInteger();
        Uni<String> taken = Turns.take("a row", () -> {
            turns.incrementAndGet();
            return Uni.createFrom().item(Optional.empty());
        });

        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> taken.await().indefinitely())
                .withMessage("a row changed at every turn");
        assertThat(turns).hasValue(3);
    }
}
