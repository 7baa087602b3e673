package org.scepgate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.scepgate.challenge.ChallengeConfig;
import org.scepgate.platform.IpNetwork;

/** Finds every setting that is missing, names a file that is not there or cannot work, before anything is started. */
final class StartupCheck {
    // What SmallRye JWT's keys hold by default.
    private static final String SMALLRYE_NOT_SET = "NONE";
    private static final Pattern KEY_FILE = Pattern.compile(
            "scepgate\\.cas\\.[^.]+\\.((next|previous)\\.)?(ca|ra|ocsp)\\.(keystore|key|certificates|password\\.file)");

    private static final String ISSUERS = "scepgate.issuers.";
    private static final Pattern ISSUER_KEY_FILE = Pattern.compile("scepgate\\.issuers\\..+\\.jwks\\.file");

    private final Config config;
    private final List<String> problems = new ArrayList<>();

    StartupCheck(Config config) {
        this.config = config;
    }

    /** One line each, beginning with the key to change; empty if the server may start. */
    List<String> problems() {
        problems.clear();
        checkBaseUrl();
        checkDatabase();
        checkAuthorities();
        checkTokens();
        checkPepper();
        checkProxies("quarkus.http.proxy");
        checkProxies("quarkus.management.proxy");
        checkTime("scepgate.request.timeout", "answer");
        checkTime("scepgate.request.arrival", "send a request");
        checkTime("scepgate.request.failure-step", "hide what a failure took");
        checkNumber(EventLoops.NUMBER, 1, 9_999);
        checkNumber("scepgate.crypto.threads", 1, 9_999);
        checkNumber("scepgate.crypto.queue", 0, 999_999);
        return List.copyOf(problems);
    }

    /** As {@link #problems()}, for who needs the database alone. */
    List<String> databaseProblems() {
        problems.clear();
        checkDatabase();
        return List.copyOf(problems);
    }

    private void checkBaseUrl() {
        String key = "scepgate.base-url";
        Optional<String> value = value(key);
        if (value.isEmpty()) {
            missing(key, "what devices reach this service by, for example https://scep.example.com");
        } else if (!value.get().matches("(?i)https?://[^/\\s].*")) {
            problems.add(key + " is no http or https URL: " + value.get());
        }
    }

    private void checkDatabase() {
        DatabaseUrls urls = new DatabaseUrls(value(DatabaseUrls.REACTIVE), value(DatabaseUrls.JDBC));
        if (urls.isEmpty()) {
            missing(DatabaseUrls.REACTIVE, "the PostgreSQL to use, for example postgresql://db:5432/scepgate");
        }
        urls.problem().ifPresent(problems::add);
        if (value("quarkus.datasource.credentials-provider").isEmpty()) {
            require("quarkus.datasource.username", "the user of the database");
            require("quarkus.datasource.password", "the password of that user");
        }
    }

    private void checkAuthorities() {
        if (names("scepgate.cas.").findAny().isEmpty()) {
            missing(
                    "scepgate.cas.<name>.ca-keystore",
                    "the PKCS#12 file of a CA, beside ca-password, ra-keystore" + " and ra-password");
        }
        if (names("scepgate.profiles.").findAny().isEmpty()) {
            missing("scepgate.profiles.<name>.ca", "the CA of a profile; without a profile nothing can enrol");
        }
        names("scepgate.cas.")
                .filter(name -> KEY_FILE.matcher(normalized(name)).matches())
                .forEach(name -> value(name).ifPresent(file -> checkFile(name, file)));
    }

    private void checkTokens() {
        names(ISSUERS)
                .filter(name -> ISSUER_KEY_FILE.matcher(normalized(name)).matches())
                .forEach(name -> value(name).ifPresent(file -> checkFile(name, file)));
        // Issuers of Scepgate's own settings stand beside that of MicroProfile's or in its place.
        if (names(ISSUERS).findAny().isEmpty() || value("mp.jwt.verify.issuer").isPresent()) {
            checkMicroProfileTokens();
        }
    }

    private void checkMicroProfileTokens() {
        require("mp.jwt.verify.issuer", "the issuer of the tokens, exactly as in their claim iss");
        require("mp.jwt.verify.audiences", "the audience of the tokens, exactly as in their claim aud");
        String key = "mp.jwt.verify.publickey.location";
        Optional<String> location = value(key);
        if (location.isEmpty() && value("mp.jwt.verify.publickey").isEmpty()) {
            missing(key, "the keys that sign the tokens, a JWKS URL or a file with a JWKS or a PEM public key");
        }
        location.filter(place -> !place.matches("(?i)(https?|classpath):.*"))
                .filter(place -> Thread.currentThread().getContextClassLoader().getResource(place) == null)
                .ifPresent(file -> checkFile(key, file));
    }

