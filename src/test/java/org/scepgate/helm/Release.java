package org.scepgate.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Kubernetes would make of a pod of the chart: its settings, Secrets as files and environment, below a folder that
 * stands for the root.
 */
record Release(Manifests manifests, Map<String, Map<String, byte[]>> secrets, Path root) {
    private static final String MOUNTED = "/etc/scepgate";
    private static final String READABLE_BY_THE_GROUP = "r--r-----";

    /** Writes the files of the server's volumes. */
    void mount() throws IOException {
        for (JsonNode mount : manifests.server().at("/containers/0/volumeMounts")) {
            JsonNode volume = volume(mount.get("name").asText());
            Path folder = root.resolve(mount.get("mountPath").asText().substring(1));
            if (volume.has("secret")) {
                write(folder, volume.at("/secret/secretName").asText(), volume.at("/secret/items"));
            } else if (volume.has("projected")) {
                for (JsonNode source : volume.at("/projected/sources")) {
                    write(folder, source.at("/secret/name").asText(), source.at("/secret/items"));
                }
            }
        }
        Path settings = root.resolve("etc/scepgate/settings/application.properties");
        Files.createDirectories(settings.getParent());
        Files.writeString(settings, relocated(manifests.settings()));
    }

    /** Of the server's container. */
    Map<String, String> environment() {
        return environmentIn(manifests.server());
    }

    /** Of the migration's, whose volumes are among the server's. */
    Map<String, String> migration() {
        return environmentIn(manifests.one("Job").at("/spec/template/spec"));
    }

    private Map<String, String> environmentIn(JsonNode pod) {
        Map<String, String> environment = new TreeMap<>();
        for (JsonNode variable : pod.at("/containers/0/env")) {
            JsonNode reference = variable.at("/valueFrom/secretKeyRef");
            String value = reference.isMissingNode()
                    ? relocated(variable.get("value").asText())
                    : new String(secret(
                            reference.get("name").asText(), reference.get("key").asText()));
            environment.put(variable.get("name").asText(), value);
        }
        return environment;
    }

    private JsonNode volume(String name) {
        return Manifests.in(manifests.server().get("volumes"))
                .filter(volume -> volume.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** As the kubelet does: a file is a link into a folder that is itself a link, so that all change at once. */
    private void write(Path folder, String secret, JsonNode items) throws IOException {
        Path data = Files.createDirectories(folder.resolve("..2026_01_01"));
        if (Files.notExists(folder.resolve("..data"))) {
            Files.createSymbolicLink(folder.resolve("..data"), data.getFileName());
        }
        for (JsonNode item : items) {
            String path = item.get("path").asText();
            Files.write(data.resolve(path), secret(secret, item.get("key").asText()));
            Files.setPosixFilePermissions(data.resolve(path), PosixFilePermissions.fromString(READABLE_BY_THE_GROUP));
            Files.createSymbolicLink(folder.resolve(path), Path.of("..data", path));
        }
    }

    private byte[] secret(String name, String key) {
        byte[] value = secrets.getOrDefault(name, Map.of()).get(key);
        if (value == null) {
            throw new AssertionError("the Secret " + name + " has no " + key);
        }
        return value;
    }

    private String relocated(String text) {
        return text.replace(MOUNTED, root.toAbsolutePath() + MOUNTED);
    }
}
