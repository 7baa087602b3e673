package org.scepgate.challenge;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.List;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.policy.Authentication;

/** Finds the authority that the requests of a profile are judged by. */
@Singleton
public class OutsideAuthorities {
    private final List<OutsideAuthority> all;

    OutsideAuthorities(@All List<OutsideAuthority> all) {
        this.all = List.copyOf(all);
    }

    /** @throws ConfigurationException if it lacks a setting */
    public void requireConfigured(Authentication way) {
        require(way).requireConfigured();
    }

    public OutsideAuthority require(Authentication way) {
        return all.stream()
                .filter(authority -> authority.serves() == way)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody judges requests by " + way));
    }
}
