package dev.bailey.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.engine.BridgeChoice;
import dev.bailey.engine.DefaultNetworkOptions;
import dev.bailey.engine.EngineException;
import dev.bailey.engine.ErrorCode;
import dev.bailey.engine.ipam.AddressPool;
import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.HostView.HostRoute;
import dev.bailey.engine.kernel.HostView.LinkKind;
import dev.bailey.engine.model.BridgeOwner;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultNetworkTest {
    private static final BridgeChoice ENGINE = BridgeChoice.DEFAULT;
    private static final BridgeChoice BRIDGE0 = new BridgeChoice.OperatorBridge(new InterfaceName("bridge0"));
    private static final BridgeChoice NONE = new BridgeChoice.NoBridge();

    private final List<HostLink> links =
            new ArrayList<>(List.of(link(2, "eth0", LinkKind.OTHER, 1450, "198.51.100.2/24")));

    private static HostLink link(int index, String name, LinkKind kind, int mtuBytes, String... addresses) {
        return new HostLink(
                index,
                name,
                kind,
                0,
                true,
                mtuBytes,
                false,
                false,
                Stream.of(addresses).map(InterfaceAddress::parse).toList());
    }

    private void bridge0(String... addresses) {
        links.add(link(3, "bridge0", LinkKind.BRIDGE, 1500, addresses));
    }

    private HostView host() {
        return new HostView(links, List.of(new HostRoute(Subnet.parse("0.0.0.0/0"), 2, 0)));
    }

    private static DefaultNetworkOptions options(BridgeChoice bridge) {
        return new DefaultNetworkOptions(
                bridge, Optional.empty(), Optional.empty(), OptionalInt.empty(), NetworkOptions.DEFAULT);
    }

    private static DefaultNetworkOptions options(BridgeChoice bridge, String range, String gateway) {
        return new DefaultNetworkOptions(
                bridge,
                Optional.of(range).filter(text -> !text.isEmpty()).map(Subnet::parse),
                Optional.of(gateway).filter(text -> !text.isEmpty()).map(Ipv4Address::parse),
                OptionalInt.empty(),
                NetworkOptions.DEFAULT);
    }

    private static BridgeChoice bip(String address) {
        return new BridgeChoice.EngineBridge(Optional.of(InterfaceAddress.parse(address)));
    }

    private List<Network> choose(List<Network> remembered, List<Endpoint> endpoints, DefaultNetworkOptions options) {
        return DefaultNetwork.choose(
                remembered, endpoints, host(), new DefaultNetwork.Wanted(options, List.of(), List.of()));
    }

    private Network first(DefaultNetworkOptions options) {
        List<Network> networks = choose(List.of(), List.of(), options);
        assertThat(networks).hasSize(1);
        return networks.getFirst();
    }

    private static Endpoint endpoint(Network network, int host) {
        Ipv4Address address = network.ipv4().orElseThrow().subnet().base().plus(host);
        EndpointId id = EndpointId.random();
        return new Endpoint(
                id,
                network.id(),
                SandboxId.random(),
                new InterfaceName("eth0"),
                new InterfaceName("veth" + host),
                new InterfaceAddress(
                        address, network.ipv4().orElseThrow().subnet().prefixLength()),
                network.ipv4().orElseThrow().gateway(),
                MacAddress.derivedFrom(address),
                1500);
    }

    @Test
    void choose_nothingSet_takesTheFirstFreeSubnetAndTheUplinksMtu() {
        Network network = first(options(ENGINE));

        assertThat(network.bridge()).isEqualTo(DefaultNetwork.BRIDGE);
        assertThat(network.owner()).isEqualTo(BridgeOwner.ENGINE);
        assertThat(network.ipv4().orElseThrow().bridgeAddress()).hasToString("172.17.0.1/16");
        assertThat(network.ipv4().orElseThrow().gateway()).hasToString("172.17.0.1");
        assertThat(network.ipv4().orElseThrow().range()).hasToString("172.17.0.0/16");
        assertThat(network.mtuBytes()).isEqualTo(1450);
    }

    @Test
    void choose_operatorsBridge_takesOverItsSubnet() {
        bridge0("10.100.1.0/24");

        Network network = first(options(BRIDGE0));

        assertThat(network.name()).isEqualTo("bridge");
        assertThat(network.bridge()).hasToString("bridge0");
        assertThat(network.owner()).isEqualTo(BridgeOwner.OPERATOR);
        assertThat(network.ipv4().orElseThrow().bridgeAddress()).hasToString("10.100.1.0/24");
        assertThat(network.ipv4().orElseThrow().gateway()).hasToString("10.100.1.0");
        assertThat(network.mtuBytes()).isEqualTo(1450);
    }

    @Test
    void choose_operatorsBridgeWithASmallerMtu_hasThatOfTheBridge() {
        links.add(link(3, "bridge0", LinkKind.BRIDGE, 1300, "10.100.1.1/24"));

        assertThat(first(options(BRIDGE0)).mtuBytes()).isEqualTo(1300);
    }

    @Test
    void choose_rangeAndGateway_areTaken() {
        bridge0("10.100.1.1/24");

        Network network = first(options(BRIDGE0, "10.100.1.64/26", "10.100.1.254"));

        assertThat(network.ipv4().orElseThrow().range()).hasToString("10.100.1.64/26");
        assertThat(network.ipv4().orElseThrow().gateway()).hasToString("10.100.1.254");
        assertThat(network.ipv4().orElseThrow().bridgeAddress()).hasToString("10.100.1.1/24");
    }

    @Test
    void choose_bridgeInTwoSubnets_rangeSaysWhich() {
        bridge0("10.100.1.1/24", "10.100.1.2/24", "10.100.2.1/24");

        assertThat(first(options(BRIDGE0, "10.100.2.0/25", ""))
                        .ipv4()
                        .orElseThrow()
                        .bridgeAddress())
                .hasToString("10.100.2.1/24");
        assertThat(first(options(BRIDGE0, "10.100.1.0/25", ""))
                        .ipv4()
                        .orElseThrow()
                        .bridgeAddress())
                .hasToString("10.100.1.1/24");
    }

    @Test
    void choose_secondSubnetAddedLater_theKnownOneStays() {
        bridge0("10.100.1.1/24");
        Network before = first(options(BRIDGE0));
        links.removeLast();
        bridge0("10.100.0.1/24", "10.100.1.1/24");

        assertThat(choose(List.of(before), List.of(endpoint(before, 2)), options(BRIDGE0)))
                .containsExactly(before);
    }

    @Test
    void choose_none_retiresWhatThereWas() {
        Network before = first(options(ENGINE));

        assertThat(choose(List.of(), List.of(), options(NONE))).isEmpty();
        assertThat(choose(List.of(before), List.of(), options(NONE))).containsExactly(before.retire());
    }

    @Test
    void choose_toAnotherBridgeAndBack_endpointsStayOnTheirNetwork() {
        Network own = first(options(ENGINE));
        bridge0("10.100.1.1/24");

        List<Network> there = choose(List.of(own), List.of(endpoint(own, 2)), options(BRIDGE0));
        Network operators = there.getLast();
        List<Network> back = choose(there, List.of(endpoint(own, 2), endpoint(operators, 2)), options(ENGINE));

        assertThat(there).containsExactly(own.retire(), operators);
        assertThat(own.retire().name()).isEqualTo("former-" + own.id().shortForm());
        assertThat(back).containsExactly(operators.retire(), own);
        assertThat(choose(back, List.of(), options(BRIDGE0))).containsExactly(own.retire(), operators);
    }

    @Test
    void choose_optionsChanged_areTakenWithEndpointsThere() {
        Network before = first(options(ENGINE));
        NetworkOptions closed = new NetworkOptions(false, false, false);
        DefaultNetworkOptions changed = new DefaultNetworkOptions(
                ENGINE,
                Optional.of(Subnet.parse("172.17.1.0/24")),
                Optional.of(Ipv4Address.parse("172.17.0.9")),
                OptionalInt.of(1300),
                closed);

        Network after =
                choose(List.of(before), List.of(endpoint(before, 2)), changed).getFirst();

        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.ipv4().orElseThrow().range()).hasToString("172.17.1.0/24");
        assertThat(after.ipv4().orElseThrow().gateway()).hasToString("172.17.0.9");
        assertThat(after.mtuBytes()).isEqualTo(1300);
        assertThat(after.options()).isEqualTo(closed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|''|''|CONFLICT|bridge bridge0 has no IPv4 address: give it one (ip addr add 10.100.1.1/24 dev bridge0)",
                "10.1.0.1/24 10.2.0.1/24|''|''|CONFLICT|bridge bridge0 has addresses in 2 subnets, 10.1.0.1/24 and"
                        + " 10.2.0.1/24: take all but one away, or say by a range (--fixed-cidr) which one is meant",
                "10.1.0.1/24 10.2.0.1/24|10.3.0.0/25|''|CONFLICT|the range 10.3.0.0/25 lies in no subnet of bridge"
                        + " bridge0, which has 10.1.0.1/24 and 10.2.0.1/24",
                "10.1.0.1/24|10.1.0.0/16|''|CONFLICT|the range 10.1.0.0/16 lies in no subnet of bridge bridge0, which has"
                        + " 10.1.0.1/24",
                "10.1.0.1/32|''|''|CONFLICT|bridge bridge0 has the address 10.1.0.1/32, which leaves no usable subnet: its"
                        + " prefix length can be 8 to 30",
                "10.1.0.255/24|''|''|CONFLICT|bridge bridge0 has the address 10.1.0.255/24, to which broadcasts go: give"
                        + " it another of 10.1.0.0/24",
                "10.1.0.1/24|''|10.1.1.1|INVALID_ARGUMENT|the gateway 10.1.1.1 is no address of a host in the default"
                        + " network's subnet 10.1.0.0/24 on bridge0",
                "10.1.0.1/24|''|10.1.0.255|INVALID_ARGUMENT|the gateway 10.1.0.255 is no address of a host in the default"
                        + " network's subnet 10.1.0.0/24 on bridge0"
            })
    void choose_operatorsBridgeThatCannotBeUsed_saysWhy(
            String addresses, String range, String gateway, ErrorCode code, String message) {
        bridge0(addresses.isEmpty() ? new String[0] : addresses.split(" "));

        assertRefused(List.of(), List.of(), options(BRIDGE0, range, gateway), code, message);
    }

    @Test
    void choose_bridgeMissingNoBridgeOrTheEnginesOwn_saysSo() {
        assertRefused(
                List.of(),
                List.of(),
                options(BRIDGE0),
                ErrorCode.NOT_FOUND,
                "bridge bridge0 does not exist: one of your own must be there before the daemon starts, make it (ip link"
                        + " add bridge0 type bridge) and give it an address");
        assertRefused(
                List.of(),
                List.of(),
                options(new BridgeChoice.OperatorBridge(new InterfaceName("eth0"))),
                ErrorCode.CONFLICT,
                "link eth0 is not a bridge: name one that is, or rename the link");
        assertRefused(
                List.of(),
                List.of(),
                options(new BridgeChoice.OperatorBridge(DefaultNetwork.BRIDGE)),
                ErrorCode.INVALID_ARGUMENT,
                "bailey0 is the name of the bridge that the daemon makes itself: leave it out to have that one, or name"
                        + " one of your own");
    }

    @Test
    void choose_rangeAlone_isTheSubnetUnlessTheKnownOneHoldsIt() {
        Network before = first(options(ENGINE));

        assertThat(first(options(ENGINE, "10.9.0.0/24", ""))
                        .ipv4()
                        .orElseThrow()
                        .bridgeAddress())
                .hasToString("10.9.0.1/24");
        assertThat(choose(List.of(before), List.of(), options(ENGINE, "172.17.9.0/24", "")))
                .extracting(network -> network.ipv4().orElseThrow().bridgeAddress())
                .containsExactly(before.ipv4().orElseThrow().bridgeAddress());
        assertThat(choose(List.of(before), List.of(), options(ENGINE, "10.9.0.0/24", "")))
                .extracting(
                        network -> network.ipv4().orElseThrow().bridgeAddress().toString())
                .containsExactly("10.9.0.1/24");
    }

    @Test
    void choose_rangeOutsideTheEnginesSubnet_isRefused() {
        assertRefused(
                List.of(),
                List.of(),
                options(bip("10.1.0.1/24"), "10.2.0.0/25", ""),
                ErrorCode.INVALID_ARGUMENT,
                "the range 10.2.0.0/25 is no part of the default network's subnet 10.1.0.0/24 on bailey0");
    }

    @Test
    void choose_endpointsInTheWay_areNamedAndKept() {
        Network before = first(options(ENGINE));
        List<Endpoint> endpoints = List.of(endpoint(before, 2), endpoint(before, 9));

        assertRefused(
                List.of(before),
                endpoints,
                options(bip("10.1.0.1/24")),
                ErrorCode.CONFLICT,
                "the network on bailey0 has 2 endpoints in 172.17.0.0/16: nothing may be left there before it gets the address"
                        + " 10.1.0.1/24");
        assertRefused(
                List.of(before),
                endpoints,
                options(ENGINE, "", "172.17.0.9"),
                ErrorCode.CONFLICT,
                "172.17.0.9 cannot be the default network's gateway address: endpoint "
                        + endpoints.getLast().id().shortForm() + " holds it, detach that first");
        assertThat(choose(List.of(before), List.of(), options(bip("10.1.0.1/24"))))
                .extracting(
                        network -> network.ipv4().orElseThrow().bridgeAddress().toString())
                .containsExactly("10.1.0.1/24");
    }

    @Test
    void choose_poolsWithoutTheKnownSubnet_moveItUnlessEndpointsAreInTheWay() {
        Network before = first(options(ENGINE));
        var elsewhere = new DefaultNetwork.Wanted(
                options(ENGINE), List.of(AddressPool.parse("base=10.0.0.0/8,size=24")), List.of());
        var around = new DefaultNetwork.Wanted(
                options(ENGINE), List.of(AddressPool.parse("base=172.16.0.0/12,size=16")), List.of());

        assertThat(DefaultNetwork.choose(List.of(before), List.of(), host(), around))
                .containsExactly(before);
        assertThat(DefaultNetwork.choose(List.of(before), List.of(), host(), elsewhere))
                .extracting(
                        network -> network.ipv4().orElseThrow().bridgeAddress().toString())
                .containsExactly("10.0.0.1/24");
        assertThatThrownBy(
                        () -> DefaultNetwork.choose(List.of(before), List.of(endpoint(before, 2)), host(), elsewhere))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("the network on bailey0 has one endpoint in 172.17.0.0/16:");
    }

    @Test
    void choose_operatorsBridgeGotAnotherSubnet_endpointsInTheWay() {
        bridge0("10.100.1.1/24");
        Network before = first(options(BRIDGE0));
        links.removeLast();
        bridge0("10.100.2.1/24");

        assertRefused(
                List.of(before),
                List.of(endpoint(before, 2)),
                options(BRIDGE0),
                ErrorCode.CONFLICT,
                "the network on bridge0 has one endpoint in 10.100.1.0/24: nothing may be left there before it gets the address"
                        + " 10.100.2.1/24");
    }

    @Test
    void choose_operatorsBridgeOverlapsTheFormer_onlyWhileThatHasEndpoints() {
        Network before = first(options(ENGINE));
        bridge0("172.17.5.1/24");

        assertRefused(
                List.of(before),
                List.of(endpoint(before, 2)),
                options(BRIDGE0),
                ErrorCode.CONFLICT,
                "the default network's subnet 172.17.5.0/24 on bridge0 overlaps 172.17.0.0/16 on bailey0, which still"
                        + " has one endpoint: stop what is left there, or choose another subnet");
        assertThat(choose(List.of(before), List.of(), options(BRIDGE0))).hasSize(2);
    }

    private void assertRefused(
            List<Network> remembered,
            List<Endpoint> endpoints,
            DefaultNetworkOptions options,
            ErrorCode code,
            String message) {
        assertThatThrownBy(() -> choose(remembered, endpoints, options))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code))
                .hasMessage(message);
    }
}
