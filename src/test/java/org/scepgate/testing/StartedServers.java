package org.scepgate.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scepgate.testing.ConfiguredUrls.Issuer;

/**
 * What the servers that this run has started were configured to write into certificates. A certificate does not tell
 * which of them issued it, so it must be as one of them would write it.
 */
final class StartedServers {
    private static final Queue<ServerSettings> STARTED = new ConcurrentLinkedQueue<>();

    private final List<ServerSettings> settings;
    private final Map<Issuer, Set<Set<String>>> urls = new HashMap<>();
    private final Map<String, Set<Usages>> usages = new HashMap<>();

    StartedServers(List<ServerSettings> settings) {
        this.settings = settings;
    }

    /** @param settings all of them, with the one for the address that devices know */
    static void add(ServerSettings settings) {
        STARTED.add(settings);
    }

    static StartedServers ofThisRun() {
        return new StartedServers(STARTED.stream().distinct().toList());
    }

    Set<Set<String>> urls(Issuer issuer) {
        return urls.computeIfAbsent(
                issuer,
                asked -> settings.stream()
                        .flatMap(server -> ConfiguredUrls.of(server, asked))
                        .collect(Collectors.toSet()));
    }

    /** What a profile grants where nothing else is asked for. */
    Set<Usages> usages(String profile) {
        return usages.computeIfAbsent(
                profile,
                asked -> settings.stream()
                        .map(ServerSettings::values)
                        .filter(server -> server.containsKey("scepgate.profiles." + asked + ".ca"))
                        .map(server -> Usages.named(
                                words(server, asked, "key-usage", "digitalSignature,keyEncipherment"),
                                words(server, asked, "extended-key-usage", "clientAuth")))
                        .collect(Collectors.toSet()));
    }

    private static List<String> words(Map<String, String> server, String profile, String key, String unsaid) {
        return Stream.of(server.getOrDefault("scepgate.profiles." + profile + "." + key, unsaid)
                        .split(","))
                .filter(word -> !word.equals("none"))
                .toList();
    }
}
