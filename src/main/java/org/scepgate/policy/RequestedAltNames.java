package org.scepgate.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Subject alternative names as a caller wrote them, not yet looked at; an absent list is an empty one. */
public record RequestedAltNames(
        List<String> dns, List<String> email, List<String> uri, List<String> ip, List<String> upn) {

    public static final RequestedAltNames NONE = new RequestedAltNames(null, null, null, null, null);

    public RequestedAltNames {
        dns = copy(dns);
        email = copy(email);
        uri = copy(uri);
        ip = copy(ip);
        upn = copy(upn);
    }

    List<String> of(AltNameType type) {
        return switch (type) {
            case DNS -> dns;
            case EMAIL -> email;
            case URI -> uri;
            case IP -> ip;
            case UPN -> upn;
        };
    }

    // List.copyOf would throw on a JSON null inside the list, which shall become a named fault instead.
    private static List<String> copy(List<String> given) {
        return given == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(given));
    }
}
