package org.scepgate.device;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.scep.CertRep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gets a certificate from a SCEP server, as a device does. */
@Command(
        name = "enroll",
        description = "Gets a certificate and writes key.pem, certificate.pem and chain.pem.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:enrolled",
            "1:refused by the server",
            "2:wrong options",
            "3:no answer, or none that can be believed",
            "4:still pending; pending-key.pem is kept, ask again with --key (a renewal: --new-key)"
        })
final class EnrollCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private ChallengeOptions challenges;

    @Mixin
    private KeyOptions keys;

    @Mixin
    private AlgorithmOptions algorithms;

    @Option(names = "--poll", description = "while the request is pending, ask again")
    private boolean poll;

    @Option(
            names = "--poll-interval",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "how long to wait between polls (default: ${DEFAULT-VALUE})")
    private int pollInterval;

    @Option(
            names = "--poll-timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "when to give up polling (default: ${DEFAULT-VALUE})")
    private int pollTimeout;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "where to write (default: the current directory)")
    private Path out;

    @Option(names = "--force", description = "overwrite what is there")
    private boolean force;

    @Option(
            names = "--ca-fingerprint",
            paramLabel = "SHA256",
            description = "trust only the CA with this SHA-256 fingerprint")
    private String caFingerprint;

    @Override
    public Integer call() throws CommandException {
        Console console = Console.of(spec);
        Optional<String> challenge = challenges.find();
        return enroll(challenge.map(console::hiding).orElse(console), challenge).value();
    }

    private ExitCode enroll(Console console, Optional<String> challenge) throws CommandException {
        ScepClient client = connection.client();
        KeyOptions.Request request = keys.request(challenge);
        OutputFolder folder = OutputFolder.open(out, force, request.filesToWrite());
        ScepServer server = ScepServer.contact(client, Optional.ofNullable(caFingerprint));
        sayWhoAnswered(console, server);
        PkiSession session =
                PkiSession.open(server, request.signer(), algorithms.over(server.capabilities()), challenge);
        PkiSession way = algorithms.byGet() ? session.byGet() : session;
        if (request.keyIsNew()) {
            // Before anything is sent: whoever loses the answer needs the key to ask for it again.
            folder.writePendingKey(request.keys().getPrivate());
        }
        Enrolment enrolment =
                request.isRenewal() ? Enrolment.renewal(way, request.csr()) : Enrolment.of(way, request.csr());
        boolean keyIsPending = request.keyIsNew() || keys.isPendingKey(folder);
        return new EnrolmentOutcome(console, folder, request.keyIsNew(), keyIsPending, enrolment)
                .of(lastAnswer(console, enrolment));
    }

    private void sayWhoAnswered(Console console, ScepServer server) throws CommandException {
        X509CertificateHolder ca = server.authority()
                .findIssuer()
                .orElseThrow(() -> CommandException.fault("GetCACert gave no CA certificate"));
        console.say("CA " + ca.getSubject() + ", SHA-256 " + Fingerprint.sha256(ca)
                + (caFingerprint == null ? " (compare it, or give --ca-fingerprint)" : " (as expected)"));
    }

    private CertRep lastAnswer(Console console, Enrolment enrolment) throws CommandException {
        Instant end = Instant.now().plus(Duration.ofSeconds(pollTimeout));
        CertRep answer = enrolment.ask();
        while (poll && answer instanceof CertRep.Pending && Instant.now().isBefore(end)) {
            console.say("pending; asking again in " + pollInterval + " s");
            CompletableFuture.runAsync(
                            () -> {}, CompletableFuture.delayedExecutor(Math.max(1, pollInterval), TimeUnit.SECONDS))
                    .join();
            answer = enrolment.askAgain();
        }
        return answer;
    }
}
