package org.scepgate.policy;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** What must speak for a request before its certificate is signed. */
public enum Authentication {
    /** A one-time challenge. */
    CHALLENGE(Set.of("challenge")),
    /** A person who looked at the request, and saw the names that it asks for. */
    APPROVAL(Set.of("approval")),
    /** A challenge first, and then a person. */
    CHALLENGE_AND_APPROVAL(Set.of("challenge", "approval")),
    /** One challenge that many devices share. */
    STATIC(Set.of("static")),
    /** A challenge that Microsoft Intune made, and what Intune says of it and of the request. */
    INTUNE(Set.of("intune"));

    private final Set<String> words;

    Authentication(Set<String> words) {
        this.words = words;
    }

    /**
     * As the configuration spells it, in any order.
     *
     * @throws IllegalArgumentException if it is none of the ways there are
     */
    public static Authentication parse(Collection<String> words) {
        for (Authentication authentication : values()) {
            if (authentication.words.equals(Set.copyOf(words))) {
                return authentication;
            }
        }
        throw new IllegalArgumentException(Texts.quoted(String.join(",", new TreeSet<>(words)))
                + " is none of challenge; approval; challenge,approval; static; intune");
    }

    /** As the configuration spells it. */
    @Override
    public String toString() {
        return String.join(",", new TreeSet<>(words));
    }

    public boolean needsChallenge() {
        return this != APPROVAL;
    }

    public boolean needsApproval() {
        return words.contains("approval");
    }

    /** Whether the challenges are another service's, which must be asked about each request. */
    public boolean asksOutside() {
        return this == INTUNE;
    }

    /** Whether the challenges are those that this service's own API makes. */
    public boolean takesOwnChallenges() {
        return this != STATIC && !asksOutside();
    }
}
