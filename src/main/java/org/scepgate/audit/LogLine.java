package org.scepgate.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.scepgate.platform.CharacterSet;

/**
 * The fields of an event as text that cannot break out of its line: names and addresses come from strangers.
 *
 * @param fields in the order of the line
 */
record LogLine(Map<String, String> fields) {
    private static final CharacterSet BARE = CharacterSet.alphanumericAnd("._:/@+*-");
    private static final int LONGEST_VALUE = 1000;

    static LogLine of(AuditEvent event) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("action", event.action());
        fields.put("outcome", event.outcome());
        fields.put("actor", event.actor());
        fields.put("source", event.sourceAddress());
        fields.put("object", event.object());
        fields.put("reason", event.reason());
        // A detail never takes the place of a field above.
        event.details().forEach((name, value) -> fields.putIfAbsent(name, textOf(value)));
        fields.values().removeIf(value -> value == null || value.isEmpty());
        return new LogLine(fields);
    }

    // What has members of its own is for the row: a line holds what one searches lines by.
    private static String textOf(Object value) {
        return value == null || value instanceof Map ? null : value.toString();
    }

    String text() {
        return fields.entrySet().stream()
                .map(field -> word(field.getKey()) + "=" + word(field.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String word(String value) {
        return BARE.makesUp(value) && value.length() <= LONGEST_VALUE ? value : quoted(value);
    }

    private static String quoted(String value) {
        StringBuilder text = new StringBuilder("\"");
        value.codePoints().limit(LONGEST_VALUE).forEach(point -> append(text, point));
        return text.append('"').toString();
    }

    private static void append(StringBuilder text, int point) {
        if (point == '"' || point == '\\') {
            text.append('\\').appendCodePoint(point);
        } else if (isVisible(point)) {
            text.appendCodePoint(point);
        } else {
            text.append("\\u{%04x}".formatted(point));
        }
    }

    // CR and LF start a line, ESC drives a terminal, U+2028 is a line to JavaScript, bidi marks reorder what is read.
    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }
}
