package org.scepgate.approval;

import io.quarkus.panache.common.Parameters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which requests to list.
 *
 * @param after only those older than this one, exclusive
 */
record HeldSearch(Optional<HeldStatus> status, Optional<String> profile, Optional<UUID> after, int limit) {

    /** What the rows have to fulfil, in HQL; the values are in {@link #parametersAt}. */
    String conditions() {
        List<String> conditions = new ArrayList<>(List.of("1 = 1"));
        status.ifPresent(wanted -> conditions.add(wanted.condition()));
        profile.ifPresent(name -> conditions.add("profile = :profile"));
        after.ifPresent(id -> conditions.add("id < :after"));
        return String.join(" and ", conditions);
    }

    Parameters parametersAt(Instant now) {
        Parameters parameters = new Parameters();
        status.filter(HeldStatus::dependsOnTime).ifPresent(wanted -> parameters.and("now", now));
        profile.ifPresent(name -> parameters.and("profile", name));
        after.ifPresent(id -> parameters.and("after", id));
        return parameters;
    }
}