    private void checkTime(String key, String what) {
        try {
            config.getOptionalValue(key, Duration.class)
                    .filter(timeout -> timeout.compareTo(Duration.ZERO) <= 0)
                    .ifPresent(timeout -> problems.add(key + " leaves no time to " + what + ": " + timeout));
        } catch (IllegalArgumentException unreadable) {
            problems.add(key + " is no duration, such as 8s or PT8S");
        }
    }

    private void checkNumber(String key, int least, int most) {
        value(key)
                .map(String::strip)
                .filter(number -> !number.matches("[0-9]{1,6}")
                        || Integer.parseInt(number) < least
                        || Integer.parseInt(number) > most)
                .ifPresent(number ->
                        problems.add(key + " is no whole number from " + least + " to " + most + ": " + number));
    }

    private void checkPepper() {
        String key = "scepgate.challenge.pepper";
        String fileKey = key + "-file";
        Optional<String> pepper = value(key);
        Optional<String> file = value(fileKey);
        if (pepper.isPresent() && file.isPresent()) {
            problems.add(fileKey + " is set beside " + key + ": use one of them");
        } else if (file.isPresent()) {
            checkFile(fileKey, file.get()).ifPresent(path -> checkPepper(fileKey, contentOf(path)));
        } else if (pepper.isPresent()) {
            checkPepper(key, pepper.get());
        } else {
            missing(key, "a secret of at least 32 characters that stays the same, or its file as " + fileKey);
        }
    }

    /** Without names anybody could say which address a request comes from, and the audit log would believe it. */
    private void checkProxies(String listener) {
        boolean forwarded = value(listener + ".proxy-address-forwarding")
                .filter(Boolean::parseBoolean)
                .isPresent();
        if (!forwarded) {
            return;
        }
        String key = listener + ".trusted-proxies";
        List<String> proxies = config.getOptionalValues(key, String.class).orElse(List.of());
        if (proxies.isEmpty()) {
            missing(key, "whose X-Forwarded-For is believed, for example 10.0.0.5");
        }
        proxies.stream()
                .map(String::strip)
                .flatMap(proxy -> problemOfProxy(proxy).stream())
                .forEach(problem -> problems.add(key + " " + problem));
    }

    /**
     * A name is looked up anew for each request by Quarkus, through a socket that is never closed: the server would come
     * to the end of its descriptors. It takes an IPv6 address without brackets for the name of a host and a port.
     */
    private static Optional<String> problemOfProxy(String proxy) {
        boolean inBrackets = proxy.matches("\\[[^/.]*]");
        String plain = inBrackets ? proxy.substring(1, proxy.length() - 1) : proxy;
        if (!inBrackets && proxy.matches("[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:]*")) {
            return Optional.of("holds an IPv6 address without brackets: write [" + proxy + "]");
        }
        try {
            IpNetwork network = IpNetwork.parse(plain);
            // Of version 4 in the form of version 6: Quarkus reads another network then.
            if (network.start().length == Integer.BYTES && plain.contains(":")) {
                return Optional.of("holds an IPv4 address in the form of IPv6: " + proxy);
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            // The one name that Quarkus looks up nowhere.
            return proxy.equals("localhost")
                    ? Optional.empty()
                    : Optional.of("takes addresses and networks only, such as 10.0.0.5, [2001:db8::5] or 10.0.0.0/8; "
                            + proxy + " is none, or has bits after its prefix");
        }
    }

    private void checkPepper(String key, String pepper) {
        if (pepper.length() < ChallengeConfig.SHORTEST_PEPPER) {
            problems.add(key + " is too short: it needs at least " + ChallengeConfig.SHORTEST_PEPPER + " characters");
        }
    }

    private Optional<Path> checkFile(String key, String file) {
        Path path = file.startsWith("file:") ? Path.of(URI.create(file)) : Path.of(file);
        if (!Files.isRegularFile(path)) {
            problems.add(key + " names a file that is not there: " + path);
            return Optional.empty();
        }
        if (!Files.isReadable(path)) {
            problems.add(key + " names a file that this process may not read: " + path);
            return Optional.empty();
        }
        return Optional.of(path);
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void require(String key, String meaning) {
        if (value(key).isEmpty()) {
            missing(key, meaning);
        }
    }

    private void missing(String key, String meaning) {
        problems.add(key + " is not set: " + meaning + " (environment: " + environmentName(key) + ")");
    }

    private Optional<String> value(String key) {
        return config.getOptionalValue(key, String.class)
                .filter(text -> !text.isBlank() && !text.equals(SMALLRYE_NOT_SET));
    }

    private Stream<String> names(String prefix) {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> normalized(name).startsWith(prefix))
                .distinct();
    }

    /** Keys from the environment arrive as SCEPGATE_CAS_MAIN_CA_KEYSTORE: which _ was a dot is not known yet. */
    private static String normalized(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[-_]", ".");
    }

    private static String environmentName(String key) {
        return key.replaceAll("[^A-Za-z0-9<>]", "_").toUpperCase(Locale.ROOT);
    }
}
