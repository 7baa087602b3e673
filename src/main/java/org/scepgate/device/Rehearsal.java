package org.scepgate.device;

import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.scepgate.device.RehearsalOutcome.Result;
import org.scepgate.scep.CertRep;
import org.scepgate.scep.DeviceKey;
import org.scepgate.scep.PkiRequest;

/** Many enrolments that are prepared first and then sent as fast as the answers come, over some connections. */
final class Rehearsal {
    private final List<Prepared> prepared;

    private Rehearsal(List<Prepared> prepared) {
        this.prepared = prepared;
    }

    private record Prepared(RehearsedDevice device, Enrolment enrolment, PkiRequest request) {}

    /** @throws CommandException if there is no server that can be enrolled at */
    static Rehearsal prepare(ScepClient client, List<RehearsedDevice> devices) throws CommandException {
        ScepServer server = ScepServer.contact(client, Optional.empty());
        KeyPair keys = KeyType.RSA2048.generate();
        List<Prepared> prepared = new ArrayList<>();
        for (RehearsedDevice device : devices) {
            RequestedNames names = device.names();
            DeviceKey signer = new DeviceKey(keys.getPrivate(), names.selfSigned(keys));
            PkiSession session =
                    PkiSession.open(server, signer, server.capabilities().algorithms(), Optional.empty());
            Enrolment enrolment = Enrolment.of(session, names.csr(keys, Optional.of(device.challenge())));
            prepared.add(new Prepared(device, enrolment, enrolment.request()));
        }
        return new Rehearsal(prepared);
    }

    RehearsalOutcome run(int connections) throws CommandException {
        ConcurrentLinkedQueue<Prepared> rest = new ConcurrentLinkedQueue<>(prepared);
        ExecutorService devices = Executors.newFixedThreadPool(connections);
        long start = System.nanoTime();
        try {
            Callable<List<Result>> one = () -> enrolAll(rest);
            List<Result> results = new ArrayList<>();
            for (Future<List<Result>> future : devices.invokeAll(
                    IntStream.range(0, connections).mapToObj(i -> one).toList())) {
                results.addAll(future.get());
            }
            return new RehearsalOutcome(results, Duration.ofNanos(System.nanoTime() - start));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.fault("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            devices.shutdownNow();
        }
    }

    private static List<Result> enrolAll(ConcurrentLinkedQueue<Prepared> rest) {
        List<Result> results = new ArrayList<>();
        for (Prepared next = rest.poll(); next != null; next = rest.poll()) {
            long start = System.nanoTime();
            Optional<CommandException> problem = enrol(next);
            results.add(new Result(Duration.ofNanos(System.nanoTime() - start), problem));
        }
        return results;
    }

    private static Optional<CommandException> enrol(Prepared next) {
        try {
            CertRep answer = next.enrolment().exchange(next.request());
            if (answer instanceof CertRep.Success success) {
                next.enrolment().judge(success);
                return Optional.empty();
            }
            return Optional.of(
                    answer instanceof CertRep.Failure failure
                            ? new CommandException(
                                    ExitCode.REFUSED,
                                    "refused " + next.device() + ": "
                                            + failure.failInfo().text())
                            : new CommandException(ExitCode.PENDING, next.device() + " must be approved"));
        } catch (CommandException fault) {
            return Optional.of(fault);
        }
    }
}
