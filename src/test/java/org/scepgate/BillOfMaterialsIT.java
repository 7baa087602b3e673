package org.scepgate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The package says what it is made of, and none of it is older than docs/security.md asks. */
class BillOfMaterialsIT {
    private static final Path PACKAGE = Path.of(
                    System.getProperty("scepgate.jar", "target/quarkus-app/quarkus-run.jar"))
            .getParent();
    private static final Path DOCUMENT = Path.of("docs", "security.md");
    private static final Pattern FLOOR = Pattern.compile("\\| `([^`:]+)(?::([^`]+))?` \\| (\\d[^ |]*) \\|.*");

    /** A part of the package, as the bill has it. */
    private record Part(String group, String name, String version) {
        static Part of(JsonNode component) {
            return new Part(
                    component.path("group").asText(),
                    component.path("name").asText(),
                    component.path("version").asText());
        }

        /** As Quarkus names its jar; a classifier may follow. */
        String jarStartsWith() {
            return group + "." + name + "-" + version;
        }
    }

    /** The oldest version that is good enough; without a name, of every part of the group. */
    private record Floor(String group, String name, String version) {
        boolean isOf(Part part) {
            return part.group().equals(group) && (name == null || part.name().equals(name));
        }

        boolean isMetBy(Part part) {
            return Version.parse(part.version()).compareTo(Version.parse(version)) >= 0;
        }
    }

    @Test
    void listsEveryJarOfThePackage() throws IOException {
        List<Part> parts = parts();

        List<String> missing = jars().stream()
                .filter(jar -> parts.stream().noneMatch(part -> jar.startsWith(part.jarStartsWith())))
                .toList();

        assertThat(parts).hasSizeGreaterThan(100);
        // Quarkus adds it where Flyway and this database meet; Maven does not know.
        assertThat(missing).singleElement().asString().startsWith("io.quarkus.quarkus-flyway-postgresql-");
    }

    @Test
    void holdsNothingThatIsOlderThanItsAdvisoriesAllow() throws IOException {
        List<Part> parts = parts();
        List<Floor> floors = floors();

        assertThat(floors).hasSizeGreaterThan(5);
        for (Floor floor : floors) {
            List<Part> ofFloor = parts.stream().filter(floor::isOf).toList();
            assertThat(ofFloor).as("in the package: " + floor).isNotEmpty();
            assertThat(ofFloor).as("" + floor).allMatch(floor::isMetBy);
        }
    }

    private static List<Part> parts() throws IOException {
        try (ZipFile jar = new ZipFile(applicationJar().toFile());
                InputStream bill = jar.getInputStream(jar.getEntry("META-INF/sbom/bom.json"))) {
            JsonNode components = new ObjectMapper().readTree(bill).path("components");
            return StreamSupport.stream(components.spliterator(), false)
                    // What development alone needs is optional, and left out of the package.
                    .filter(component -> component.path("scope").asText().equals("required"))
                    .map(Part::of)
                    .toList();
        }
    }

    private static Path applicationJar() throws IOException {
        try (Stream<Path> files = Files.list(PACKAGE.resolve("app"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<String> jars() throws IOException {
        try (Stream<Path> files = Files.walk(PACKAGE.resolve("lib"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .toList();
        }
    }

    private static List<Floor> floors() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .map(FLOOR::matcher)
                .filter(Matcher::matches)
                .map(row -> new Floor(row.group(1), row.group(2), row.group(3)))
                .toList();
    }
}
