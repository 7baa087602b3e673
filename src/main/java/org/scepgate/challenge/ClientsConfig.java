package org.scepgate.challenge;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What single clients of the challenge API may do; their roles are in their tokens. */
@ConfigMapping(prefix = "scepgate")
public interface ClientsConfig {
    Map<String, ClientConfig> clients();

    /** What a client that is not listed may do; by default all where none is listed, and nothing where any is. */
    Optional<Unlisted> clientsDefault();

    /** A client that is not listed. */
    enum Unlisted {
        ALLOW,
        DENY
    }

    /** One client. What is not set is not restricted. */
    interface ClientConfig {
        /** Its id as in its tokens. */
        String id();

        /** The name of the token issuer that knows it; may be left out where there is one issuer. */
        Optional<String> issuer();

        Optional<Set<String>> profiles();

        /** RFC 4514: what every subject must have, such as {@code O=Acme}. */
        Optional<String> subjectPattern();

        // Where any of the next five is set, the types of alternative name without a setting are refused.
        Optional<List<String>> dnsSuffixes();

        Optional<List<String>> emailSuffixes();

        Optional<List<String>> uriPrefixes();

        Optional<List<String>> ipRanges();

        Optional<List<String>> upnSuffixes();

        /** How many of its challenges may be open at once, on all servers. */
        OptionalInt maxOpenChallenges();

        /** Requests for challenges per minute, on all servers. */
        OptionalInt rate();
    }
}
