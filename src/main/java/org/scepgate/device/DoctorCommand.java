package org.scepgate.device;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.scepgate.device.Finding.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells what is good and what is wrong with a SCEP server. */
@Command(
        name = "doctor",
        description = {
            "Tells what a SCEP server announces, what it really takes, and what its devices may stumble over.",
            "It sends requests with a challenge that nobody has: each is a refusal in the server's audit log."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no problem", "1:problems", "2:wrong options"})
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private ChallengeOptions challenges;

    @Option(
            names = "--subject",
            paramLabel = "NAME",
            description = "with a challenge: enrol under this name too, which spends the challenge")
    private String subject;

    @Option(names = "--san", paramLabel = "TYPE:VALUE", description = "with --subject, as for enroll")
    private List<String> alternatives = List.of();

    @Option(names = "--json", description = "for machines")
    private boolean json;

    @Override
    public Integer call() throws CommandException {
        Optional<String> challenge = challenges.find();
        if (challenge.isPresent() != (subject != null)) {
            throw CommandException.usage("a challenge and --subject go together");
        }
        Console plain = Console.of(spec);
        Console console = challenge.map(plain::hiding).orElse(plain);
        ScepClient client = connection.client();
        Doctor doctor = new Doctor(client);
        if (!json) {
            console.say("Examining " + client.url() + "; this leaves " + AlgorithmProbes.count()
                    + " refusals in its audit log");
        }
        doctor.examine(challenge.map(secret -> new Doctor.Trial(subject, alternatives, secret)));
        DiagnosisReport report = new DiagnosisReport(doctor.diagnosis());
        if (json) {
            report.printJson(console);
        } else {
            report.print(console);
        }
        return (doctor.diagnosis().count(Level.PROBLEM) == 0 ? ExitCode.OK : ExitCode.REFUSED).value();
    }
}
