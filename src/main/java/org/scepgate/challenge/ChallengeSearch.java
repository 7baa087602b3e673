package org.scepgate.challenge;

import io.quarkus.panache.common.Parameters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which challenges to list.
 *
 * @param createdBy only those of this client
 * @param after only those older than this one, exclusive
 */
record ChallengeSearch(
        Optional<String> createdBy,
        Optional<String> deviceId,
        Optional<ChallengeStatus> status,
        Optional<UUID> after,
        int limit) {

    /** What the rows have to fulfil, in HQL; the values are in {@link #parametersAt}. */
    String conditions() {
        List<String> conditions = new ArrayList<>();
        createdBy.ifPresent(client -> conditions.add("createdBy = :createdBy"));
        deviceId.ifPresent(device -> conditions.add("deviceId = :deviceId"));
        status.ifPresent(wanted -> conditions.add(wanted.condition()));
        after.ifPresent(id -> conditions.add("id < :after"));
        return conditions.isEmpty() ? "1 = 1" : String.join(" and ", conditions);
    }

    Parameters parametersAt(Instant now) {
        Parameters parameters = new Parameters();
        createdBy.ifPresent(client -> parameters.and("createdBy", client));
        deviceId.ifPresent(device -> parameters.and("deviceId", device));
        status.filter(ChallengeStatus::dependsOnTime).ifPresent(wanted -> parameters.and("now", now));
        after.ifPresent(id -> parameters.and("after", id));
        return parameters;
    }
}
