package org.scepgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.scepgate.testing.DocumentedTests;

/** The images are built on what docs/security.md says, and on nothing older. */
class BaseImagesTest {
    private static final Path DOCUMENT = Path.of("docs", "security.md");
    private static final Path POM = Path.of("pom.xml");
    private static final Path DOCKERFILES = Path.of("src", "main", "docker");
    private static final String JAVA = "docker.io/library/eclipse-temurin";
    /** The releases with long-term support that there are; another one is added here once it is out. */
    private static final Set<String> LONG_TERM = Set.of("17", "21", "25");

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern OF_JIB =
            Pattern.compile("<quarkus\\.jib\\.base-jvm-image>(?!tar:)([^<]+)</quarkus\\.jib\\.base-jvm-image>");
    private static final Pattern STAGE = Pattern.compile("(?m)^FROM (\\S+)(?: AS (\\S+))?$");
    private static final Pattern ARGUMENT = Pattern.compile("(?m)^ARG (\\w+)=(\\S+)$");
    private static final Pattern REFERENCE =
            Pattern.compile("(?<name>[^:@]+):(?<version>\\d+(?:\\.\\d+)*)(?<variant>[^@]*)(?:@sha256:[0-9a-f]{64})?");

    /** An image that another one begins with; what follows the version in its tag is its variant. */
    private record Base(String name, String version, String variant) {
        static Base of(String reference) {
            Matcher read = REFERENCE.matcher(reference);
            assertThat(read.matches())
                    .as("a tag that begins with a version: " + reference)
                    .isTrue();
            return new Base(read.group("name"), read.group("version"), read.group("variant"));
        }

        boolean isAtLeast(Base floor) {
            return name.equals(floor.name)
                    && variant.equals(floor.variant)
                    && Version.parse(version).compareTo(Version.parse(floor.version)) >= 0;
        }
    }

    @Test
    void areThoseOfTheDocument() throws IOException {
        assertThat(used().keySet()).isEqualTo(documented().keySet());
    }

    @Test
    void areNotOlderThanTheDocumentAllows() throws IOException {
        Map<Path, Base> floors = documented();
        for (Map.Entry<Path, Base> used : used().entrySet()) {
            assertThat(used.getValue())
                    .as("%s, at least %s", used.getKey(), floors.get(used.getKey()))
                    .matches(base -> base.isAtLeast(floors.get(used.getKey())));
        }
    }

    @Test
    void holdOneJavaOfLongTermSupport() throws IOException {
        List<Base> all = used().values().stream()
                .filter(base -> base.name().equals(JAVA))
                .toList();

        assertThat(all).hasSizeGreaterThan(1);
        assertThat(new HashSet<>(all)).singleElement().satisfies(base -> {
            assertThat(base.version()).isIn(LONG_TERM);
            assertThat(base.variant()).startsWith("-jre");
        });
    }

    /** By the files that name them. */
    private static Map<Path, Base> used() throws IOException {
        Map<Path, Base> used = new HashMap<>();
        used.put(POM, Base.of(only(OF_JIB.matcher(Files.readString(POM)).results(), POM)));
        try (Stream<Path> files = Files.list(DOCKERFILES)) {
            for (Path file : files.filter(BaseImagesTest::isDockerfile).toList()) {
                used.put(file, Base.of(beginningOf(file)));
            }
        }
        return used;
    }

    private static boolean isDockerfile(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("Dockerfile") && !name.endsWith(".dockerignore");
    }

    /** The one image from elsewhere: all other stages begin with a stage. */
    private static String beginningOf(Path file) throws IOException {
        String text = Files.readString(file);
        List<MatchResult> stages = STAGE.matcher(text).results().toList();
        List<String> outside =
                new ArrayList<>(stages.stream().map(stage -> stage.group(1)).toList());
        outside.removeAll(stages.stream().map(stage -> stage.group(2)).toList());
        assertThat(outside).as("" + file).hasSize(1);
        String image = outside.get(0);
        for (MatchResult argument : ARGUMENT.matcher(text).results().toList()) {
            image = image.replace("${" + argument.group(1) + "}", argument.group(2));
        }
        return image;
    }

    private static String only(Stream<MatchResult> found, Path file) {
        List<String> all = found.map(match -> match.group(1)).toList();
        assertThat(all).as("" + file).hasSize(1);
        return all.get(0);
    }

    /** The rows, once for each file that they name. */
    private static Map<Path, Base> documented() throws IOException {
        Map<Path, Base> documented = new HashMap<>();
        for (String[] row : DocumentedTests.rows(DOCUMENT, "Base images")) {
            Base floor = Base.of(code(row[1]).get(0) + ":" + code(row[2]).get(0));
            code(row[3]).forEach(file -> documented.put(Path.of(file), floor));
        }
        return documented;
    }

    private static List<String> code(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
    }
}
