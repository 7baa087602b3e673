package org.scepgate.audit;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.scepgate.seal.Anchor;

/** A place outside the database where seals are written down. */
interface AnchorTarget {
    /** What the database and the metrics call it. */
    String name();

    /** In their order. Some may come again, after a failure. */
    Uni<Void> write(List<Anchor> anchors);
}
