package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.testing.ServerProcess;
import org.scepgate.testing.ServerSettings;
import org.scepgate.testing.SmallDisk;
import org.scepgate.testing.Soak;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestIdentityProvider;
import org.scepgate.testing.TestPostgres;

/** What can be wrong with PostgreSQL, while devices enrol and people look: 503 for as long as it lasts, and no longer. */
class OutageIT {
    private static final Duration LASTS = Duration.ofSeconds(Soak.choose(1, 30));
    private static final int ROUNDS = Soak.choose(1, 5);
    private static final Duration RECOVERED = Duration.ofSeconds(10);
    private static final Duration AT_LAST = Duration.ofSeconds(60);
    private static final int MEGABYTES = 160;
    private static final long MOST_COMPLAINTS = Soak.limit(150, 1_000);

    /** Where this machine lets us have one. */
    private static Optional<SmallDisk> disk;

    private static TestPostgres postgres;
    private static TestPostgres.Database database;
    private static ServerProcess server;
    private static TestIdentityProvider identities;

    @BeforeAll
    static void start(@TempDir Path folder) {
        disk = SmallDisk.isPossible() ? Optional.of(SmallDisk.mount(MEGABYTES)) : Optional.empty();
        postgres = TestPostgres.start(disk.map(SmallDisk::folder).orElse(folder).resolve("postgres"));
        database = postgres.create("outage");
        identities = new TestIdentityProvider();
        server = ServerProcess.start(ServerSettings.of(database)
                .with(identities.settings(folder))
                .ca("test", TestCa.in(folder, "Scepgate Test CA"))
                .profile("demo", Map.of("ca", "test")));
    }

    @AfterAll
    static void stop() {
        server.close();
        postgres.close();
        disk.ifPresent(SmallDisk::close);
    }

    /** What is done to PostgreSQL, and what an operator does about it. */
    enum Outage {
        STOPPED {
            @Override
            void begin() {
                postgres.stop("fast");
            }
        },
        CRASHED {
            @Override
            void begin() {
                postgres.stop("immediate");
            }
        },
        CUT {
            private ScheduledExecutorService cutter;

            @Override
            void begin() {
                cutter = Executors.newSingleThreadScheduledExecutor();
                cutter.scheduleWithFixedDelay(this::cut, 0, 50, TimeUnit.MILLISECONDS);
            }

            private void cut() {
                execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'outage'");
            }

            @Override
            void end() {
                cutter.shutdownNow();
            }
        },
        READ_ONLY {
            @Override
            void begin() {
                execute("alter system set default_transaction_read_only = on");
                execute("select pg_reload_conf()");
            }

            @Override
            void end() {
                execute("alter system reset default_transaction_read_only");
                execute("select pg_reload_conf()");
            }
        },
        DISK_FULL {
            @Override
            void begin() {
                disk.orElseThrow().fill();
            }

            @Override
            void end() {
                disk.orElseThrow().free();
                super.end();
            }
        },
        /** Every process stands still, and connections stay; only in a long run, as FrozenDatabaseIT is. */
        FROZEN {
            @Override
            void begin() {
                postgres.freeze();
            }

            @Override
            void end() {
                postgres.thaw();
            }
        };

        abstract void begin();

        void end() {
            postgres.startAgain();
        }
    }

    private static Stream<Outage> outages() {
        return Soak.choose(Outage.FROZEN.ordinal(), Outage.values());
    }

    private static void execute(String sql) {
        // Not by the database under test, which may take nobody.
        try (Connection connection = new TestPostgres.Database(database.server(), "postgres").connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("outages")
    void isAnsweredBy503AndOverSoon(Outage outage) throws Exception {
        assumeThat(outage != Outage.DISK_FULL || disk.isPresent())
                .as("a disk that can be filled")
                .isTrue();
        for (int round = 0; round < ROUNDS; round++) {
            long complaintsBefore = complaints();
            try (Clients clients = Clients.of(server, identities, database)) {
                clients.requireProgress(AT_LAST);

                outage.begin();
                Instant begun = Instant.now();
                await().atMost(LASTS.plus(AT_LAST))
                        .until(() -> clients.turnedAway() > 0 && Instant.now().isAfter(begun.plus(LASTS)));
                outage.end();
                Instant ended = Instant.now();
                clients.requireProgress(AT_LAST);
                Duration took = Duration.between(ended, Instant.now());

                clients.stop();
                assertThat(clients.oddities()).isEmpty();
                assertThat(clients.notStored()).isEmpty();
                assertThat(took).isLessThan(RECOVERED);
                long complaints = complaints() - complaintsBefore;
                assertThat(complaints).as("lines of the log").isLessThan(MOST_COMPLAINTS);
                Soak.report(
                        "R4 PostgreSQL %s for %d s: %d certificates, %d answers 503, the rest as ever, %d complaints"
                                + " in the log, served again after %d ms",
                        outage,
                        LASTS.toSeconds(),
                        clients.enrolled(),
                        clients.turnedAway(),
                        complaints,
                        took.toMillis());
            }
        }
        assertThat(server.log()).doesNotContain("fault urn:uuid", "nobody caught");
        boolean wasFull = disk.isPresent() && outage.compareTo(Outage.DISK_FULL) >= 0;
        assertThat(server.log().contains("No space left on device")).isEqualTo(wasFull);
    }

    /** Lines of the log that somebody has to look at. */
    private static long complaints() {
        return server.log()
                .lines()
                .filter(line -> line.contains("\"level\":\"WARN\"") || line.contains("\"level\":\"ERROR\""))
                .count();
    }
}
