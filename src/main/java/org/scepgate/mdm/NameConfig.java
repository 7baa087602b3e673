package org.scepgate.mdm;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names of the challenges that an adapter makes; what is not named is refused. */
public interface NameConfig {
    /** One entry for each RDN, in the order of RFC 4514 text. */
    Optional<List<RdnConfig>> subject();

    /** By type: dns, email, uri, ip, upn. */
    Map<String, AltNameConfig> subjectAltNames();

    /** One RDN: a value or a pattern. */
    interface RdnConfig {
        String type();

        /** May hold fields of what the MDM sent, such as {@code {event.device.serialNumber}}. */
        Optional<String> value();

        /** A regular expression of RE2 that the whole value matches. */
        Optional<String> pattern();
    }

    /** The alternative names of one type, each of which is one of the values or matches a pattern. */
    interface AltNameConfig {
        Optional<List<String>> values();

        Optional<List<String>> patterns();

        Optional<Integer> min();

        Optional<Integer> max();
    }
}
