package dev.bailey.engine.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bailey.engine.Golden;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.PublishedPorts;
import dev.bailey.engine.model.Subnet;
import dev.bailey.engine.model.TransportProtocol;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Published ports as elements. */
public class PortRulesTest {
    private static final EndpointId ENDPOINT = new EndpointId("ab".repeat(32));
    private static final Ipv6Address SANDBOX_IPV6 = Ipv6Address.parse("fd00:17::2");
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
                "0.0.0.0:7000-7002:80-82/tcp",
                "0.0.0.0:8443:443/tcp,from=203.0.113.0/24,from=198.51.100.7",
                "192.0.2.1:6000-6009:6000-6009/udp,from=10.0.0.0/8",
                "443/tcp",
                "5000-5009/udp",
                "22/tcp,from=203.0.113.0/24");
    }

    /** What two networks publish of which one is routed and one has trusted links. */
    public static PublishedPorts ofModes() {
        EndpointId routed = new EndpointId("cd".repeat(32));
        return PublishedPorts.NONE.with(List.of(
                trusted("0.0.0.0:8080:80/tcp"),
                trusted("127.0.0.1:8081:80/tcp"),
                port("0.0.0.0:2222:22/tcp,from=10.0.0.0/8"),
                new PublishedPort(routed, Ipv4Address.parse("10.3.0.2"), PortMapping.parse("80/tcp")),
                new PublishedPort(
                        routed, Ipv4Address.parse("10.3.0.2"), PortMapping.parse("90-99/udp,from=10.0.0.0/8"))));
    }

    private static PublishedPort trusted(String mapping) {
        return new PublishedPort(ENDPOINT, Ipv4Address.parse("10.1.0.2"), PortMapping.parse(mapping), true);
    }

    private static PublishedPorts ports(String... mappings) {
        return PublishedPorts.NONE.with(
                Stream.of(mappings).map(PortRulesTest::port).toList());
    }

    private static PublishedPort port(String text) {
        PortMapping mapping = PortMapping.parse(text);
        return new PublishedPort(ENDPOINT, mapping.family() == IpFamily.IPV4 ? SANDBOX : SANDBOX_IPV6, mapping);
    }

    /** A mapping of each kind, of IPv6. */
    public static PublishedPorts allKindsOfIpv6() {
        return ports(
                "0.0.0.0:8080:80/tcp",
                "[::]:8080:80/tcp",
                "[::]:53:53/udp",
                "[2001:db8::1]:8081:80/tcp",
                "[2001:db8::1]:36412:36412/sctp",
                "[::]:9000-9999:9000-9999/tcp",
                "[2001:db8::1]:9000-9001:9000-9001/udp",
                "[::]:7000-7002:80-82/tcp",
                "[::]:8443:443/tcp,from=2001:db8:1::/48,from=fd00::7",
                "[2001:db8::1]:6000-6009:6000-6009/udp,from=fd00::/8",
                "[::]::443/tcp",
                "[::]::5000-5009/udp",
                "[::]::22/tcp,from=2001:db8:1::/48");
    }

    @Test
    void text_portsOfIpv6_golden() throws IOException {
        NetworkPolicy network = new NetworkPolicy(
                new InterfaceName("bailey0"),
                Optional.of(Subnet.parse("172.17.0.0/16")),
                NetworkOptions.DEFAULT,
                Optional.of(NetworkIpv6.of(Ipv6Subnet.parse("fd00:17::/64"))));
        RuleSet rules = FirewallRules.of(new FirewallPolicy(List.of(network), PacketMark.DEFAULT_ACCEPT));
        Golden.check(getClass(), "ports6.nft", NftText.of(rules, allKindsOfIpv6()));
    }

    /** Networks without IPv6 have nothing of it in their table. */
    @Test
    void maps_ofIpv6_areThereWithIpv6Alone() {
        assertThat(PortMap.all(IpFamily.IPV6))
                .hasSameSizeAs(PortMap.all(IpFamily.IPV4))
                .allMatch(map -> map.toString().endsWith("6"))
                .allMatch(map -> map.of(IpFamily.IPV4).of(IpFamily.IPV6) == map);
        assertThat(PortMap.OPENED.of(IpFamily.IPV6)).isEqualTo(PortMap.OPENED_IPV6);
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
                        PortMap.RANGES,
                        IpFamily.IPV4.all(),
                        Ipv4Address.ANY,
                        TransportProtocol.TCP,
                        new PortRange(1, 65535),
                        SANDBOX,
                        1));
        assertThat(PortElement.of(port("127.0.0.1:7000-7002:80-82/udp")))
                .extracting(PortElement::toString)
                .containsExactly(
                        "127.0.0.1 . udp . 7000 : 172.17.0.2 . 80",
                        "127.0.0.1 . udp . 7001 : 172.17.0.2 . 81",
                        "127.0.0.1 . udp . 7002 : 172.17.0.2 . 82");
    }

    @Test
    void elements_forSomeSenders_areOneForEachSubnet() {
        assertThat(PortElement.of(port("192.0.2.1:7000-7002:7000-7002/udp,from=10.0.0.0/8,from=203.0.113.7")))
                .extracting(PortElement::toString)
                .containsExactly(
                        "10.0.0.0/8 . 192.0.2.1 . udp . 7000-7002 : 172.17.0.2",
                        "203.0.113.7 . 192.0.2.1 . udp . 7000-7002 : 172.17.0.2");
        assertThat(PortElement.of(port("0.0.0.0:7000:80/tcp,from=10.0.0.0/8")))
                .extracting(PortElement::toString)
                .containsExactly("10.0.0.0/8 . 0.0.0.0/0 . tcp . 7000 : 172.17.0.2 . 80");
        assertThat(PortElement.of(port("5000-5009/tcp")))
                .extracting(PortElement::toString)
                .containsExactly("0.0.0.0/0 . 172.17.0.2 . tcp . 5000-5009 : accept");
        assertThat(PortElement.of(port("80/tcp")))
                .extracting(PortElement::toString)
                .containsExactly("172.17.0.2 . tcp . 80 : accept");
    }

    /** Two ports of the host that lead to one of a sandbox share what is open to trusted links. */
    @Test
    void elements_ofTrustedLinks_goWithTheLastPort() {
        PublishedPorts both = ofModes();
        PublishedPort one = both.all().get(1);
        PublishedPort other = both.all().get(2);
        PublishedPorts left = both.without(List.of(one));
        assertThat(PortElements.only(List.of(one), left))
                .extracting(PortElement::map)
                .containsExactly(PortMap.PORTS);
        assertThat(PortElements.only(List.of(other), left.without(List.of(other))))
                .extracting(PortElement::map)
                .containsExactly(PortMap.PORTS_AT, PortMap.OPENED);
        assertThat(PortElements.only(List.of(one, other), PublishedPorts.NONE)).hasSize(3);
    }

    @Test
    void element_thatDoesNotFitItsMap_refused() {
        Ipv4Address host = Ipv4Address.parse("192.0.2.1");
        assertRefused(PortMap.PORTS, host, PortRange.of(80), 80);
        assertRefused(PortMap.PORTS_AT, Ipv4Address.ANY, PortRange.of(80), 80);
        assertRefused(PortMap.PORTS, Ipv4Address.ANY, new PortRange(80, 81), 80);
        assertRefused(PortMap.RANGES, Ipv4Address.ANY, new PortRange(80, 81), 90);
        assertRefused(PortMap.PORTS_FROM, Ipv4Address.ANY, new PortRange(80, 81), 80);
        assertRefused(PortMap.OPENED, host, PortRange.of(80), 80);
    }

    private static void assertRefused(PortMap map, Ipv4Address host, PortRange ports, int sandboxPort) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PortElement(
                        map, IpFamily.IPV4.all(), host, TransportProtocol.TCP, ports, SANDBOX, sandboxPort))
                .withMessage(
                        "map " + map + " cannot have " + host + ":" + ports + " to " + sandboxPort + " for 0.0.0.0/0");
    }
}
