package org.scepgate.testing;

import java.util.Map;
import java.util.TreeMap;

/** The settings a server process starts with; each addition makes a new value. */
public record ServerSettings(Map<String, String> values) {
    /** Under which the servers of the tests keep challenges. */
    public static final String PEPPER = "0123456789abcdef".repeat(4);

    /** How many refusals in a minute one address gets. */
    public static final String REFUSALS = "scepgate.challenge.refusals-per-minute";

    public ServerSettings {
        values = Map.copyOf(values);
    }

    public static ServerSettings of(TestPostgres.Database database) {
        return new ServerSettings(database.settings())
                .with("scepgate.challenge.pepper", PEPPER)
                // Tests are refused all the time, and from one address.
                .with(REFUSALS, "1000000")
                .with("scepgate.request.failure-step", Soak.isOn() ? "PT0.05S" : "PT0.002S");
    }

    /** What a server writes into certificates and answers, unless its settings say another one. */
    static ServerSettings reachedAt(int port) {
        return new ServerSettings(Map.of("scepgate.base-url", "http://localhost:" + port));
    }

    public ServerSettings with(String key, String value) {
        return with(Map.of(key, value));
    }

    public ServerSettings with(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(values);
        all.putAll(more);
        return new ServerSettings(all);
    }

    public ServerSettings ca(String name, TestCa ca) {
        return keyPairs("scepgate.cas." + name, ca);
    }

    /** What the CA rolls over to. */
    public ServerSettings nextCa(String name, TestCa ca) {
        return keyPairs("scepgate.cas." + name + ".next", ca);
    }

    public ServerSettings withoutNextCa(String name) {
        Map<String, String> left = new TreeMap<>(values);
        left.keySet().removeIf(key -> key.startsWith("scepgate.cas." + name + ".next."));
        return new ServerSettings(left);
    }

    /** What the CA was before. */
    public ServerSettings previousCa(String name, TestCa ca) {
        return keyPairs("scepgate.cas." + name + ".previous", ca);
    }

    /** Lets the current key of a CA answer OCSP. */
    public ServerSettings ocsp(String name, TestCa ca) {
        String prefix = "scepgate.cas." + name + ".ocsp-";
        return with(Map.of(prefix + "keystore", ca.ocspKeystore().toString(), prefix + "password", TestCa.PASSWORD));
    }

    /** A CA without an RA. */
    public ServerSettings caAlone(String name, TestCa ca) {
        String prefix = "scepgate.cas." + name;
        return with(
                Map.of(prefix + ".ca-keystore", ca.caKeystore().toString(), prefix + ".ca-password", TestCa.PASSWORD));
    }

    private ServerSettings keyPairs(String prefix, TestCa ca) {
        return with(Map.of(
                prefix + ".ca-keystore",
                ca.caKeystore().toString(),
                prefix + ".ca-password",
                TestCa.PASSWORD,
                prefix + ".ra-keystore",
                ca.raKeystore().toString(),
                prefix + ".ra-password",
                TestCa.PASSWORD));
    }

    public ServerSettings profile(String name, Map<String, String> settings) {
        Map<String, String> prefixed = new TreeMap<>();
        settings.forEach((key, value) -> prefixed.put("scepgate.profiles." + name + "." + key, value));
        return with(prefixed);
    }
}
