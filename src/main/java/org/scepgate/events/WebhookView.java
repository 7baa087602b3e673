package org.scepgate.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A webhook and how it is doing. */
@Schema(name = "Webhook", description = "A webhook and how it is doing")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WebhookView(
        @Schema(examples = "mdm") String name,

        @Schema(description = "Without its query", examples = "https://mdm.acme.example/hooks/scepgate")
        String url,

        @Schema(description = "Whose events; absent for those of all")
        List<String> clients,

        @Schema(examples = "certificate.issued") List<String> events,

        @Schema(description = "Whether the last attempts failed: then there is one at a time")
        State state,

        Instant failingSince,

        @Schema(description = "While it is failing") Instant nextAttemptAt,

        @Schema(description = "Events that wait", examples = "0")
        long pending,

        @Schema(description = "Since when the oldest of them waits")
        Instant oldestPendingAt,

        @Schema(description = "Events that were given up", examples = "0")
        long dead) {

    /** How its receiver is. */
    public enum State {
        OK,
        FAILING
    }

    static WebhookView of(Webhook webhook, WebhookStatus status) {
        return new WebhookView(
                webhook.name(),
                webhook.shownUrl(),
                webhook.clients().map(names -> names.stream().sorted().toList()).orElse(null),
                webhook.types().stream().sorted().toList(),
                status.isFailing() ? State.FAILING : State.OK,
                status.failingSince(),
                Optional.ofNullable(status.retryAt())
                        .filter(retry -> status.isFailing())
                        .orElse(null),
                status.pending(),
                status.oldest(),
                status.dead());
    }
}
