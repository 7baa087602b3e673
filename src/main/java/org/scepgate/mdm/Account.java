package org.scepgate.mdm;

import java.util.Optional;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.PasswordHash;

/**
 * Who may call an adapter.
 *
 * @param realm what guesses are counted by
 * @param basic the user and the password of HTTP Basic
 * @param header a header and its value
 */
public record Account(String realm, Optional<Secret> basic, Optional<Secret> header) {

    /**
     * A name and what is kept of the secret that goes with it.
     *
     * @param name the user's, or the header's
     */
    public record Secret(String name, PasswordHash hash) {}

    /** @throws ConfigurationException naming the key, if nobody could call */
    public static Account of(String realm, String prefix, AccountConfig settings) {
        Optional<Secret> basic = settings.username().map(name -> new Secret(name, hash(prefix, settings)));
        Optional<Secret> header = settings.headerHash()
                .map(text -> new Secret(settings.headerName(), parsed(prefix + "header-hash", text)));
        if (basic.isEmpty() && header.isEmpty()) {
            throw new ConfigurationException(
                    prefix + "username", "is not set, nor is header-hash: nobody could prove who calls");
        }
        return new Account(realm, basic, header);
    }

    private static PasswordHash hash(String prefix, AccountConfig settings) {
        String key = prefix + "password-hash";
        return parsed(key, settings.passwordHash().orElseThrow(() -> new ConfigurationException(key, "is not set")));
    }

    /** @throws ConfigurationException naming the key, if it is no hash */
    public static PasswordHash parsed(String key, String text) {
        try {
            return PasswordHash.parse(text);
        } catch (IllegalArgumentException unreadable) {
            throw new ConfigurationException(key, unreadable.getMessage());
        }
    }
}
