package dev.bailey.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which endpoint ports are published of. */
class GatewaysTest {
    private static final Sandbox SANDBOX =
            new Sandbox(SandboxId.random(), "web", Path.of("/run/netns/web"), 4026531999L, true);

    private Snapshot model = Snapshot.empty().with(SANDBOX);

    private void join(String name, boolean ipv4, boolean ipv6, boolean internal, int priority) {
        NetworkIpv4 first = new NetworkIpv4(
                InterfaceAddress.parse("10.0.0.1/24"), Subnet.parse("10.0.0.0/24"), Ipv4Address.parse("10.0.0.1"));
        NetworkIpv6 second = NetworkIpv6.of(Ipv6Subnet.parse("fd00:9::/64"));
        Network network = new Network(
                NetworkId.random(),
                name,
                new InterfaceName("br-" + name),
                BridgeOwner.ENGINE,
                Optional.of(first).filter(_ -> ipv4),
                1500,
                new NetworkOptions(true, true, internal),
                false,
                NetworkDetails.NONE,
                Optional.of(second).filter(_ -> ipv6));
        Endpoint endpoint = new Endpoint(
                EndpointId.random(),
                network.id(),
                SANDBOX.id(),
                new InterfaceName("if-" + name),
                new InterfaceName("veth-" + name),
                Optional.of(new EndpointIpv4(InterfaceAddress.parse("10.0.0.2/24"), first.gateway()))
                        .filter(_ -> ipv4),
                MacAddress.parse("02:ba:0a:00:00:02"),
                1500,
                List.of(),
                priority,
                Optional.of(new EndpointIpv6(Ipv6InterfaceAddress.parse("fd00:9::2/64"), second.gateway()))
                        .filter(_ -> ipv6),
                RateLimits.NONE,
                Egress.NONE);
        model = model.with(network).with(endpoint);
    }

    private String of(String... ports) {
        List<PortRequest> requests = Stream.of(ports).map(PortRequest::parse).toList();
        return Gateways.of(SANDBOX.id(), model, requests)
                .flatMap(endpoint -> model.network(endpoint.network()))
                .map(Network::name)
                .orElse("none");
    }

    @Test
    void of_priorityThenName_amongThoseThatAreNotInternal() {
        assertThat(of("80")).isEqualTo("none");
        join("inside", true, false, true, 9);
        assertThat(of("80")).isEqualTo("inside");
        join("b", true, false, false, 0);
        join("a", true, false, false, 0);
        assertThat(of("80")).isEqualTo("a");
        join("c", true, false, false, 1);
        assertThat(of("80")).isEqualTo("c");
    }

    @Test
    void of_networkWithoutTheFamily_comesAfterThoseWithIt() {
        join("alone", false, true, false, 9);
        assertThat(of("80")).isEqualTo("alone");
        join("old", true, false, false, 0);
        assertThat(of("80")).isEqualTo("old");
        assertThat(of("127.0.0.1:80:80")).isEqualTo("old");
        assertThat(of("[::]:80:80", "[2001:db8::1]:81:81")).isEqualTo("alone");
        assertThat(of("[::]:80:80", "81:81")).isEqualTo("old");
    }
}
