package org.scepgate.events;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.scepgate.outbound.RequestSigner;
import org.scepgate.platform.Caller;

/**
 * A receiver that is told of some events.
 *
 * @param clients whose; empty for all
 * @param types texts of {@link EventType}
 */
record Webhook(
        String name,
        URI url,
        RequestSigner signer,
        Optional<Set<String>> clients,
        Set<String> types,
        Delivery delivery) {
    // Between the end of an attempt and its row: as long as a statement and a wait for a connection may take.
    private static final Duration TO_BE_NOTED = Duration.ofSeconds(15);

    /**
     * How it is delivered.
     *
     * @param parallel attempts of each server at once
     */
    record Delivery(Duration timeout, int parallel, BackOff backOff, Duration giveUpAfter) {

        /** How long an attempt keeps other servers away. */
        Duration claim() {
            return timeout.plus(TO_BE_NOTED);
        }
    }

    boolean takes(Event event) {
        return types.contains(event.type())
                && clients.map(known -> event.client() != null && known.contains(event.client()))
                        .orElse(true);
    }

    /** Of the events of other clients a client learns nothing. */
    boolean isVisibleTo(Caller caller) {
        return caller.seesAll() || clients.filter(Set.of(caller.id())::equals).isPresent();
    }

    /** Some have a secret in their query. */
    String shownUrl() {
        return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    }
}
