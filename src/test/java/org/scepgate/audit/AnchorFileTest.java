package org.scepgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.seal.Anchor;
import org.scepgate.testing.SmallDisk;

class AnchorFileTest {
    private Vertx vertx;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void beginsOnALineOfItsOwnBehindAPartOfOne(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("anchors.jsonl");
        String part = anchor(7).toJson().substring(0, 20);
        Files.writeString(file, part);

        write(file, List.of(anchor(7), anchor(8)));
        write(file, List.of(anchor(9)));

        assertThat(file)
                .hasContent(String.join(
                        "\n",
                        part,
                        anchor(7).toJson(),
                        anchor(8).toJson(),
                        anchor(9).toJson(),
                        ""));
    }

    @Test
    void leavesNoPartOfALineOnAFullDisk() throws IOException {
        assumeThat(SmallDisk.isPossible()).as("a disk that can be filled").isTrue();
        try (SmallDisk disk = SmallDisk.mount(1)) {
            Path file = disk.folder().resolve("anchors.jsonl");
            write(file, List.of(anchor(1)));

            List<Anchor> tooMany =
                    LongStream.range(2, 20_000).mapToObj(AnchorFileTest::anchor).toList();
            assertThatThrownBy(() -> write(file, tooMany)).hasRootCauseInstanceOf(IOException.class);
            assertThat(file).hasContent(anchor(1).toJson() + "\n");

            write(file, List.of(anchor(2)));
            assertThat(Files.readAllLines(file))
                    .containsExactly(anchor(1).toJson(), anchor(2).toJson());
        }
    }

    private void write(Path file, List<Anchor> anchors) {
        new AnchorFile(file, vertx).write(anchors).await().indefinitely();
    }

    private static Anchor anchor(long number) {
        return new Anchor(number, "%064x".formatted(number), 3, "2026-11-29T12:00:00Z");
    }
}
