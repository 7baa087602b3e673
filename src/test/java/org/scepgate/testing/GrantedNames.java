package org.scepgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bouncycastle.asn1.x509.GeneralName;

/** The alternative names that a certificate may hold, and those that it must. */
sealed interface GrantedNames {

    /** @param names lists by type, as the API has them; null where there are none */
    static GrantedNames exactly(JsonNode names) {
        List<GeneralName> all = new ArrayList<>();
        if (names != null) {
            names.properties()
                    .forEach(type -> texts(type.getValue())
                            .map(text -> AltNameText.encoded(type.getKey(), text))
                            .forEach(all::add));
        }
        return new Exactly(all);
    }

    static GrantedNames of(JsonNode binding) {
        return binding.hasNonNull("patterns")
                ? new Fitting(binding.get("patterns").path("subjectAltNames"))
                : exactly(binding.get("subjectAltNames"));
    }

    void requireWhole(List<GeneralName> certified);

    /** What somebody took names away from. */
    void requirePart(List<GeneralName> certified);

    /** Those names, none more and none less, byte for byte. */
    record Exactly(List<GeneralName> names) implements GrantedNames {
        @Override
        public void requireWhole(List<GeneralName> certified) {
            assertThat(certified).containsExactlyInAnyOrderElementsOf(names);
        }

        @Override
        public void requirePart(List<GeneralName> certified) {
            assertThat(names).containsAll(certified);
        }
    }

    /** Names of the device's choice, within patterns and numbers for each type. */
    record Fitting(JsonNode rules) implements GrantedNames {
        @Override
        public void requireWhole(List<GeneralName> certified) {
            requirePart(certified);
            rules.properties()
                    .forEach(rule -> assertThat(certified.stream()
                                    .filter(name -> AltNameText.type(name).equals(rule.getKey()))
                                    .count())
                            .as("how many %s: %s", rule.getKey(), rule.getValue())
                            .isBetween(
                                    rule.getValue().get("min").asLong(),
                                    rule.getValue().get("max").asLong()));
        }

        @Override
        public void requirePart(List<GeneralName> certified) {
            assertThat(certified).allMatch(this::fits, "fits " + rules);
        }

        private boolean fits(GeneralName name) {
            String type = AltNameText.type(name);
            JsonNode rule = rules.path(type);
            String text = AltNameText.of(name);
            return texts(rule.path("values"))
                            .anyMatch(value -> AltNameText.encoded(type, value).equals(name))
                    || texts(rule.path("patterns")).anyMatch(pattern -> Pattern.matches(pattern, text));
        }
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
    }
}
