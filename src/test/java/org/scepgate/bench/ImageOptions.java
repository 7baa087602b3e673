package org.scepgate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The JVM's options in the image, in a container of the size that the chart asks for. */
final class ImageOptions {
    private static final String CONTAINER_MEMORY = "512m";

    private ImageOptions() {}

    static List<String> all() throws IOException {
        String file = Files.readString(Path.of("src/main/docker/Dockerfile.jvm"));
        Matcher options = Pattern.compile("ENV JDK_JAVA_OPTIONS=\"(.*)\"").matcher(file);
        if (!options.find()) {
            throw new IllegalStateException("Dockerfile.jvm sets no JDK_JAVA_OPTIONS");
        }
        List<String> all = new ArrayList<>(List.of(options.group(1).split(" +")));
        all.add("-XX:MaxRAM=" + CONTAINER_MEMORY);
        return all;
    }

    /** @param more options, between spaces */
    static List<String> with(String more) throws IOException {
        List<String> all = all();
        Stream.of(more.split(" +")).filter(option -> !option.isEmpty()).forEach(all::add);
        return all;
    }
}
