package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;

/** How many event loops a server has, as the system knows its threads. */
@ExtendWith(Scepgate.Extension.class)
class EventLoopsIT {
    // The kernel keeps fifteen characters of a thread's name.
    private static final String EVENT_LOOP = "vert.x-eventloo";

    private static final int DEVICES = 32;

    private final Scepgate scepgate;

    EventLoopsIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @Test
    void areHalfAsManyAsCores() throws IOException {
        int expected = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

        assertThat(eventLoops(scepgate.server())).isEqualTo(expected);
    }

    @Test
    void areAsManyAsAreChosen() throws IOException {
        try (ServerProcess server =
                scepgate.startPeer(settings -> settings.with("quarkus.vertx.event-loops-pool-size", "5"))) {
            assertThat(eventLoops(server)).isEqualTo(5);
            assertThatAllAreServed(server);
        }
    }

    /** Each connection belongs to one of them, and so does what comes back from the database and the pool. */
    private void assertThatAllAreServed(ServerProcess server) {
        ScepEndpoint endpoint = server.endpoint(Scepgate.DEMO);
        TestDevice first = TestDevice.withRsaKey(endpoint);
        List<TestDevice> devices =
                TestKeys.manyRsa(DEVICES).stream().map(first::another).toList();
        List<byte[]> messages = IntStream.range(0, DEVICES)
                .mapToObj(i -> message(server, devices.get(i), "CN=loops-" + i))
                .toList();

        List<HttpResponse<byte[]>> answers = new Volley(List.of(endpoint)).fireAndWait(messages);

        assertThat(IntStream.range(0, DEVICES)).allSatisfy(i -> {
            TestDevice device = devices.get(i);
            assertThat(device.read(answers.get(i)).issued(device.signer())).isNotNull();
        });
    }

    private byte[] message(ServerProcess server, TestDevice device, String subject) {
        TestMdm.Challenge challenge = scepgate.mdm(server).challenge(Scepgate.DEMO, subject);
        return device.request(device.csr(subject, challenge.secret())).build();
    }

    private static long eventLoops(ServerProcess server) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(server.pid()), "task"))) {
            return threads.map(EventLoopsIT::name).filter(EVENT_LOOP::equals).count();
        }
    }

    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (NoSuchFileException ended) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
