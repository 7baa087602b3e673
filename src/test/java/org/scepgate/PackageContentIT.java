package org.scepgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

class PackageContentIT {
    private static final Path PACKAGE = Path.of(
                    System.getProperty("scepgate.jar", "target/quarkus-app/quarkus-run.jar"))
            .getParent();

    @Test
    void holdsTheServer() throws IOException {
        assertThat(entries()).contains("org/scepgate/Application.class", "org/scepgate/scep/PkiMessageDecoder.class");
    }

    @Test
    void holdsNothingOfDevelopment() throws IOException {
        assertThat(entries()).noneMatch(entry -> entry.startsWith("org/scepgate/dev/"));
    }

    @Test
    void holdsNoPostgresAndNothingToUnpackIt() throws IOException {
        assertThat(entries())
                .noneMatch(entry -> entry.endsWith(".txz"))
                .noneMatch(entry -> entry.startsWith("io/zonky/"))
                .noneMatch(entry -> entry.startsWith("org/apache/commons/compress/"))
                .noneMatch(entry -> entry.startsWith("org/tukaani/xz/"));
    }

    private static List<String> entries() throws IOException {
        List<String> entries = new ArrayList<>();
        try (Stream<Path> files = Files.walk(PACKAGE)) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                try (JarFile content = new JarFile(jar.toFile())) {
                    content.stream().map(ZipEntry::getName).forEach(entries::add);
                }
            }
        }
        return entries;
    }
}
