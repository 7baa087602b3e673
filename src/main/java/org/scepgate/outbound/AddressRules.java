package org.scepgate.outbound;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.IpNetwork;

/**
 * Which addresses may be called: the public ones, and what an administrator allowed beside them. A URL that leads into
 * the network of the server itself would let who can set it, or who owns its name, talk to what trusts that network.
 */
final class AddressRules {
    private static final int VERSION_4_OCTETS = 4;

    /** IANA's special-purpose registries (RFC 6890), multicast, and what is not assigned. */
    private static final List<IpNetwork> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    // Between a provider and its customers (RFC 6598); some clouds have their metadata there.
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    // Link-local, and the metadata services of most clouds.
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3")
            .map(IpNetwork::parse)
            .toList();

    /** All public ones of version 6 are in here, */
    private static final IpNetwork GLOBAL = IpNetwork.parse("2000::/3");

    /** and not in here; Teredo and 6to4 hold an address of version 4 that a relay would go on to. */
    private static final List<IpNetwork> NOT_GLOBAL = Stream.of("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
            .map(IpNetwork::parse)
            .toList();

    /** Addresses of version 4 that a gateway to version 6 goes on to (NAT64, RFC 6052). */
    private static final IpNetwork EMBEDDED = IpNetwork.parse("64:ff9b::/96");

    private final List<IpNetwork> allowed;
    private final boolean httpAllowed;

    AddressRules(OutboundConfig config) {
        this.allowed = config.allowedNetworks().orElse(List.of()).stream()
                .map(AddressRules::configured)
                .toList();
        this.httpAllowed = config.allowHttp();
    }

    private static IpNetwork configured(String text) {
        try {
            return IpNetwork.parse(text);
        } catch (IllegalArgumentException unreadable) {
            throw new ConfigurationException(OutboundConfig.PREFIX + ".allowed-networks", unreadable.getMessage());
        }
    }

    boolean mayBeHttp() {
        return httpAllowed;
    }

    /** Why an address must not be called; empty if it may. */
    Optional<String> objectionTo(InetAddress address, boolean encrypted) {
        byte[] octets = plain(address.getAddress());
        boolean isAllowed = allowed.stream().anyMatch(network -> network.holds(octets));
        if (!encrypted && !(isAllowed && httpAllowed)) {
            return Optional.of("is not in " + OutboundConfig.PREFIX + ".allowed-networks, so it needs https");
        }
        return isAllowed || isPublic(octets)
                ? Optional.empty()
                : Optional.of("is not public and not in " + OutboundConfig.PREFIX + ".allowed-networks");
    }

    private static byte[] plain(byte[] octets) {
        return EMBEDDED.holds(octets)
                ? Arrays.copyOfRange(octets, octets.length - VERSION_4_OCTETS, octets.length)
                : IpNetwork.unmapped(octets);
    }

    private static boolean isPublic(byte[] octets) {
        return octets.length == VERSION_4_OCTETS
                ? NOT_PUBLIC.stream().noneMatch(network -> network.holds(octets))
                : GLOBAL.holds(octets) && NOT_GLOBAL.stream().noneMatch(network -> network.holds(octets));
    }
}
