package org.scepgate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.scepgate.testing.JsonTypes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is handed to GraalVM, against what the code needs to be there: {@code ./mvnw verify -Dnative}. */
class NativeSourcesIT {
    private static final Path TARGET = Path.of(System.getProperty("scepgate.native.sources", "target"));
    private static final JavaClasses HOUSE =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("org.scepgate");

    private static Path sources;
    private static FileSystem jar;

    @BeforeAll
    static void open() throws IOException {
        sources = TARGET.resolve("native-sources");
        try (Stream<Path> files = Files.list(sources)) {
            Path runner = files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow();
            jar = FileSystems.newFileSystem(runner);
        }
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @Test
    void registersEveryTypeThatIsReadFromOrWrittenAsJson() throws IOException {
        Map<String, JsonNode> registered = reflection("META-INF/native-image/reflect-config.json");

        Set<Class<?>> needed = JsonTypes.of(HOUSE);

        assertThat(needed).hasSizeGreaterThan(20);
        assertThat(needed).allSatisfy(type -> {
            JsonNode entry = registered.get(type.getName());
            assertThat(entry).as(type.getName()).isNotNull();
            assertThat(entry.path("allDeclaredMethods").asBoolean()).isTrue();
            assertThat(entry.path("allDeclaredConstructors").asBoolean()).isTrue();
        });
    }

    @Test
    void registersEveryCommandAndItsOptions() throws IOException {
        Map<String, JsonNode> registered =
                reflection("META-INF/native-image/picocli-generated/org.scepgate/scepgate/reflect-config.json");

        Set<Class<?>> commands = HOUSE.stream()
                .map(type -> type.reflect())
                .filter(type -> type.isAnnotationPresent(Command.class)
                        || !fieldsSetByPicocli(type).isEmpty())
                .collect(Collectors.toSet());

        assertThat(commands).hasSizeGreaterThan(10);
        assertThat(commands).allSatisfy(type -> {
            JsonNode entry = registered.get(type.getName());
            assertThat(entry).as(type.getName()).isNotNull();
            assertThat(entry.path("fields").findValuesAsText("name"))
                    .as(type.getName())
                    .containsAll(fieldsSetByPicocli(type));
        });
    }

    private static Set<String> fieldsSetByPicocli(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field ->
                        Stream.of(Option.class, Mixin.class, Spec.class).anyMatch(field::isAnnotationPresent))
                .map(Field::getName)
                .collect(Collectors.toSet());
    }

    @Test
    void holdsEveryMigrationAndTheApiDocument() throws IOException {
        List<String> included = new ObjectMapper()
                .readTree(Files.readString(jar.getPath("META-INF/native-image/resource-config.json")))
                .findValuesAsText("pattern");

        Set<String> needed = new TreeSet<>(Set.of("META-INF/quarkus-generated-openapi-doc.JSON"));
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            files.forEach(file -> needed.add("db/migration/" + file.getFileName()));
        }

        assertThat(needed).hasSizeGreaterThan(10).allSatisfy(name -> {
            assertThat(included).contains("\\Q" + name + "\\E");
            assertThat(jar.getPath(name)).exists();
        });
    }

    @Test
    void leavesOutWhatIsForDevelopmentOrForTheJvmAlone() throws IOException {
        try (Stream<Path> libraries = Files.list(sources.resolve("lib"))) {
            assertThat(libraries.map(file -> file.getFileName().toString()))
                    .isNotEmpty()
                    .noneMatch(name -> name.contains("AmazonCorretto")
                            || name.contains("zonky")
                            || name.contains("commons-compress")
                            || name.contains("tukaani"));
        }
        assertThat(jar.getPath("org/scepgate/Application.class")).exists();
        assertThat(jar.getPath("org/scepgate/dev")).doesNotExist();
        assertThat(jar.getPath("org/scepgate/testing")).doesNotExist();
    }

    @Test
    void startsWithTheCommandsAndReadsWhatMustBeSetWhileItIsBuilt() throws IOException {
        String manifest = Files.readString(jar.getPath("META-INF/MANIFEST.MF"));
        String arguments = Files.readString(sources.resolve("native-image.args"));

        assertThat(manifest).contains("Main-Class: org.scepgate.Application");
        assertThat(arguments)
                .contains("-J-Dvertx.disableURIValidation=true", "--enable-url-protocols=http,https")
                .containsPattern("--initialize-at-run-time=\\S*org\\.scepgate\\.platform\\.TimeOrderedId"
                        + "\\S*DRBG\\$NonceAndIV");
    }

    private static Map<String, JsonNode> reflection(String file) throws IOException {
        JsonNode entries = new ObjectMapper().readTree(Files.readString(jar.getPath(file)));
        Map<String, JsonNode> byName = new HashMap<>();
        StreamSupport.stream(entries.spliterator(), false)
                .forEach(entry -> byName.put(entry.get("name").asText(), entry));
        return byName;
    }
}
