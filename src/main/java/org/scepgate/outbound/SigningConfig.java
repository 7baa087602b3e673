package org.scepgate.outbound;

import java.nio.file.Path;
import java.util.Optional;

/** The secrets that requests to one receiver are signed with; a part of the settings of that receiver. */
public interface SigningConfig {
    /** At least 32 characters. */
    Optional<String> secret();

    /** A file that holds it instead. */
    Optional<Path> secretFile();

    /** The one before, while receivers change to the new one: requests carry a signature of each. */
    Optional<String> previousSecret();

    /** A file that holds it instead. */
    Optional<Path> previousSecretFile();
}
