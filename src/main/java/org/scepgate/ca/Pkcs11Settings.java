package org.scepgate.ca;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A token as the configuration names it, by its slot or by its label.
 *
 * @param sessions how many operations may run in it at once
 */
public record Pkcs11Settings(
        Path library, Optional<Long> slot, Optional<String> tokenLabel, Path pinFile, int sessions) {

    /** What logs and messages call the token. */
    String name() {
        return tokenLabel.map(label -> "token " + label).orElseGet(() -> "slot " + slot.orElseThrow());
    }
}
