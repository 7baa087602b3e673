package org.scepgate.policy;

import java.util.List;

/** What a caller of the challenge API asks to bind, all as it came; null stands for the profile's own. */
public record RequestedBinding(
        String subject,
        RequestedAltNames subjectAltNames,
        String match,
        String publicKeySha256,
        List<String> keyUsage,
        List<String> extendedKeyUsage,
        String validity,
        String securityIdentifier,
        RequestedPatterns patterns) {

    /** Without patterns. */
    public RequestedBinding(
            String subject,
            RequestedAltNames subjectAltNames,
            String match,
            String publicKeySha256,
            List<String> keyUsage,
            List<String> extendedKeyUsage,
            String validity,
            String securityIdentifier) {
        this(
                subject,
                subjectAltNames,
                match,
                publicKeySha256,
                keyUsage,
                extendedKeyUsage,
                validity,
                securityIdentifier,
                null);
    }

    /** Without the SID of an account. */
    public RequestedBinding(
            String subject,
            RequestedAltNames subjectAltNames,
            String match,
            String publicKeySha256,
            List<String> keyUsage,
            List<String> extendedKeyUsage,
            String validity) {
        this(subject, subjectAltNames, match, publicKeySha256, keyUsage, extendedKeyUsage, validity, null);
    }
}
