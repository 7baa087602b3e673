package org.scepgate.testing;

import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;
import org.scepgate.platform.PasswordHash;

/** What the adapters of {@link Scepgate} are configured with, and what MDMs call them with. */
public final class TestAdapters {
    public static final String USER = "mdm";
    public static final String PASSWORD = "a password of the MDM";
    public static final String TOKEN = "Bearer a-token-of-the-mdm";
    public static final String VISITOR = "visitor";
    public static final String STATIC_CHALLENGE = "shared by all routers";

    private static final String UUID = "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$";

    private TestAdapters() {}

    static Map<String, String> settings() {
        Map<String, String> all = new TreeMap<>();
        jamf(all);
        fleet(all);
        ndes(all);
        gear(all);
        return all;
    }

    private static void jamf(Map<String, String> all) {
        all.put("scepgate.profiles.jamf.ca", "test");
        all.put("scepgate.profiles.jamf.ephemeral-signer", "true");
        String webhook = "scepgate.mdm.jamf.jamf.";
        all.put(webhook + "username", USER);
        all.put(webhook + "password-hash", hash(PASSWORD));
        all.put(webhook + "header-hash", hash(TOKEN));
        rdn(all, webhook + "names.subject[0]", "CN", "^[A-Za-z0-9.-]{1,64}$");
        rdn(all, webhook + "names.subject[1]", "OU", "devices");
        rdn(all, webhook + "names.subject[2]", "CN", UUID);
        all.put(webhook + "names.subject-alt-names.uri.patterns[0]", "^cnac[+]jamf:///[?]DeviceId=[0-9]+$");
        all.put(webhook + "names.subject-alt-names.uri.min", "0");

        all.put("scepgate.profiles.jamf-event.ca", "test");
        String event = "scepgate.mdm.jamf.jamf-event.";
        all.put(event + "username", USER);
        all.put(event + "password-hash", hash(PASSWORD));
        all.put(event + "device-id", "{event.device.serialNumber}");
        rdn(all, event + "names.subject[0]", "CN", "{event.device.serialNumber}.acme.example");
    }

    /** The webhook of a profile that {@link Scepgate} has. */
    private static void fleet(Map<String, String> all) {
        String webhook = "scepgate.mdm.jamf.fleet.";
        all.put(webhook + "username", USER);
        all.put(webhook + "password-hash", hash(PASSWORD));
        rdn(all, webhook + "names.subject[0]", "CN", "^[A-Z0-9]{8,20} WIFI fleet-[a-z][0-9a-f-]{36}$");
    }

    private static void ndes(Map<String, String> all) {
        all.put("scepgate.profiles.ndes.ca", "test");
        String ndes = "scepgate.mdm.ndes.";
        all.put(ndes + "profile", "ndes");
        all.put(ndes + "accounts.mdm.username", USER);
        all.put(ndes + "accounts.mdm.password-hash", hash(PASSWORD));
        all.put(ndes + "accounts.visitor.username", VISITOR);
        all.put(ndes + "accounts.visitor.password-hash", hash(PASSWORD));
        all.put(ndes + "accounts.visitor.may-enroll", "false");
        rdn(all, ndes + "names.subject[0]", "CN", "^[a-z0-9.-]+$");
    }

    private static void gear(Map<String, String> all) {
        all.put("scepgate.profiles.gear.ca", "test");
        all.put("scepgate.profiles.gear.authenticate-by", "static");
        String gear = "scepgate.mdm.static.gear.";
        all.put(gear + "challenge-hash", hash(STATIC_CHALLENGE));
        all.put(gear + "networks", "127.0.0.0/8,::1");
        all.put(gear + "expires", "2099-01-01T00:00:00Z");
        rdn(all, gear + "names.subject[0]", "CN", "^router-[0-9]+[.]acme[.]example$");
    }

    private static void rdn(Map<String, String> all, String place, String type, String value) {
        all.put(place + ".type", type);
        all.put(place + (value.startsWith("^") ? ".pattern" : ".value"), value);
    }

    public static String hash(String secret) {
        return PasswordHash.of(secret, new SecureRandom()).text();
    }
}
