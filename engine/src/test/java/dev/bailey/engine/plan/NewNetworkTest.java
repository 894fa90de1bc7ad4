package dev.bailey.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.engine.EngineException;
import dev.bailey.engine.ErrorCode;
import dev.bailey.engine.Ipv6Request;
import dev.bailey.engine.NetworkRequest;
import dev.bailey.engine.Seed;
import dev.bailey.engine.ipam.AddressPool;
import dev.bailey.engine.ipam.Ipv6Pool;
import dev.bailey.engine.ipam.UsedRange;
import dev.bailey.engine.kernel.HostRanges;
import dev.bailey.engine.kernel.LinkStep;
import dev.bailey.engine.model.GatewayMode;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkDetails;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.model.Subnet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a network is like that somebody asks for, and what is refused. */
class NewNetworkTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_764_367_200_000L);

    private Snapshot model = Snapshot.empty();
    private List<Network> leaving = List.of();
    private final List<UsedRange> used = new ArrayList<>(List.of(
            new UsedRange(Subnet.parse("0.0.0.0/0"), UsedRange.Reason.ROUTE, "eth0"),
            new UsedRange(Subnet.parse("10.8.0.0/16"), UsedRange.Reason.ROUTE, "tun0")));
    private List<AddressPool> pools = List.of();

    private Network plan(NetworkRequest request) {
        return NewNetwork.of(
                request, NetworkId.random(), new NewNetwork.Around(model, leaving, used, pools, 1450, NOW));
    }

    private Network make(NetworkRequest request) {
        Network network = plan(request);
        model = model.with(network);
        network.ipv4()
                .ifPresent(part -> used.add(new UsedRange(part.subnet(), UsedRange.Reason.NETWORK, network.name())));
        return network;
    }

    private static NetworkRequest request(
            String subnet, String range, String gateway, Map<String, Ipv4Address> auxiliary) {
        return new NetworkRequest(
                "lan",
                Optional.empty(),
                Optional.of(subnet).filter(text -> !text.isEmpty()).map(Subnet::parse),
                Optional.of(range).filter(text -> !text.isEmpty()).map(Subnet::parse),
                Optional.of(gateway).filter(text -> !text.isEmpty()).map(Ipv4Address::parse),
                auxiliary,
                OptionalInt.empty(),
                NetworkOptions.DEFAULT,
                true,
                NetworkDetails.DEFAULT_PREFIX,
                Map.of("team", "blue"));
    }

    @Test
    void of_nameAlone_isABlockOfThePools() {
        Network network = make(NetworkRequest.of("lan"));
        assertThat(network.bridge().value())
                .isEqualTo("br-" + network.id().value().substring(0, 12));
        assertThat(network.ipv4().orElseThrow().bridgeAddress()).isEqualTo(InterfaceAddress.parse("172.18.0.1/22"));
        assertThat(network.ipv4().orElseThrow().gateway()).hasToString("172.18.0.1");
        assertThat(network.mtuBytes()).isEqualTo(1450);
        assertThat(network.details()).isEqualTo(new NetworkDetails(NOW, Map.of(), "eth", false));
        assertThat(make(NetworkRequest.of("other")).ipv4().orElseThrow().subnet())
                .hasToString("172.18.4.0/22");
    }

    @Test
    void of_manyNetworks_allOfThemAreApartUntilThePoolsAreFull() {
        List<Subnet> subnets = new ArrayList<>();
        for (int i = 0; i < 960; i++) {
            subnets.add(make(NetworkRequest.of("n" + i)).ipv4().orElseThrow().subnet());
        }
        subnets.sort(null);
        for (int i = 1; i < subnets.size(); i++) {
            assertThat(subnets.get(i - 1).overlaps(subnets.get(i))).isFalse();
        }
        assertThatThrownBy(() -> plan(NetworkRequest.of("last")))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EXHAUSTED))
                .hasMessageStartingWith("no free subnet in the address pools 172.18.0.0/15 (in /22), ");
    }

    @Test
    void of_configuredPools_areTheOnlyOnes() {
        pools = List.of(AddressPool.parse("base=10.200.0.0/23,size=24"));
        assertThat(make(NetworkRequest.of("a")).ipv4().orElseThrow().subnet()).hasToString("10.200.0.0/24");
        assertThat(make(NetworkRequest.of("b")).ipv4().orElseThrow().subnet()).hasToString("10.200.1.0/24");
        assertThatThrownBy(() -> plan(NetworkRequest.of("c"))).hasMessageContaining("no free subnet");
    }

    @Test
    void of_sizeAlone_isAFreeBlockOfThatSize() {
        make(NetworkRequest.of("a"));
        assertThat(make(request("0.0.0.0/28", "", "", Map.of()))
                        .ipv4()
                        .orElseThrow()
                        .subnet())
                .hasToString("172.18.4.0/28");
        pools = List.of(AddressPool.parse("base=10.200.0.0/24,size=28"));
        assertThatThrownBy(() -> plan(NetworkRequest.of("x").withSubnet(Subnet.parse("0.0.0.0/20"))))
                .hasMessage("no address pool has room for a block of /20: name the subnet");
    }

    @Test
    void of_everythingSet_isKept() {
        Network network = make(
                request("10.9.0.0/24", "10.9.0.128/25", "10.9.0.254", Map.of("router", Ipv4Address.parse("10.9.0.1"))));
        assertThat(network.ipv4().orElseThrow().range()).hasToString("10.9.0.128/25");
        assertThat(network.ipv4().orElseThrow().bridgeAddress()).hasToString("10.9.0.254/24");
        assertThat(network.details().labels()).containsExactly(Map.entry("team", "blue"));
        assertThat(network.ipv4().orElseThrow().auxiliary()).containsOnlyKeys("router");
    }

    @Test
    void of_firstHostIsAuxiliary_theGatewayIsTheNext() {
        assertThat(plan(request("10.9.0.0/24", "", "", Map.of("router", Ipv4Address.parse("10.9.0.1"))))
                        .ipv4()
                        .orElseThrow()
                        .gateway())
                .hasToString("10.9.0.2");
    }

    @Test
    void of_isolated_leavesTheBridgeWithoutAddressAndTheEndpointsWithoutWay() {
        NetworkOptions isolated = new NetworkOptions(
                true,
                true,
                true,
                GatewayMode.ISOLATED,
                NetworkOptions.ALL_ADDRESSES,
                Optional.empty(),
                List.of(),
                true);
        Network network = plan(NetworkRequest.of("lan").with(isolated));
        assertThat(network.ipv4().orElseThrow().bridgeAddressed()).isFalse();
        assertThat(network.givesDefaultRoute()).isFalse();
        assertThat(NetworkPlan.creation(network, _ -> Optional.empty())).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.8.7.0/24|||subnet 10.8.7.0/24 overlaps 10.8.0.0/16 (routed to tun0): choose another",
                "10.9.0.0/31|||subnet 10.9.0.0/31 does not fit a network: its prefix length goes from 8 to 30",
                "127.9.0.0/24|||subnet 127.9.0.0/24 does not fit a network: its addresses cannot be those of hosts, choose"
                        + " one like 10.9.0.0/24",
                "224.0.0.0/24|||subnet 224.0.0.0/24 does not fit a network: its addresses cannot be those of hosts, choose"
                        + " one like 10.9.0.0/24",
                "10.9.0.0/24|10.9.0.0/23||range 10.9.0.0/23 does not fit: it must lie in the subnet" + " 10.9.0.0/24",
                "10.9.0.0/24|10.10.0.0/25||range 10.10.0.0/25 does not fit: it must lie in the subnet" + " 10.9.0.0/24",
                "10.9.0.0/24||10.9.1.1|gateway 10.9.1.1 does not fit: an address from 10.9.0.1 to"
                        + " 10.9.0.254 would",
                "10.9.0.0/24||10.9.0.255|gateway 10.9.0.255 does not fit: an address from 10.9.0.1"
                        + " to 10.9.0.254 would",
            })
    void of_addressesThatDoNotFit_saysWhichWould(String subnet, String range, String gateway, String message) {
        assertThatThrownBy(() ->
                        plan(request(subnet, range == null ? "" : range, gateway == null ? "" : gateway, Map.of())))
                .isInstanceOf(EngineException.class)
                .hasMessage(message);
    }

    @Test
    void of_overlapWithANetwork_namesIt() {
        make(NetworkRequest.of("lan").withSubnet(Subnet.parse("10.9.0.0/24")));
        assertThatThrownBy(() -> plan(NetworkRequest.of("two").withSubnet(Subnet.parse("10.9.0.128/25"))))
                .hasMessage("subnet 10.9.0.128/25 overlaps 10.9.0.0/24 (the subnet of network lan): choose another");
    }

    @Test
    void of_takenNames_nameTheHolder() {
        Network network = make(NetworkRequest.of("lan"));
        assertThatThrownBy(() -> plan(NetworkRequest.of("lan")))
                .hasMessage("network with name lan already exists, its id is "
                        + network.id().shortForm() + ": choose another name");
        for (String predefined : List.of("bridge", "host", "none", "default", "Host")) {
            assertThatThrownBy(() -> plan(NetworkRequest.of(predefined)))
                    .hasMessage("network " + predefined
                            + " cannot be created: the name has a meaning of its own, choose another");
        }
        assertThatThrownBy(() -> plan(onBridge("two", network.bridge().value())))
                .hasMessage("bridge " + network.bridge() + " belongs to network lan: name another");
        assertThatThrownBy(() -> plan(onBridge("two", "bailey0")))
                .hasMessage("bridge bailey0 is that of the default network: name another");
        assertThatThrownBy(() -> plan(onBridge("two", "br*"))).hasMessageContaining("may not contain");
        assertThatThrownBy(() -> plan(NetworkRequest.of("no spaces"))).hasMessageContaining("is not a network name");
    }

    @Test
    void of_withoutIpv4_takesNothingOfThePools() {
        NetworkRequest asked = NetworkRequest.of("alone")
                .with(Ipv6Request.of(Optional.of(Ipv6Subnet.parse("fd00:9::/64"))))
                .withoutIpv4();
        pools = List.of(AddressPool.parse("base=10.200.0.0/24,size=24"));
        Network alone = make(asked);
        make(NetworkRequest.of("lan"));
        assertThat(alone.ipv4()).isEmpty();
        assertThat(alone.givesDefaultRoute()).isFalse();
        assertThat(alone.givesIpv6DefaultRoute()).isTrue();
        assertThat(NetworkPlan.creation(alone, _ -> Optional.empty()))
                .filteredOn(step -> step instanceof LinkStep.AddAddress)
                .extracting(step -> ((LinkStep.AddAddress) step).address().toString())
                .containsExactly("fd00:9::1/64", "fe80::1/64");
        assertThatThrownBy(() -> plan(NetworkRequest.of("none-of-both").withoutIpv4()))
                .hasMessage("network 'none-of-both' has neither IPv4 nor IPv6: a network needs at least one of them");
        NetworkRequest other = NetworkRequest.of("routed").with(Ipv6Request.ANY).withoutIpv4();
        assertThatThrownBy(() -> planOfIpv6(other.with(new NetworkOptions(
                        true,
                        true,
                        false,
                        GatewayMode.ROUTED,
                        NetworkOptions.ALL_ADDRESSES,
                        Optional.empty(),
                        List.of(),
                        true))))
                .hasMessage("IPv4 gateway mode routed has no effect on a network without IPv4: leave it out");
    }

    private Network planOfIpv6(NetworkRequest request) {
        return NewNetwork.of(
                request,
                NetworkId.random(),
                new NewNetwork.Around(
                        model,
                        leaving,
                        used,
                        pools,
                        1450,
                        NOW,
                        List.of(),
                        List.of(new Ipv6Pool(Ipv6Subnet.parse("fd00:5::/48"), 64))));
    }

    @Test
    void of_nameOrBridgeOnTheWayOut_mayTurnOutToStay() {
        leaving = List.of(plan(onBridge("lan", "br0")));
        assertThatThrownBy(() -> plan(NetworkRequest.of("lan")))
                .hasMessage("network with name lan is being removed: try again");
        assertThatThrownBy(() -> plan(onBridge("two", "br0")))
                .hasMessage("bridge br0 of network lan is being removed: try again, or name another");
    }

    private static NetworkRequest onBridge(String name, String bridge) {
        return new NetworkRequest(
                name,
                Optional.of(new InterfaceName(bridge)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                OptionalInt.of(1400),
                NetworkOptions.DEFAULT,
                true,
                NetworkDetails.DEFAULT_PREFIX,
                Map.of());
    }

    /** Whatever a host uses, a subnet that is chosen shares no address with it. */
    @Test
    void of_randomHosts_neverCollides() {
        RandomGenerator random = Seed.generator("of_randomHosts_neverCollides");
        for (int round = 0; round < 300; round++) {
            Set<Subnet> routes = new HashSet<>();
            for (int i = random.nextInt(40); i > 0; i--) {
                int length = 9 + random.nextInt(24);
                int base = random.nextBoolean() ? 172 << 24 | 16 << 16 : 192 << 24 | 168 << 16;
                Ipv4Address within = new Ipv4Address(base | random.nextInt(1 << 20));
                routes.add(Subnet.containing(within, length));
            }
            List<UsedRange> taken =
                    FreeSubnets.used(List.of(), List.of(), new HostRanges(List.of(), List.copyOf(routes)));
            try {
                Network network = NewNetwork.of(
                        NetworkRequest.of("lan"),
                        NetworkId.random(),
                        new NewNetwork.Around(Snapshot.empty(), List.of(), taken, List.of(), 1500, NOW));
                assertThat(taken)
                        .filteredOn(UsedRange::blocks)
                        .noneMatch(range -> range.subnet()
                                .overlaps(network.ipv4().orElseThrow().subnet()));
            } catch (EngineException full) {
                assertThat(full.code()).isEqualTo(ErrorCode.EXHAUSTED);
            }
        }
    }
}
