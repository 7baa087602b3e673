package org.scepgate.mdm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.policy.Binding;
import org.scepgate.policy.InvalidBindingException;
import org.scepgate.policy.Match;
import org.scepgate.policy.Profile;
import org.scepgate.policy.RequestedBinding;
import org.scepgate.policy.RequestedPatterns;

/** Makes a pattern binding of the configuration, and of what the MDM says of the device. */
public final class NameTemplate {
    private static final Pattern FIELD = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_.]*)}");

    private final RequestedPatterns names;

    private NameTemplate(RequestedPatterns names) {
        this.names = names;
    }

    /** @throws ConfigurationException naming the key, if no challenge could be made */
    public static NameTemplate of(String prefix, NameConfig settings, Profile profile) {
        NameTemplate template = new NameTemplate(new RequestedPatterns(
                settings.subject().orElse(List.of()).stream()
                        .map(rdn -> new RequestedPatterns.Rdn(
                                rdn.type(),
                                rdn.value().orElse(null),
                                rdn.pattern().orElse(null)))
                        .toList(),
                altNames(settings)));
        try {
            Binding.of(template.filled(text -> FIELD.matcher(text).replaceAll("x")), profile);
            return template;
        } catch (InvalidBindingException invalid) {
            // Whether a value with a field is a mailbox, a country or too long shows when the field is there.
            if (template.hasFields() && invalid.field().contains(".value")) {
                return template;
            }
            throw new ConfigurationException(prefix + keyOf(invalid.field()), invalid.getMessage());
        }
    }

    private static Map<String, RequestedPatterns.Names> altNames(NameConfig settings) {
        Map<String, RequestedPatterns.Names> names = new LinkedHashMap<>();
        settings.subjectAltNames()
                .forEach((type, rule) -> names.put(
                        type,
                        new RequestedPatterns.Names(
                                rule.values().orElse(null),
                                rule.patterns().orElse(null),
                                rule.min().orElse(null),
                                rule.max().orElse(null))));
        return names;
    }

    private static String keyOf(String field) {
        return field.replace("subjectPattern", "subject").replace("subjectAltNamePatterns", "subject-alt-names");
    }

    /** Whether it needs to know of a device. */
    public boolean hasFields() {
        return names.subject().stream().anyMatch(rdn -> hasField(rdn.value()))
                || names.subjectAltNames().values().stream()
                        .flatMap(rule -> Optional.ofNullable(rule.values()).stream())
                        .flatMap(List::stream)
                        .anyMatch(NameTemplate::hasField);
    }

    private static boolean hasField(String text) {
        return text != null && FIELD.matcher(text).find();
    }

    /** Fails with {@link ApiException} 400 where a field is not there. */
    public RequestedBinding filled(JsonNode message) {
        return filled(text -> filled(text, message));
    }

    private RequestedBinding filled(UnaryOperator<String> fill) {
        List<RequestedPatterns.Rdn> subject = names.subject().stream()
                .map(rdn -> new RequestedPatterns.Rdn(
                        rdn.type(), rdn.value() == null ? null : fill.apply(rdn.value()), rdn.pattern()))
                .toList();
        Map<String, RequestedPatterns.Names> altNames = new LinkedHashMap<>();
        names.subjectAltNames()
                .forEach((type, rule) -> altNames.put(
                        type,
                        new RequestedPatterns.Names(
                                filled(rule.values(), fill), rule.patterns(), rule.min(), rule.max())));
        return new RequestedBinding(
                null,
                null,
                Match.PATTERN.text(),
                null,
                null,
                null,
                null,
                null,
                new RequestedPatterns(subject, altNames));
    }

    private static List<String> filled(List<String> texts, UnaryOperator<String> fill) {
        return texts == null ? null : texts.stream().map(fill).toList();
    }

    /** Puts the fields of a message into a text. Fails as {@link #filled(JsonNode)}. */
    public static String filled(String text, JsonNode message) {
        return FIELD.matcher(text).replaceAll(field -> Matcher.quoteReplacement(value(field.group(1), message)));
    }

    private static String value(String path, JsonNode message) {
        JsonNode value = message.at("/" + path.replace('.', '/'));
        if (!value.isValueNode() || value.isNull() || value.isMissingNode()) {
            throw ApiException.badRequest("missing-field", path, "the names of this profile's challenges need it");
        }
        return value.asText();
    }
}
