package org.scepgate.challenge;

import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.scepgate.challenge.ClientsConfig.Unlisted;
import org.scepgate.platform.ApiException;
import org.scepgate.platform.Caller;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.policy.Binding;

/** Who of the callers may make which challenges, how many and how often. */
@Startup
@Singleton
public class Clients {
    private final Map<String, ClientRules> byCaller = new HashMap<>();
    private final boolean allowsUnlisted;
    private final ClientLimits limits;

    Clients(ClientsConfig config, ClientRulesFactory factory, ClientLimits limits) {
        this.limits = limits;
        config.clients().forEach((name, settings) -> {
            String caller = factory.callerOf(name, settings);
            if (byCaller.putIfAbsent(caller, factory.rulesOf(name, settings)) != null) {
                throw new ConfigurationException(
                        ClientRulesFactory.PREFIX + name + ".id",
                        "is the client of another entry too: " + settings.id());
            }
        });
        this.allowsUnlisted =
                config.clientsDefault().map(Unlisted.ALLOW::equals).orElseGet(byCaller::isEmpty);
    }

    /** Fails with {@link ApiException} 403 where this client may not bind this to a device. */
    void requirePermitted(Caller caller, Binding binding) {
        rulesOf(caller).ifPresent(rules -> rules.require(binding));
    }

    /**
     * Makes this many challenges in the transaction that counted the open ones, as one request against the client's
     * rate; or fails with {@link ApiException} 429.
     */
    <T> Uni<T> withinLimits(Caller caller, ClientLimits.Wanted wanted, Supplier<Uni<T>> making) {
        OptionalInt rate = rulesOf(caller).map(ClientRules::rate).orElse(OptionalInt.empty());
        return rate.isPresent()
                ? limits.take(caller.id(), rate.getAsInt()).chain(ignored -> withinQuota(caller, wanted, making))
                : withinQuota(caller, wanted, making);
    }

    /** The same for what is no request for a challenge: the rate does not count it. */
    <T> Uni<T> withinQuota(Caller caller, ClientLimits.Wanted wanted, Supplier<Uni<T>> making) {
        OptionalInt quota = rulesOf(caller).map(ClientRules::maxOpenChallenges).orElse(OptionalInt.empty());
        return quota.isPresent()
                ? limits.withinQuota(caller.id(), new ClientLimits.Quota(quota.getAsInt(), wanted), making)
                : making.get();
    }

    /** Makes a challenge in the transaction that counted the open ones; fails with {@link ApiException} 429. */
    <T> Uni<T> withinMost(OptionalInt most, Caller caller, Supplier<Uni<T>> making) {
        return most.isPresent()
                ? limits.withinQuota(
                        caller.id(), new ClientLimits.Quota(most.getAsInt(), ClientLimits.Wanted.more(1)), making)
                : making.get();
    }

    private Optional<ClientRules> rulesOf(Caller caller) {
        ClientRules rules = byCaller.get(caller.id());
        if (rules == null && !allowsUnlisted) {
            throw ApiException.forbidden(
                    "unknown-client", null, "this client is not one of those that may make challenges");
        }
        return Optional.ofNullable(rules);
    }
}
