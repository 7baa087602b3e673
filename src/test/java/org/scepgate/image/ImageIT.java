package org.scepgate.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.testing.Scepgate;

/** The image that jib built: how it is started, what is in it, and that it works where nothing can be written. */
@ExtendWith(Scepgate.Extension.class)
class ImageIT {
    private static final int OTHERS_WRITE = 02;
    private static ImageArchive image;

    private final Scepgate scepgate;

    ImageIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @BeforeAll
    static void open() throws IOException {
        image = ImageArchive.open();
    }

    @Test
    void startsTheServerAsAUserThatIsNotRoot() {
        JsonNode config = image.config();

        assertThat(config.get("User").asText()).isEqualTo("65532");
        assertThat(config.get("WorkingDir").asText()).isEqualTo("/deployments");
        assertThat(texts(config.get("Entrypoint"))).startsWith("java").endsWith("-jar", "quarkus-run.jar");
        assertThat(config.get("ExposedPorts").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("8080/tcp", "8443/tcp", "9000/tcp");
        assertThat(texts(config.get("Env"))).anyMatch(variable -> variable.startsWith("JDK_JAVA_OPTIONS=-XX:"));
    }

    @Test
    void saysWhatItIs() {
        JsonNode labels = image.config().get("Labels");

        assertThat(labels.get("org.opencontainers.image.title").asText()).isEqualTo("Scepgate");
        assertThat(labels.get("org.opencontainers.image.version").asText()).isNotBlank();
    }

    @Test
    void hasLayersOfItsOwnForWhatSeldomChanges() throws IOException {
        List<Integer> holdingLibraries = new ArrayList<>();
        List<Integer> holdingScepgate = new ArrayList<>();
        for (int layer = 1; layer < image.layers().size(); layer++) {
            Map<String, ImageArchive.Content> files = image.filesOf(layer);
            if (files.keySet().stream().anyMatch(path -> path.startsWith("/deployments/lib/"))) {
                holdingLibraries.add(layer);
            }
            if (files.keySet().stream().anyMatch(path -> path.startsWith("/deployments/app/"))) {
                holdingScepgate.add(layer);
            }
        }

        assertThat(holdingScepgate).hasSize(1);
        assertThat(holdingLibraries).isNotEmpty().doesNotContainAnyElementsOf(holdingScepgate);
    }

    @Test
    void holdsNothingOfDevelopmentAndNoKeys() throws IOException {
        List<String> entries = new ArrayList<>();
        for (ImageArchive.Content content : files().values()) {
            entries.addAll(content.entries());
        }

        assertThat(entries)
                .contains("org/scepgate/Application.class")
                .noneMatch(entry -> entry.startsWith("org/scepgate/dev/"))
                .noneMatch(entry -> entry.startsWith("org/junit/") || entry.startsWith("io/zonky/"))
                .noneMatch(entry -> entry.endsWith(".txz"))
                .noneMatch(entry -> entry.matches("(?i).*\\.(p12|pfx|jks|key|pem)"));
        assertThat(files().keySet())
                .noneMatch(path -> path.matches("(?i).*\\.(p12|pfx|jks|key|pem|properties)"))
                .noneMatch(path -> path.matches("(?i).*(test|junit|jscep|jib-core|helm|kubernetes).*\\.jar"));
    }

    @Test
    void canBeChangedByNobodyThatRunsIt() throws IOException {
        assertThat(files())
                .allSatisfy((path, content) ->
                        assertThat(content.mode() & OTHERS_WRITE).as(path).isZero());
    }

    @Test
    void runsItsCommandsWithoutRootAndWithoutWriting(@TempDir Path folder) {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can enter another root file system");
        Sandbox sandbox = Sandbox.of(image, folder);
        Map<String, String> database = new TreeMap<>();
        scepgate.createDatabase("image").settings().forEach((key, value) -> database.put(variable(key), value));

        Sandbox.Outcome migrated = sandbox.run(database, "migrate");
        Sandbox.Outcome diagnosis =
                sandbox.run(Map.of(), "doctor", "--url", scepgate.server().url().resolve("/scep/demo") + "");

        assertThat(migrated.exitCode()).as(migrated.output()).isZero();
        assertThat(migrated.output()).contains("scepgate: the schema is at version ");
        assertThat(diagnosis.exitCode()).as(diagnosis.output()).isZero();
    }

    /** What was put on the base. */
    private static Map<String, ImageArchive.Content> files() throws IOException {
        Map<String, ImageArchive.Content> files = new TreeMap<>();
        for (int layer = 1; layer < image.layers().size(); layer++) {
            files.putAll(image.filesOf(layer));
        }
        return files;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String variable(String key) {
        return key.replaceAll("[.-]", "_").toUpperCase();
    }
}
