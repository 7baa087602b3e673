package org.scepgate.events;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many events are sent again. */
@Schema(name = "Replay", description = "How many events are sent again")
public record ReplayView(@Schema(examples = "1") int replayed) {}
