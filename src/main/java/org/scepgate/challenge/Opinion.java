package org.scepgate.challenge;

import java.util.Optional;

/**
 * What an authority outside says.
 *
 * @param objection why not, in a short token for the operator; empty for yes
 */
public record Opinion(Optional<String> objection) {

    public static Opinion yes() {
        return new Opinion(Optional.empty());
    }

    public static Opinion no(String objection) {
        return new Opinion(Optional.of(objection));
    }

    public boolean isYes() {
        return objection.isEmpty();
    }
}
