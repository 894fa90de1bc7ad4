package dev.bailey.engine.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bailey.engine.Golden;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.PublishedPorts;
import dev.bailey.engine.model.Subnet;
import dev.bailey.engine.model.TransportProtocol;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Published ports as elements. */
public class PortRulesTest {
    private static final EndpointId ENDPOINT = new EndpointId("ab".repeat(32));
    private static final Ipv4Address SANDBOX = Ipv4Address.parse("172.17.0.2");

    /** A mapping of each kind. */
    public static PublishedPorts allKinds() {
        return ports(
                "0.0.0.0:8080:80/tcp",
                "0.0.0.0:53:53/udp",
                "127.0.0.1:8081:80/tcp",
                "192.0.2.1:8081:80/tcp",
                "192.0.2.1:36412:36412/sctp",
                "0.0.0.0:9000-9999:9000-9999/tcp",
                "127.0.0.1:9000-9001:9000-9001/udp",
                "0.0.0.0:7000-7002:80-82/tcp");
    }

    private static PublishedPorts ports(String... mappings) {
        return PublishedPorts.NONE.with(
                Stream.of(mappings).map(PortRulesTest::port).toList());
    }

    private static PublishedPort port(String mapping) {
        return new PublishedPort(ENDPOINT, SANDBOX, PortMapping.parse(mapping));
    }

    @Test
    void text_portsOfAllKinds_golden() throws IOException {
        NetworkPolicy network =
                new NetworkPolicy(new InterfaceName("bailey0"), Subnet.parse("172.17.0.0/16"), NetworkOptions.DEFAULT);
        RuleSet rules = FirewallRules.of(new FirewallPolicy(List.of(network), PacketMark.DEFAULT_ACCEPT));
        Golden.check(getClass(), "ports.nft", NftText.of(rules, allKinds()));
    }

    /** What a range costs does not depend on its length, unless its ports change. */
    @Test
    void elements_ofRanges() {
        assertThat(PortElement.of(port("0.0.0.0:1-65535:1-65535/tcp")))
                .containsExactly(new PortElement(
                        PortMap.RANGES, Ipv4Address.ANY, TransportProtocol.TCP, new PortRange(1, 65535), SANDBOX, 1));
        assertThat(PortElement.of(port("127.0.0.1:7000-7002:80-82/udp")))
                .extracting(PortElement::toString)
                .containsExactly(
                        "127.0.0.1 . udp . 7000 : 172.17.0.2 . 80",
                        "127.0.0.1 . udp . 7001 : 172.17.0.2 . 81",
                        "127.0.0.1 . udp . 7002 : 172.17.0.2 . 82");
    }

    @Test
    void element_thatDoesNotFitItsMap_refused() {
        Ipv4Address host = Ipv4Address.parse("192.0.2.1");
        assertRefused(PortMap.PORTS, host, PortRange.of(80), 80);
        assertRefused(PortMap.PORTS_AT, Ipv4Address.ANY, PortRange.of(80), 80);
        assertRefused(PortMap.PORTS, Ipv4Address.ANY, new PortRange(80, 81), 80);
        assertRefused(PortMap.RANGES, Ipv4Address.ANY, new PortRange(80, 81), 90);
    }

    private static void assertRefused(PortMap map, Ipv4Address host, PortRange ports, int sandboxPort) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PortElement(map, host, TransportProtocol.TCP, ports, SANDBOX, sandboxPort))
                .withMessage("map " + map + " cannot have " + host + ":" + ports + " to " + sandboxPort);
    }
}
