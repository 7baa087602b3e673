package org.scepgate.events;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The webhooks that a caller may see. */
@Schema(description = "Webhooks, by name")
public record WebhookList(List<WebhookView> items) {}
