package org.scepgate.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.scepgate.testing.TestPostgres.PROGRAMS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresTest {
    @TempDir
    static Path used;

    @TempDir
    Path folder;

    @BeforeAll
    static void startOnce() {
        LocalPostgres.start(used, PROGRAMS).close();
    }

    /** As after an earlier run, which spares a test the first start's seconds. */
    private void copyOfAnEarlierRun() throws IOException {
        try (Stream<Path> files = Files.walk(used)) {
            for (Path file : files.skip(1).toList()) {
                Files.copy(file, folder.resolve(used.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @Test
    void isPrivateAndDurableFromTheFirstStart() throws Exception {
        try (LocalPostgres postgres = LocalPostgres.start(folder, PROGRAMS)) {
            assertThat(ask(postgres, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(postgres, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(postgres, "SHOW password_encryption")).isEqualTo("scram-sha-256");
            assertThat(ask(postgres, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "guessed"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("postgres.password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void listensOnLoopbackAlone() throws Exception {
        copyOfAnEarlierRun();
        try (LocalPostgres postgres = LocalPostgres.start(folder, PROGRAMS)) {
            int port = Integer.parseInt(ask(postgres, "SHOW port"));

            assertThat(ask(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            for (InetAddress address : addressesOfThisMachine()) {
                assertThatThrownBy(() -> new Socket(address, port).close())
                        .as(address.toString())
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void keepsItsDataAndPasswordAcrossRestarts() throws Exception {
        copyOfAnEarlierRun();
        String password;
        try (LocalPostgres first = LocalPostgres.start(folder, PROGRAMS)) {
            password = first.password();
            tell(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        }

        try (LocalPostgres second = LocalPostgres.start(folder, PROGRAMS)) {
            assertThat(second.password()).isEqualTo(password);
            assertThat(ask(second, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void leavesNoProcessBehind() throws Exception {
        copyOfAnEarlierRun();
        LocalPostgres postgres = LocalPostgres.start(folder, PROGRAMS);
        ProcessHandle server = serverOf(folder);

        postgres.close();
        postgres.close();

        assertThat(server.isAlive()).isFalse();
        assertThat(folder.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void stopsTheServerThatAKilledJvmLeftAndStartsAgain() throws Exception {
        copyOfAnEarlierRun();
        Process jvm = startInAnotherJvm();
        ProcessHandle orphan = serverOf(folder);
        jvm.destroyForcibly().waitFor();
        assertThat(orphan.isAlive()).isTrue();

        try (LocalPostgres postgres = LocalPostgres.start(folder, PROGRAMS)) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(ask(postgres, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void startsAgainAfterTheServerItselfWasKilled() throws Exception {
        copyOfAnEarlierRun();
        try (LocalPostgres postgres = LocalPostgres.start(folder, PROGRAMS)) {
            tell(postgres, "CREATE TABLE kept AS SELECT 42 AS answer");
            ProcessHandle server = serverOf(folder);
            server.destroyForcibly();
            server.onExit().join();
        }

        try (LocalPostgres postgres = LocalPostgres.start(folder, PROGRAMS)) {
            assertThat(ask(postgres, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void leavesAStrangerAloneThatGotTheNumberOfTheLastServer() throws Exception {
        copyOfAnEarlierRun();
        Process stranger = new ProcessBuilder("cat").start();
        Path data = folder.toRealPath().resolve("postgres");
        Files.write(
                data.resolve("postmaster.pid"),
                List.of(Long.toString(stranger.pid()), data.toString(), "1700000000", "5432", "", "127.0.0.1"));

        try (LocalPostgres postgres = LocalPostgres.start(folder, PROGRAMS)) {
            assertThat(ask(postgres, "SELECT 1")).isEqualTo("1");
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroy();
        }
    }

    @Test
    void startsOverWhenTheFirstStartWasCutShort() throws Exception {
        Path unfinished = Files.createDirectories(folder.resolve("postgres.unfinished/base"));
        Files.writeString(unfinished.resolve("1"), "half a file");

        try (LocalPostgres postgres = LocalPostgres.start(folder, PROGRAMS)) {
            assertThat(ask(postgres, "SELECT 1")).isEqualTo("1");
            assertThat(folder.resolve("postgres.unfinished")).doesNotExist();
        }
    }

    @Test
    void saysWhichProcessUsesTheFolder() throws Exception {
        copyOfAnEarlierRun();
        Process jvm = startInAnotherJvm();
        ProcessHandle server = serverOf(folder);

        assertThatThrownBy(() -> LocalPostgres.start(folder, PROGRAMS))
                .isInstanceOf(CannotStartException.class)
                .hasMessage("%s is in use by process %s; stop that one first, or work in another folder"
                        .formatted(folder.toRealPath(), jvm.pid()));

        jvm.getOutputStream().close();
        assertThat(jvm.waitFor()).isZero();
        assertThat(server.isAlive()).isFalse();
    }

    @Test
    void refusesToStartTwiceInOneJvm() throws Exception {
        copyOfAnEarlierRun();
        try (LocalPostgres postgres = LocalPostgres.start(folder, PROGRAMS)) {
            assertThatThrownBy(() -> LocalPostgres.start(folder, PROGRAMS))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining(
                            "is in use by process " + ProcessHandle.current().pid());
            assertThat(postgres.reactiveUrl()).startsWith("postgresql://127.0.0.1:");
        }
    }

    @Test
    void showsTheEndOfTheLogWhenPostgresRefuses() throws Exception {
        copyOfAnEarlierRun();
        Files.writeString(folder.resolve("postgres/PG_VERSION"), "9\n");

        assertThatThrownBy(() -> LocalPostgres.start(folder, PROGRAMS))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("pg_ctl ended with status 1")
                .hasMessageContaining("database files are incompatible with server");
    }

    private Process startInAnotherJvm() throws IOException {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LocalPostgresProgram.class.getName(),
                        folder.toString(),
                        PROGRAMS.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
        assertThat(output.readLine()).startsWith("jdbc:postgresql://127.0.0.1:");
        return jvm;
    }

    private static ProcessHandle serverOf(Path folder) {
        try {
            Path data = folder.toRealPath().resolve("postgres");
            return new Postmaster(data, null).process().orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<InetAddress> addressesOfThisMachine() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
    }

    private static String ask(LocalPostgres postgres, String question) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        }
    }

    private static void tell(LocalPostgres postgres, String order) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(order);
        }
    }

    private static Connection connect(LocalPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }
}
