package dev.bailey.daemon.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.api.view.KnownName;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.EndpointIpv6;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names of all networks, and what a name or an address finds. */
class NameHandlersTest {
    private Snapshot snapshot = Snapshot.empty();

    private Network network(String name, String subnet) {
        Subnet of = Subnet.parse(subnet);
        Network network = new Network(
                NetworkId.random(),
                name,
                new InterfaceName("br-" + name),
                of,
                of.firstHost(),
                1500,
                NetworkOptions.DEFAULT);
        snapshot = snapshot.with(network);
        return network;
    }

    private Sandbox sandbox(String name, long inode) {
        Sandbox sandbox = new Sandbox(SandboxId.random(), name, Path.of("/run/netns", name), inode, true);
        snapshot = snapshot.with(sandbox);
        return sandbox;
    }

    private void join(Sandbox sandbox, Network network, String address, String link, String... ipv6) {
        Ipv4Address of = Ipv4Address.parse(address);
        snapshot = snapshot.with(new Endpoint(
                EndpointId.random(),
                network.id(),
                sandbox.id(),
                new InterfaceName(link),
                new InterfaceName("veth" + link + network.name()),
                new InterfaceAddress(of, network.ipv4().orElseThrow().subnet().prefixLength()),
                network.ipv4().orElseThrow().gateway(),
                MacAddress.derivedFrom(of),
                1500,
                List.of("www"),
                0,
                Stream.of(ipv6)
                        .findFirst()
                        .map(text -> new EndpointIpv6(
                                Ipv6InterfaceAddress.parse(text + "/64"), Ipv6Address.parse("fd00:1::1")))));
    }

    private List<String> found(String name) {
        return NameHandlers.names(snapshot, Optional.of(name)).stream()
                .map(each -> each.sandbox() + " " + each.network() + " " + each.address())
                .toList();
    }

    @Test
    void names_byNameNetworkAliasIdAndAddress() {
        Network front = network("front", "10.1.0.0/24");
        Network back = network("back", "10.2.0.0/24");
        Sandbox web = sandbox("Web", 1);
        join(web, front, "10.1.0.2", "eth0");
        join(web, back, "10.2.0.2", "eth1");
        join(sandbox("db", 2), back, "10.2.0.3", "eth2");

        assertThat(found("web")).containsExactly("Web back 10.2.0.2", "Web front 10.1.0.2");
        assertThat(found("WEB.front")).containsExactly("Web front 10.1.0.2");
        assertThat(found(web.id().shortForm())).hasSize(2);
        assertThat(found("www")).hasSize(3);
        assertThat(found("10.2.0.3")).containsExactly("db back 10.2.0.3");
        assertThat(found("gone")).isEmpty();
        assertThat(NameHandlers.names(snapshot, Optional.empty()))
                .hasSize(3)
                .element(0)
                .satisfies(first -> assertThat(first)
                        .isEqualTo(new KnownName(
                                "Web",
                                List.of("web", web.id().shortForm(), "www"),
                                "back",
                                "10.2.0.2",
                                web.id().value())));
    }

    @Test
    void names_ofBothFamilies_anAddressEach_andAnAddressOfIpv6FindsWhoseItIs() {
        Network front = network("front", "10.1.0.0/24");
        Sandbox web = sandbox("web", 1);
        join(web, front, "10.1.0.10", "eth0", "fd00:1::10");
        join(sandbox("db", 2), front, "10.1.0.9", "eth1", "fd00:1::9");

        assertThat(found("web")).containsExactly("web front 10.1.0.10", "web front fd00:1::10");
        assertThat(found("FD00:1:0:0::9")).containsExactly("db front fd00:1::9");
        assertThat(found("10.1.0.9")).containsExactly("db front 10.1.0.9");
        assertThat(found("fd00:1::99")).isEmpty();
        assertThat(NameHandlers.names(snapshot, Optional.empty())).hasSize(4);
    }
}
