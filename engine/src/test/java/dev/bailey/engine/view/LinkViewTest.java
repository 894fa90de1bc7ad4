package dev.bailey.engine.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.model.Subnet;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkViewTest {
    private static final Network NETWORK = new Network(
            NetworkId.random(),
            "bridge",
            new InterfaceName("bailey0"),
            Subnet.parse("172.17.0.0/16"),
            Ipv4Address.parse("172.17.0.1"),
            1500,
            NetworkOptions.DEFAULT);
    private static final Sandbox SANDBOX =
            new Sandbox(SandboxId.random(), "web", Path.of("/run/bailey/netns/web"), 4026531999L, true);
    private static final Endpoint ENDPOINT = new Endpoint(
            EndpointId.random(),
            NETWORK.id(),
            SANDBOX.id(),
            new InterfaceName("eth0"),
            new InterfaceName("veth1"),
            InterfaceAddress.parse("172.17.0.2/16"),
            NETWORK.ipv4().orElseThrow().gateway(),
            MacAddress.derivedFrom(Ipv4Address.parse("172.17.0.2")),
            1500);
    private static final Snapshot SNAPSHOT =
            Snapshot.empty().with(NETWORK).with(SANDBOX).with(ENDPOINT);

    private static ObservedLink link(int index, String name, int master) {
        return link(index, name, master, Optional.empty());
    }

    private static ObservedLink link(int index, String name, int master, Optional<ObservedLink.Bridge> bridge) {
        boolean loopback = name.equals("lo");
        return new ObservedLink(
                index,
                name,
                "",
                master,
                loopback,
                false,
                true,
                "up",
                1500,
                List.of(),
                Traffic.NONE,
                Traffic.NONE,
                bridge,
                "");
    }

    private static ObservedLink bridge(int index, String name) {
        return link(index, name, 0, Optional.of(new ObservedLink.Bridge("8000.000000000000", false)));
    }

    private static DefaultRoute route(int link, long metric, boolean ipv6) {
        return new DefaultRoute(link, "gateway", metric, ipv6);
    }

    @Test
    void bridges_portsOfOursAndOfOthers_areNamedWhereKnown() {
        List<BridgeView> bridges = BridgeView.of(
                List.of(
                        bridge(7, "bailey0"),
                        link(1, "lo", 0),
                        link(9, "veth2", 7),
                        link(8, "veth1", 7),
                        bridge(3, "a bridge%d"),
                        link(4, "tap0", 3),
                        link(5, "slave", 6)),
                SNAPSHOT);

        assertThat(bridges).extracting(view -> view.bridge().name()).containsExactly("a bridge%d", "bailey0");
        assertThat(bridges).extracting(BridgeView::network).containsExactly("", "bridge");
        assertThat(bridges.getLast().ports())
                .extracting(port -> port.link().name(), BridgeView.Port::sandbox, BridgeView.Port::endpoint)
                .containsExactly(tuple("veth1", "web", Optional.of(ENDPOINT)), tuple("veth2", "", Optional.empty()));
    }

    @Test
    void uplinks_severalDefaultRoutes_thePreferredComesFirst() {
        List<UplinkView> uplinks = UplinkView.of(
                List.of(
                        link(1, "lo", 0),
                        link(2, "eth0", 0),
                        link(3, "eth1", 0),
                        link(4, "eth2", 0),
                        link(5, "eth3", 9),
                        bridge(9, "br0"),
                        bridge(7, "bailey0")),
                List.of(
                        route(2, 200, false),
                        route(3, 50, true),
                        route(3, 100, false),
                        route(9, 4_000_000_000L, false)));

        assertThat(uplinks).extracting(view -> view.link().name()).containsExactly("eth1", "eth0", "br0", "eth2");
        assertThat(uplinks).extracting(UplinkView::isUplink).containsExactly(true, true, true, false);
        assertThat(uplinks.getFirst().routes()).containsExactly(route(3, 100, false), route(3, 50, true));
    }
}
