package org.scepgate.device;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets many devices enrol at once, before real ones do. */
@Command(
        name = "rehearse",
        description = {
            "Enrols many devices over some connections and tells how long they waited.",
            "They share one key, which is thrown away: revoke what was issued."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all enrolled", "1:not all", "2:wrong options", "3:no device had a good answer"})
final class RehearseCommand implements Callable<Integer> {
    private static final int MOST_CONNECTIONS = 512;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Option(
            names = "--devices",
            required = true,
            paramLabel = "FILE",
            description = "a line for each device: its challenge, a space, its subject; - is the standard input")
    private String devices;

    @Option(
            names = "--connections",
            paramLabel = "NUMBER",
            defaultValue = "8",
            description = "how many enrol at the same time (default: ${DEFAULT-VALUE})")
    private int connections;

    @Override
    public Integer call() throws CommandException {
        Console console = Console.of(spec);
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw CommandException.usage("--connections must be 1 to " + MOST_CONNECTIONS);
        }
        List<RehearsedDevice> all = RehearsedDevice.read(devices);
        RehearsalOutcome outcome = Rehearsal.prepare(connection.client(), all).run(connections);
        console.say("devices: " + all.size() + " over " + connections + " connections, " + outcome.enrolled()
                + " enrolled, " + outcome.refused() + " refused, " + outcome.pending() + " pending, "
                + outcome.unanswered() + " without a good answer");
        if (outcome.enrolled() > 0) {
            console.say(
                    "%.1f enrolled per second; of them half waited at most %d ms, 99 of 100 at most %d, all at most %d"
                            .formatted(
                                    outcome.enrolledPerSecond(),
                                    outcome.percentile(50),
                                    outcome.percentile(99),
                                    outcome.percentile(100)));
        }
        outcome.problem().ifPresent(problem -> console.complain("one that failed: " + problem));
        return outcome.exitCode().value();
    }
}
