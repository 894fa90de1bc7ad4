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
    void details_badPrefix_refused() {
        for (String bad : List.of("", "0eth", "a/b", "twelve-chars")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> details(bad, Map.of()))
                    .withMessageContaining("is not a prefix of interface names");
        }
    }

    @Test
    void network_auxiliaryThatDoesNotFit_refused() {
        for (String bad : List.of("10.0.0.0", "10.0.0.255", "10.0.0.1", "10.0.1.9")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> network(details("eth", Map.of("router", Ipv4Address.parse(bad)))))
                    .withMessage("auxiliary address router=" + bad
                            + " does not fit: it must be a host of 10.0.0.0/24 other than the gateway 10.0.0.1");
        }
        Network network = network(details("eth", Map.of("router", Ipv4Address.parse("10.0.0.9"))));
        assertThat(network.givesDefaultRoute()).isTrue();
        assertThat(network.with(new NetworkOptions(true, true, true)).givesDefaultRoute())
                .isFalse();
    }

    private static NetworkOptions options(boolean internal, GatewayMode mode, Optional<Ipv4Address> source) {
        return new NetworkOptions(true, true, internal, mode, NetworkOptions.ALL_ADDRESSES, source, List.of(), true);
    }

    private static NetworkDetails details(String prefix, Map<String, Ipv4Address> auxiliary) {
        return new NetworkDetails(Instant.EPOCH, Map.of(), auxiliary, prefix, false, true, true);
    }

    private static Network network(NetworkDetails details) {
        InterfaceAddress bridge = InterfaceAddress.parse("10.0.0.1/24");
        return new Network(
                NetworkId.random(),
                "lan",
                new InterfaceName("br-lan"),
                BridgeOwner.ENGINE,
                bridge,
                bridge.subnet(),
                bridge.address(),
                1500,
                NetworkOptions.DEFAULT,
                false,
                details);
    }
}
