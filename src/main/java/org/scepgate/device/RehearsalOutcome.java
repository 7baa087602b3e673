package org.scepgate.device;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What became of a rehearsal.
 *
 * @param results one for each device, in no order
 * @param took from the first request to the last answer
 */
record RehearsalOutcome(List<Result> results, Duration took) {

    /** @param problem empty if the device has its certificate */
    record Result(Duration waited, Optional<CommandException> problem) {
        private boolean endsWith(ExitCode code) {
            return problem.filter(found -> found.exitCode() == code).isPresent();
        }
    }

    RehearsalOutcome {
        results = results.stream().sorted(Comparator.comparing(Result::waited)).toList();
    }

    long enrolled() {
        return results.stream().filter(result -> result.problem().isEmpty()).count();
    }

    long refused() {
        return results.stream()
                .filter(result -> result.endsWith(ExitCode.REFUSED))
                .count();
    }

    /** Nobody answered, or not what can be believed. */
    long unanswered() {
        return results.stream()
                .filter(result -> result.endsWith(ExitCode.FAULT))
                .count();
    }

    double enrolledPerSecond() {
        return enrolled() * 1e9 / took.toNanos();
    }

    /** Milliseconds that so many in a hundred waited at most. */
    long percentile(int percent) {
        int rank = (results.size() * percent + 99) / 100;
        return results.get(rank - 1).waited().toMillis();
    }

    /** What went wrong with one of those that failed. */
    Optional<String> problem() {
        return results.stream()
                .flatMap(result -> result.problem().stream())
                .map(CommandException::getMessage)
                .findFirst();
    }
}
