package org.scepgate.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An image as {@code docker save} writes it.
 *
 * @param config the part that says how a container is started
 * @param layers compressed, from the base upwards
 */
record ImageArchive(JsonNode config, List<byte[]> layers) {
    private static final Path FILE = Path.of("target/scepgate-image.tar");

    /**
     * A file in a layer.
     *
     * @param mode its permissions
     * @param entries of a jar; none of any other file
     */
    record Content(int mode, List<String> entries) {}

    static ImageArchive open() throws IOException {
        Map<String, byte[]> parts = parts();
        ObjectMapper json = new ObjectMapper();
        JsonNode manifest = json.readTree(parts.get("manifest.json")).get(0);
        List<byte[]> layers = new ArrayList<>();
        for (JsonNode layer : manifest.get("Layers")) {
            layers.add(parts.get(layer.asText()));
        }
        JsonNode config = json.readTree(parts.get(manifest.get("Config").asText()));
        return new ImageArchive(config.get("config"), List.copyOf(layers));
    }

    /** The files of one layer by their paths. */
    Map<String, Content> filesOf(int layer) throws IOException {
        Map<String, Content> files = new TreeMap<>();
        InputStream content = new GZIPInputStream(new ByteArrayInputStream(layers.get(layer)));
        try (TarArchiveInputStream tar = new TarArchiveInputStream(content)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    List<String> entries = entry.getName().endsWith(".jar") ? entriesOf(tar) : List.of();
                    files.put("/" + entry.getName().replaceFirst("^\\.?/", ""), new Content(entry.getMode(), entries));
                }
            }
        }
        return files;
    }

    private static Map<String, byte[]> parts() throws IOException {
        Map<String, byte[]> parts = new TreeMap<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(FILE)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                parts.put(entry.getName(), tar.readAllBytes());
            }
        }
        return parts;
    }

    private static List<String> entriesOf(InputStream jar) throws IOException {
        List<String> names = new ArrayList<>();
        ZipInputStream content = new ZipInputStream(jar);
        for (ZipEntry entry = content.getNextEntry(); entry != null; entry = content.getNextEntry()) {
            names.add(entry.getName());
        }
        return names;
    }
}
