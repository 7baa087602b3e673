package org.scepgate.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code helm/scepgate}, and values to render it with. */
final class Chart {
    static final Path FOLDER = Path.of("helm", "scepgate");
    static final Path FIRST_DEVICE = FOLDER.resolve("ci/first-device-values.yaml");
    static final Path EVERYTHING = FOLDER.resolve("ci/everything-values.yaml");
    static final Path OPERATORS = FOLDER.resolve("ci/operators-values.yaml");
    static final String NAMESPACE = "scep";
    private static final String RELEASE = "demo";
    private static final String KUBERNETES = "1.34.0";
    // Helm's Java binding leaves hooks out of what it renders; with another annotation they are objects like all
    // others.
    private static final String HOOK = "helm.sh/hook:";
    static final String RENDERED_HOOK = "rendered/hook";
    private static final Path WITHOUT_HOOKS = copy(
            Path.of("target", "chart-without-hooks-" + ProcessHandle.current().pid()));
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Chart() {}

    static List<Path> examples() {
        try (Stream<Path> files = Files.list(FOLDER.resolve("ci"))) {
            return files.filter(file -> file.toString().endsWith("-values.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Manifests render(Path values) {
        return render(values, Map.of());
    }

    /** @param more as {@code --set} takes them */
    static Manifests render(Path values, Map<String, String> more) {
        TemplateCommand command = new Helm(WITHOUT_HOOKS)
                .template()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion(KUBERNETES)
                .withValuesFile(values);
        more.forEach(command::set);
        return Manifests.parse(command.call());
    }

    /** Helm lints a chart with its own values alone, so the chart is copied and gets these. */
    static LintResult lint(Path values, Path folder) {
        Path chart = copy(folder);
        try {
            Path own = chart.resolve("values.yaml");
            JsonNode merged =
                    YAML.readerForUpdating(YAML.readTree(own.toFile())).readTree(Files.readString(values));
            YAML.writeValue(own.toFile(), merged);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Helm(chart).lint().strict().quiet().call();
    }

    private static Path copy(Path folder) {
        Path chart = folder.resolve(FOLDER.getFileName());
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = chart.resolve(FOLDER.relativize(file));
                Files.createDirectories(target.getParent());
                Files.writeString(target, Files.readString(file).replace(HOOK, RENDERED_HOOK + ":"));
            }
            return chart;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode schema() {
        return read(FOLDER.resolve("values.schema.json"));
    }

    static JsonNode values() {
        return read(FOLDER.resolve("values.yaml"));
    }

    static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
