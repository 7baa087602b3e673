package org.scepgate.interop;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestIdentityProvider;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestPostgres;

/** Two servers on one database, as clients of the API see them. */
record TwoServers(
        TestPostgres postgres,
        TestPostgres.Database database,
        ServerProcess first,
        ServerProcess second,
        TestIdentityProvider issuer)
        implements AutoCloseable {
    private static final int CALLERS = 8;

    /** With the profile {@code demo}, and what the test sets. */
    static TwoServers start(Path folder, UnaryOperator<ServerSettings> set) {
        TestPostgres postgres = TestPostgres.start();
        TestPostgres.Database database = postgres.create("shared");
        TestIdentityProvider issuer = new TestIdentityProvider();
        ServerSettings settings = set.apply(ServerSettings.of(database)
                .with(issuer.settings(folder))
                .ca("test", TestCa.in(folder, "Scepgate Test CA"))
                .profile("demo", Map.of("ca", "test")));
        return new TwoServers(postgres, database, ServerProcess.start(settings), ServerProcess.start(settings), issuer);
    }

    TestMdm first(String client) {
        return at(first, client);
    }

    TestMdm second(String client) {
        return at(second, client);
    }

    private TestMdm at(ServerProcess server, String client) {
        return new TestMdm(server.url(), issuer.tokenFor(TestIdentityProvider.ISSUER, client, "challenge-issuer"));
    }

    /** Asks by turns the first server and the second, and many at a time. */
    List<HttpResponse<byte[]>> both(
            String client, int times, BiFunction<TestMdm, Integer, HttpResponse<byte[]>> asking) {
        List<TestMdm> servers = List.of(first(client), second(client));
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<CompletableFuture<HttpResponse<byte[]>>> asked = new ArrayList<>();
            IntStream.range(0, times)
                    .forEach(i -> asked.add(
                            CompletableFuture.supplyAsync(() -> asking.apply(servers.get(i % 2), i), callers)));
            return asked.stream().map(CompletableFuture::join).toList();
        } finally {
            callers.shutdown();
        }
    }

    @Override
    public void close() {
        second.close();
        first.close();
        postgres.close();
    }
}
