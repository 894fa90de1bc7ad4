package dev.bailey.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What can be set of a network, and what cannot. */
class NetworkSettingsTest {
    @Test
    void gatewayMode_words_areDockers() {
        for (GatewayMode mode : GatewayMode.values()) {
            assertThat(GatewayMode.parse(mode.toString())).isEqualTo(mode);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GatewayMode.parse("bridge"))
                .withMessage("'bridge' is not a gateway mode: choose nat, nat-unprotected, routed, isolated");
    }

    @Test
    void options_isolatedAndNotInternal_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options(false, GatewayMode.ISOLATED, Optional.empty()))
                .withMessage(
                        "gateway mode isolated is for internal networks alone: make the network internal, or choose"
                                + " another mode");
        assertThat(options(true, GatewayMode.ISOLATED, Optional.empty()).internal())
                .isTrue();
    }

    @Test
    void options_sourceThatNobodyHas_refused() {
        for (String bad : List.of("0.0.0.0", "127.0.0.1", "224.0.0.1")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> options(false, GatewayMode.NAT, Optional.of(Ipv4Address.parse(bad))))
                    .withMessageStartingWith(bad + " cannot be the address that packets leave with");
        }
    }

    @Test
    void options_withoutEffect_refused() {
        Optional<Ipv4Address> source = Optional.of(Ipv4Address.parse("192.0.2.7"));
        for (GatewayMode mode : List.of(GatewayMode.NAT, GatewayMode.ROUTED)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> options(mode == GatewayMode.NAT, mode, source))
                    .withMessageStartingWith(
                            "an address that packets leave with has no effect where they keep their own");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trusting(GatewayMode.ROUTED))
                .withMessage("trusted links have no effect in gateway mode routed: leave them out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkOptions(
                        true, true, false, GatewayMode.ROUTED, source.get(), Optional.empty(), List.of(), true))
                .withMessage(
                        "ports are published at the containers' own addresses in gateway mode routed: leave the host's"
                                + " address 192.0.2.7 out");
        assertThat(options(false, GatewayMode.NAT_UNPROTECTED, source).leavesWithHostAddress())
                .isTrue();
        assertThat(trusting(GatewayMode.NAT).trustedInterfaces()).hasSize(1);
    }

    private static NetworkOptions trusting(GatewayMode mode) {
        return new NetworkOptions(
                true,
                true,
                false,
                mode,
                NetworkOptions.ALL_ADDRESSES,
                Optional.empty(),
                List.of(new InterfaceName("tail0")),
                true);
    }

    @Test
    void details_badPrefix_refused() {
        for (String bad : List.of("", "0eth", "a/b", "twelve-chars")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new NetworkDetails(Instant.EPOCH, Map.of(), bad, false))
                    .withMessageContaining("is not a prefix of interface names");
        }
    }

    @Test
    void network_auxiliaryThatDoesNotFit_refused() {
        for (String bad : List.of("10.0.0.0", "10.0.0.255", "10.0.0.1", "10.0.1.9")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> network(Map.of("router", Ipv4Address.parse(bad))))
                    .withMessage("auxiliary address router=" + bad
                            + " does not fit: it must be a host of 10.0.0.0/24 other than the gateway 10.0.0.1");
        }
        Network network = network(Map.of("router", Ipv4Address.parse("10.0.0.9")));
        assertThat(network.givesDefaultRoute()).isTrue();
        assertThat(network.with(new NetworkOptions(true, true, true)).givesDefaultRoute())
                .isFalse();
    }

    @Test
    void network_hostBindingOfIpv6_needsAnIpv6PartWhosePortsAreAddressesOfTheHost() {
        NetworkOptions bound = bound("2001:db8::5");
        Optional<NetworkIpv6> ipv6 = Optional.of(NetworkIpv6.of(Ipv6Subnet.parse("fd00:9::/64")));
        assertThat(network(Map.of(), bound, ipv6).options().hostBinding()).hasToString("2001:db8::5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(Map.of(), bound, Optional.empty()))
                .withMessage("nothing can be published on 2001:db8::5 of a network without IPv6: let it have some, or"
                        + " name an IPv4 address");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(Map.of(), bound, ipv6.map(NetworkSettingsTest::routed)))
                .withMessage(
                        "ports are published at the containers' own addresses in IPv6 gateway mode routed: leave the"
                                + " host's address 2001:db8::5 out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bound("::1"))
                .withMessageContaining("nothing can be published on ::1: Linux leads nothing from there");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bound("224.0.0.1"))
                .withMessageContaining("nothing can be published on 224.0.0.1");
    }

    private static NetworkIpv6 routed(NetworkIpv6 part) {
        return new NetworkIpv6(
                part.bridgeAddress(), part.range(), part.gateway(), Map.of(), GatewayMode.ROUTED, Optional.empty());
    }

    private static NetworkOptions bound(String address) {
        return new NetworkOptions(
                true, true, false, GatewayMode.NAT, IpAddress.parse(address), Optional.empty(), List.of(), true);
    }

    private static NetworkOptions options(boolean internal, GatewayMode mode, Optional<Ipv4Address> source) {
        return new NetworkOptions(true, true, internal, mode, NetworkOptions.ALL_ADDRESSES, source, List.of(), true);
    }

    private static Network network(Map<String, Ipv4Address> auxiliary) {
        return network(auxiliary, NetworkOptions.DEFAULT, Optional.empty());
    }

    private static Network network(
            Map<String, Ipv4Address> auxiliary, NetworkOptions options, Optional<NetworkIpv6> ipv6) {
        InterfaceAddress bridge = InterfaceAddress.parse("10.0.0.1/24");
        return new Network(
                NetworkId.random(),
                "lan",
                new InterfaceName("br-lan"),
                BridgeOwner.ENGINE,
                Optional.of(new NetworkIpv4(bridge, bridge.subnet(), bridge.address(), auxiliary, true, true)),
                1500,
                options,
                false,
                NetworkDetails.NONE,
                ipv6);
    }
}
