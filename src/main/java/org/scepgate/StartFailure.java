package org.scepgate;

import io.smallrye.config.ConfigValidationException;
import java.net.BindException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.scepgate.platform.ConfigurationException;

/** Tells failures that an operator can mend by configuration from those that need a stack trace. */
final class StartFailure {
    // SmallRye puts the type before the message where a value cannot be converted.
    private static final String EXCEPTION_NAME = "^[\\w.$]+Exception: ";

    private StartFailure() {}

    /** One line each, beginning with the key to change where it is known; empty for anything unexpected. */
    static List<String> linesFor(Throwable failure) {
        Stream<Function<Throwable, Optional<List<String>>>> kinds = Stream.of(
                cause -> find(cause, ConfigurationException.class).map(e -> List.of(e.getMessage())),
                cause -> find(cause, ConfigValidationException.class).map(StartFailure::lines),
                cause -> find(cause, io.quarkus.runtime.configuration.ConfigurationException.class)
                        .map(e -> List.of(e.getMessage())),
                cause -> find(cause, BindException.class)
                        .map(e -> List.of("quarkus.http.port or quarkus.management.port: " + e.getMessage())),
                cause -> find(cause, FlywayValidateException.class)
                        .map(e ->
                                List.of("quarkus.flyway.migrate-at-start: the schema is older than this release, or not"
                                        + " its own; run the command migrate: " + firstLine(e.getMessage()))),
                cause -> find(cause, SQLException.class)
                        .filter(StartFailure::isAboutTheConnection)
                        .map(e -> List.of(DatabaseUrls.REACTIVE + ": " + firstLine(e.getMessage()))));
        return kinds.map(kind -> kind.apply(failure))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(List.of());
    }

    private static List<String> lines(ConfigValidationException failure) {
        return IntStream.range(0, failure.getProblemCount())
                .mapToObj(i -> failure.getProblem(i).getMessage().replaceFirst(EXCEPTION_NAME, ""))
                .distinct()
                .toList();
    }

    /** Classes of SQLSTATE: 08 no connection, 28 user or password refused, 3D no such database. */
    private static boolean isAboutTheConnection(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.startsWith("28") || state.startsWith("3D");
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
