package org.scepgate.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.platform.ConfigurationException;

class AddressRulesTest {
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, (byte) 168, 1, 1};

    private final AddressRules rules = new AddressRules(Settings.DEFAULT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.100.100.200",
                "127.0.0.1",
                "127.255.255.254",
                // What resolvers read as addresses, too.
                "127.1",
                "2130706433",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.168.1.1",
                "198.18.0.1",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "64:ff9b::127.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "3fff::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void refusesWhatIsNotPublic(String address) throws UnknownHostException {
        assertThat(rules.objectionTo(InetAddress.getByName(address), true))
                .hasValueSatisfying(objection -> assertThat(objection).contains("allowed-networks"));
    }

    @Test
    void refusesAMappedAddressAlsoWhereJavaKeepsItsForm() throws UnknownHostException {
        // InetAddress.getByAddress would make it one of version 4.
        InetAddress mapped = Inet6Address.getByAddress("host", MAPPED, -1);

        assertThat(mapped.getAddress()).hasSize(16);
        assertThat(rules.objectionTo(mapped, true)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "128.0.0.1",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "223.255.255.255",
                "::ffff:1.1.1.1",
                "64:ff9b::1.1.1.1",
                "2001:200::1",
                "2606:4700:4700::1111"
            })
    void letsThroughWhatIsPublic(String address) throws UnknownHostException {
        assertThat(rules.objectionTo(InetAddress.getByName(address), true)).isEmpty();
    }

    @Test
    void letsThroughWhatIsAllowedByItsNetworkAlone() throws UnknownHostException {
        AddressRules allowing = new AddressRules(Settings.allowing("10.20.0.0/16", "fd00:1::/32", "192.168.7.7"));

        for (String allowed : new String[] {"10.20.255.1", "::ffff:10.20.0.1", "fd00:1::5", "192.168.7.7"}) {
            assertThat(allowing.objectionTo(InetAddress.getByName(allowed), true))
                    .isEmpty();
        }
        for (String other : new String[] {"10.21.0.1", "fd00:2::5", "192.168.7.8", "127.0.0.1"}) {
            assertThat(allowing.objectionTo(InetAddress.getByName(other), true)).isPresent();
        }
    }

    @Test
    void needsEncryptionOutsideOfAllowedNetworks() throws UnknownHostException {
        AddressRules http = new AddressRules(Settings.LOOPBACK);
        AddressRules https = new AddressRules(Settings.allowing("127.0.0.0/8"));

        assertThat(http.objectionTo(InetAddress.getByName("127.0.0.1"), false)).isEmpty();
        assertThat(http.objectionTo(InetAddress.getByName("1.1.1.1"), false)).isPresent();
        assertThat(http.objectionTo(InetAddress.getByName("1.1.1.1"), true)).isEmpty();
        assertThat(https.objectionTo(InetAddress.getByName("127.0.0.1"), false)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "::/129",
                "10.0/8",
                "fe80::1%1",
                "10.0.0.1/8"
            })
    void doesNotStartWithANetworkThatIsNone(String text) {
        assertThatThrownBy(() -> new AddressRules(Settings.allowing(text)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("scepgate.outbound.allowed-networks: ");
    }
}
