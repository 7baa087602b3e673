package org.scepgate.mdm.intune;

import io.vertx.core.json.JsonObject;

/** What Intune says to a request or a notification; whatever is not {@code Success} is a no, known or not. */
record ScepAnswer(String code) {
    static final String CODE = "code";
    private static final String SUCCESS = "Success";
    private static final int LONGEST_CODE = 64;

    /** @throws IntuneException if it says nothing */
    static ScepAnswer of(JsonObject answer) {
        if (answer.getValue(CODE) instanceof String code && !code.isBlank()) {
            return new ScepAnswer(code);
        }
        throw new IntuneException(IntuneException.Kind.UNCLEAR, "the answer has no code");
    }

    boolean isSuccess() {
        return code.equals(SUCCESS);
    }

    /** As it may be recorded, whatever a broken or strange service sends. */
    String shown() {
        String letters = code.replaceAll("[^A-Za-z0-9_.-]", "?");
        return letters.length() <= LONGEST_CODE ? letters : letters.substring(0, LONGEST_CODE);
    }
}
