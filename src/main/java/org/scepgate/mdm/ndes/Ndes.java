package org.scepgate.mdm.ndes;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.scepgate.mdm.Account;
import org.scepgate.mdm.AdapterProfiles;
import org.scepgate.mdm.NameTemplate;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.policy.Profile;

/** The NDES that is served, if one is. */
@Startup
@Singleton
class Ndes {
    private static final String PREFIX = "scepgate.mdm.ndes.";
    // What the clients' patterns take; 16 digits are 64 bits, as Microsoft's.
    private static final int SHORTEST_PASSWORD = 16;
    private static final int LONGEST_PASSWORD = 32;

    private final Optional<Service> service;

    Ndes(NdesConfig config, AdapterProfiles profiles) {
        this.service = config.profile().map(name -> service(name, config, profiles));
    }

    /** What it is served with. */
    record Service(String profile, NameTemplate names, List<User> users, Charset encoding, Passwords passwords) {}

    /** A user of the page. */
    record User(Account account, boolean mayEnroll) {}

    /** What its passwords are like. */
    record Passwords(int digits, int mostOpen, Duration timeToLive) {}

    /** Fails with {@link ApiException} 404 where none is served. */
    Service require() {
        return service.orElseThrow(() -> ApiException.notFound("not-found", "no NDES is served here"));
    }

    private static Service service(String name, NdesConfig config, AdapterProfiles profiles) {
        Profile profile = profiles.require(PREFIX + "profile", name);
        AdapterProfiles.requireTimeToLive(PREFIX + "ttl", Optional.of(config.ttl()), profile);
        NameTemplate names = NameTemplate.of(PREFIX + "names.", config.names(), profile);
        require(!names.hasFields(), "names", "has fields in braces, and the page is told nothing of a device");
        require(config.maxPasswords() >= 1, "max-passwords", "must be at least 1");
        require(
                config.passwordLength() >= SHORTEST_PASSWORD && config.passwordLength() <= LONGEST_PASSWORD,
                "password-length",
                "must be " + SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD);
        return new Service(
                name,
                names,
                users(config),
                encoding(config.encoding()),
                new Passwords(config.passwordLength(), config.maxPasswords(), config.ttl()));
    }

    private static List<User> users(NdesConfig config) {
        require(!config.accounts().isEmpty(), "accounts", "has nobody, and only users with a password see the page");
        List<User> users = new ArrayList<>();
        config.accounts().forEach((name, settings) -> {
            String key = PREFIX + "accounts." + name + ".password-hash";
            Account.Secret secret =
                    new Account.Secret(settings.username(), Account.parsed(key, settings.passwordHash()));
            users.add(new User(new Account("ndes", Optional.of(secret), Optional.empty()), settings.mayEnroll()));
        });
        return List.copyOf(users);
    }

    private static Charset encoding(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "utf-16le" -> StandardCharsets.UTF_16LE;
            case "utf-8" -> StandardCharsets.UTF_8;
            default -> throw new ConfigurationException(PREFIX + "encoding", "must be utf-16le or utf-8");
        };
    }

    private static void require(boolean holds, String key, String message) {
        if (!holds) {
            throw new ConfigurationException(PREFIX + key, message);
        }
    }
}
