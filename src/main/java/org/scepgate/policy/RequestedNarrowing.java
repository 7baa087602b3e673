package org.scepgate.policy;

import java.util.List;

/** What an endpoint outside leaves of a certificate, all as it came; null stands for what was granted. */
public record RequestedNarrowing(
        RequestedAltNames subjectAltNames, List<String> keyUsage, List<String> extendedKeyUsage, String validity) {

    boolean isEmpty() {
        return subjectAltNames == null && keyUsage == null && extendedKeyUsage == null && validity == null;
    }
}
