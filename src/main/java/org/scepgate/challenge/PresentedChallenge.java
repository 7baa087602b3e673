package org.scepgate.challenge;

import java.util.Optional;

/**
 * A challenge as a device came with it.
 *
 * @param sourceAddress where the device is, behind proxies that are trusted
 */
public record PresentedChallenge(Optional<String> password, String sourceAddress) {

    public PresentedChallenge {
        password = password.filter(text -> !text.isEmpty());
    }

    /** Leaves the challenge out. */
    @Override
    public String toString() {
        return "PresentedChallenge[" + sourceAddress + "]";
    }
}
