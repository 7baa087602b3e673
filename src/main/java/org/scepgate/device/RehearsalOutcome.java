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

    /** Somebody must approve them. */
    long pending() {
        return results.stream()
                .filter(result -> result.endsWith(ExitCode.PENDING))
                .count();
    }

    /** Milliseconds that so many in a hundred of those that enrolled waited at most; who is turned away waits for nothing. */
    long percentile(int percent) {
        List<Duration> waited = results.stream()
                .filter(result -> result.problem().isEmpty())
                .map(Result::waited)
                .toList();
        int rank = (waited.size() * percent + 99) / 100;
        return waited.get(rank - 1).plusNanos(999_999).toMillis();
    }

    /** What the command ends with: where nobody was answered, there may be no server. */
    ExitCode exitCode() {
        if (enrolled() == results.size()) {
            return ExitCode.OK;
        }
        return unanswered() == results.size() ? ExitCode.FAULT : ExitCode.REFUSED;
    }

    /** What went wrong with one of those that failed. */
    Optional<String> problem() {
        return results.stream()
                .flatMap(result -> result.problem().stream())
                .map(CommandException::getMessage)
                .findFirst();
    }
}
