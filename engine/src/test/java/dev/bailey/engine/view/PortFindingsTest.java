package dev.bailey.engine.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.PublishedPorts;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.model.TransportProtocol;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Ports that somebody else wants. */
class PortFindingsTest {
    private static final ChainHook PREROUTING = new ChainHook("nat", "prerouting", -100, "accept", "");

    private static Snapshot publishing(String... mappings) {
        return Snapshot.empty()
                .with(PublishedPorts.NONE.with(Stream.of(mappings)
                        .map(PortMapping::parse)
                        .map(mapping -> new PublishedPort(
                                new EndpointId("ab".repeat(32)), Ipv4Address.parse("172.17.0.2"), mapping))
                        .toList()));
    }

    private static PortTaker socket(String address, int port) {
        return new PortTaker(
                PortTaker.Kind.SOCKET,
                "process nginx (7)",
                TransportProtocol.TCP,
                Ipv4Address.parse(address),
                PortRange.of(port));
    }

    private static NatTable table(String family, String name, String chain, NatRule... rules) {
        return new NatTable(
                family,
                name,
                Backend.NFTABLES,
                List.of(new NatChain(chain, Optional.of(PREROUTING), 0, List.of(rules))));
    }

    private static NatRule rule(String target, String protocol, String destination, String details) {
        return new NatRule(
                OptionalLong.empty(),
                OptionalLong.empty(),
                target,
                protocol,
                "*",
                "*",
                "0.0.0.0/0",
                destination,
                details);
    }

    @Test
    void of_processAtAPublishedPort_isNamed_whateverAddressItHas() {
        Snapshot model = publishing("0.0.0.0:8080:80/tcp", "127.0.0.1:8081:81/tcp");
        assertThat(PortFindings.of(model, List.of(socket("198.51.100.2", 8080))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what())
                        .isEqualTo("0.0.0.0:8080/tcp, published by a sandbox, is wanted by process nginx (7) as well,"
                                + " which waits at 198.51.100.2:8080/tcp"));
        assertThat(PortFindings.of(model, List.of(socket("0.0.0.0", 8081)))).hasSize(1);
        assertThat(PortFindings.of(model, List.of(socket("127.0.0.2", 8081), socket("0.0.0.0", 80))))
                .isEmpty();
    }

    @Test
    void redirected_rulesOfOthers_withOneAddressOrAll() {
        List<PortTaker> taken = TakenPorts.of(List.of(
                table("ip", "nat", "DOCKER", rule("DNAT", "tcp", "0.0.0.0/0", "tcp dpt:8080 to:172.18.0.2:80")),
                table("inet", "x", "y", rule("REDIRECT", "udp", "192.0.2.1", "udp dpts:50:60 redir ports 54")),
                table("inet", "x", "z", rule("REDIRECT", "tcp", "anywhere", "tcp dpt:70 redir ports 7070")),
                table("ip6", "nat", "DOCKER", rule("DNAT", "tcp", "2001:db8::1", "tcp dpt:80 to:fd00::1"))));
        assertThat(taken)
                .extracting(PortTaker::end)
                .containsExactly(
                        "0.0.0.0:8080/tcp",
                        "192.0.2.1:50-60/udp",
                        "0.0.0.0:70/tcp",
                        "[::]:70/tcp",
                        "[2001:db8::1]:80/tcp");
        assertThat(PortFindings.of(publishing("198.51.100.2:8080:80/tcp"), taken))
                .singleElement()
                .satisfies(finding -> assertThat(finding.what())
                        .isEqualTo(
                                "198.51.100.2:8080/tcp, published by a sandbox, is redirected by a rule of chain DOCKER"
                                        + " of table ip nat (DNAT tcp dpt:8080 to:172.18.0.2:80) at 0.0.0.0:8080/tcp"));
    }

    @Test
    void redirected_oursAndWhatIsNoPort_doNotCount() {
        assertThat(TakenPorts.of(List.of(
                        table(
                                "inet",
                                "bailey",
                                "published_ports",
                                rule("DNAT", "tcp", "anywhere", "tcp dpt:80 to:1.2.3.4")),
                        table("ip", "nat", "BAILEY", rule("DNAT", "tcp", "0.0.0.0/0", "tcp dpt:80 to:1.2.3.4")),
                        table("ip6", "nat", "DOCKER", rule("DNAT", "tcp", "fe80::1", "tcp dpt:80 to:fd00::1")),
                        table(
                                "ip",
                                "nat",
                                "OUTPUT",
                                rule("DNAT", "tcp", "10.0.0.0/8", "tcp dpt:80 to:1.2.3.4"),
                                rule("DNAT", "all", "0.0.0.0/0", "to:1.2.3.4"),
                                rule("DOCKER", "tcp", "0.0.0.0/0", "tcp dpt:80")))))
                .isEmpty();
    }
}
