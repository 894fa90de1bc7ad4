package dev.bailey.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which endpoint ports are published of. */
class GatewaysTest {
    private static final Sandbox SANDBOX =
            new Sandbox(SandboxId.random(), "web", Path.of("/run/netns/web"), 4026531999L, true);

    private Snapshot model = Snapshot.empty().with(SANDBOX);
    private Ipv4Address binding = Ipv4Address.ANY;

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
                new NetworkOptions(true, true, internal, GatewayMode.NAT, binding, Optional.empty(), List.of(), true),
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
                Egress.NONE,
                InterfaceSettings.NONE);
        model = model.with(network).with(endpoint);
    }

    private String of(String... ports) {
        List<PortRequest> requests = Stream.of(ports).map(PortRequest::parse).toList();
        return Gateways.of(SANDBOX.id(), model, requests).entrySet().stream()
                .map(share ->
                        model.network(share.getKey().network()).orElseThrow().name() + share.getValue())
                .collect(Collectors.joining(" "));
    }

    @Test
    void of_priorityThenName_amongThoseThatAreNotInternal() {
        assertThat(of("80")).isEmpty();
        join("inside", true, false, true, 9);
        assertThat(of("80")).isEqualTo("inside[80/tcp]");
        join("b", true, false, false, 0);
        join("a", true, false, false, 0);
        assertThat(of("80")).isEqualTo("a[80/tcp]");
        join("c", true, false, false, 1);
        assertThat(of("80")).isEqualTo("c[80/tcp]");
    }

    @Test
    void of_addressOfTheHosts_isForTheEndpointOfItsFamily() {
        join("alone", false, true, false, 9);
        assertThat(of("80")).isEqualTo("alone[80/tcp]");
        join("old", true, true, false, 0);
        assertThat(of("80", "[::]:80:80", "127.0.0.1:80:80", "[2001:db8::1]:81:81"))
                .isEqualTo("old[80/tcp, 127.0.0.1:80:80/tcp] alone[[::]:80:80/tcp, [2001:db8::1]:81:81/tcp]");
    }

    /** As Docker has it: one that is reached by IPv4 on one network and by IPv6 on another is published in both. */
    @Test
    void of_networksOfOneFamilyEach_areBothPublished_forThoseWhoAreLetIn() {
        join("old", true, false, false, 0);
        join("new", false, true, false, 0);
        assertThat(of("80:80", "[::]:81:81", "0.0.0.0:82:82"))
                .isEqualTo("old[80:80/tcp, 0.0.0.0:82:82/tcp] new[80:80/tcp, [::]:81:81/tcp]");
        assertThat(of("80:80,from=10.0.0.0/8")).isEqualTo("old[80:80/tcp,from=10.0.0.0/8]");
        assertThat(of("80:80,from=fd00::/8")).isEqualTo("new[80:80/tcp,from=fd00::/8]");
    }

    @Test
    void of_secondFamilyThatIsInternal_orPortsBoundToOneAddress_areNotOpened() {
        join("old", true, false, false, 0);
        join("inside", false, true, true, 0);
        assertThat(of("80:80")).isEqualTo("old[80:80/tcp]");
        model = Snapshot.empty().with(SANDBOX);
        binding = Ipv4Address.parse("127.0.0.1");
        join("bound", true, false, false, 0);
        binding = Ipv4Address.ANY;
        join("new", false, true, false, 0);
        assertThat(of("80:80")).isEqualTo("bound[80:80/tcp]");
    }
}
