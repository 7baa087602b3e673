package org.scepgate.events;

import java.time.Instant;

/** How a webhook is doing; a time is null where there is none. */
record WebhookStatus(
        String name, int failures, Instant failingSince, Instant retryAt, long pending, Instant oldest, long dead) {
    static WebhookStatus untouched(String name) {
        return new WebhookStatus(name, 0, null, null, 0, null, 0);
    }

    boolean isFailing() {
        return failures >= DeliveryStore.FAILING;
    }
}
