package org.scepgate.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the chart made, one document for each object. */
record Manifests(List<JsonNode> all) {

    static Manifests parse(String yaml) {
        try (MappingIterator<JsonNode> documents =
                new ObjectMapper().readerFor(JsonNode.class).readValues(new YAMLFactory().createParser(yaml))) {
            return new Manifests(documents.readAll().stream()
                    .filter(document -> document != null && !document.isNull())
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<JsonNode> of(String kind) {
        return all.stream().filter(object -> object.get("kind").asText().equals(kind));
    }

    JsonNode one(String kind) {
        return of(kind).findFirst().orElseThrow(() -> new AssertionError("there is no " + kind));
    }

    JsonNode one(String kind, String name) {
        return of(kind).filter(object -> nameOf(object).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
    }

    /** The specifications of all pods: of the server, of the migration and of the test. */
    List<JsonNode> pods() {
        return all.stream()
                .map(object -> object.get("kind").asText().equals("Pod")
                        ? object.get("spec")
                        : object.at("/spec/template/spec"))
                .filter(JsonNode::isObject)
                .toList();
    }

    JsonNode server() {
        return one("Deployment").at("/spec/template/spec");
    }

    /** The text of the file that the server reads its settings from. */
    String settings() {
        return of("ConfigMap")
                .map(map -> map.at("/data/application.properties"))
                .filter(JsonNode::isTextual)
                .findFirst()
                .orElseThrow()
                .asText();
    }

    String setting(String name) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(settings()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty(name);
    }

    static String nameOf(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    static Stream<JsonNode> in(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
