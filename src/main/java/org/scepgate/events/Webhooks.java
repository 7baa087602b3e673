package org.scepgate.events;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.scepgate.events.WebhooksConfig.WebhookConfig;
import org.scepgate.outbound.OutboundClient;
import org.scepgate.outbound.RequestSigner;
import org.scepgate.platform.ConfigurationException;

/** The webhooks of the configuration; one that could not work stops the start. */
@Singleton
class Webhooks {
    private static final String PREFIX = "scepgate.webhooks.";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final int MOST_PARALLEL = 64;

    private final Map<String, Webhook> webhooks = new TreeMap<>();

    Webhooks(WebhooksConfig config, EventsConfig events, OutboundClient client) {
        config.webhooks().forEach((name, settings) -> webhooks.put(name, webhook(name, settings, client)));
        if (!events.enabled() && !webhooks.isEmpty()) {
            throw new ConfigurationException(EventsConfig.PREFIX + ".enabled", "must be true for webhooks");
        }
    }

    private static Webhook webhook(String name, WebhookConfig settings, OutboundClient client) {
        String prefix = PREFIX + name + ".";
        if (!NAME.matcher(name).matches()) {
            throw new ConfigurationException(prefix + "url", "needs a name of letters, digits, - and _");
        }
        return new Webhook(
                name,
                client.requireUrl(prefix + "url", settings.url()),
                RequestSigner.of(prefix, settings),
                settings.clients().map(Set::copyOf),
                types(prefix + "events", settings.events()),
                delivery(prefix, settings));
    }

    private static Set<String> types(String key, Optional<List<String>> names) {
        Set<EventType> types = names.map(given -> given.stream()
                        .map(name -> EventType.named(name)
                                .orElseThrow(() -> new ConfigurationException(key, "there is no event " + name)))
                        .flatMap(Set::stream)
                        .collect(Collectors.toSet()))
                .orElse(EnumSet.allOf(EventType.class));
        return types.stream().map(EventType::text).collect(Collectors.toUnmodifiableSet());
    }

    private static Webhook.Delivery delivery(String prefix, WebhookConfig settings) {
        requireAtLeast(SHORTEST, prefix + "timeout", settings.timeout());
        requireAtLeast(SHORTEST, prefix + "first-retry", settings.firstRetry());
        requireAtLeast(settings.firstRetry(), prefix + "longest-retry", settings.longestRetry());
        requireAtLeast(settings.firstRetry(), prefix + "give-up-after", settings.giveUpAfter());
        if (settings.parallel() < 1 || settings.parallel() > MOST_PARALLEL) {
            throw new ConfigurationException(prefix + "parallel", "must be 1 to " + MOST_PARALLEL);
        }
        return new Webhook.Delivery(
                settings.timeout(),
                settings.parallel(),
                BackOff.of(settings.firstRetry(), settings.longestRetry()),
                settings.giveUpAfter());
    }

    private static void requireAtLeast(Duration shortest, String key, Duration set) {
        if (set.compareTo(shortest) < 0) {
            throw new ConfigurationException(key, "must be at least " + shortest);
        }
    }

    /** By name. */
    Collection<Webhook> all() {
        return webhooks.values().stream()
                .sorted(Comparator.comparing(Webhook::name))
                .toList();
    }

    Optional<Webhook> find(String name) {
        return Optional.ofNullable(webhooks.get(name));
    }

    List<String> namesFor(Event event) {
        return webhooks.values().stream()
                .filter(webhook -> webhook.takes(event))
                .map(Webhook::name)
                .toList();
    }
}
