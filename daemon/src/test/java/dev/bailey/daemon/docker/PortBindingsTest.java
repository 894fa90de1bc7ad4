package dev.bailey.daemon.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.api.container.PortBinding;
import dev.bailey.api.container.PortSummary;
import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PublishedPort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortBindingsTest {
    private static PortBinding binding(String address, String port) {
        return PortBinding.of(address, port);
    }

    @Test
    void requests_asDockersClientWritesThem() {
        assertThat(PortBindings.requests(null)).isEmpty();
        assertThat(PortBindings.requests(Map.of("80/tcp", List.of()))).isEmpty();
        assertThat(PortBindings.requests(Map.of("80/tcp", List.of(binding("", "")))))
                .containsExactly("80/tcp");
        assertThat(PortBindings.requests(Map.of("53/udp", List.of(binding("127.0.0.1", "5353"), binding("", "0")))))
                .containsExactly("53/udp", "127.0.0.1:5353:53/udp");
    }

    /** A range comes one by one, and in any order. */
    @Test
    void requests_portsThatFollowEachOther_areARange() {
        Map<String, List<PortBinding>> bindings = new LinkedHashMap<>();
        for (int i : new int[] {2, 0, 1, 4}) {
            bindings.put(8000 + i + "/tcp", List.of(binding("", "" + (8000 + i)), binding("127.0.0.1", "" + (90 + i))));
        }
        bindings.put("8003/udp", List.of(binding("", "8003")));
        assertThat(PortBindings.requests(bindings))
                .containsExactly(
                        "8000-8002:8000-8002/tcp",
                        "8004:8004/tcp",
                        "127.0.0.1:90-92:8000-8002/tcp",
                        "127.0.0.1:94:8004/tcp",
                        "8003:8003/udp");
    }

    @Test
    void requests_forSomeSenders_areApart() {
        PortBinding limited = new PortBinding("", "8000", List.of("10.0.0.0/8", "192.0.2.7"));
        Map<String, List<PortBinding>> bindings = Map.of(
                "8000/tcp", List.of(limited),
                "8001/tcp", List.of(binding("", "8001")),
                "8002/tcp", List.of(binding("", "8002")));
        assertThat(PortBindings.requests(bindings))
                .containsExactlyInAnyOrder(
                        "8000:8000/tcp,from=10.0.0.0/8,from=192.0.2.7/32", "8001-8002:8001-8002/tcp");
        assertThat(PortBindings.asked(List.of("8000:8000/tcp,from=10.0.0.0/8")))
                .isEqualTo(Map.of("8000/tcp", List.of(new PortBinding("", "8000", List.of("10.0.0.0/8")))));
    }

    @Test
    void views_routedPorts_haveNoPortOfTheHost() {
        List<PublishedPort> published = List.of(new PublishedPort(
                new EndpointId("ab".repeat(32)),
                Ipv4Address.parse("10.1.0.2"),
                PortMapping.parse("80-81/tcp,from=10.0.0.0/8")));
        assertThat(PortBindings.of(published, Set.of()))
                .isEqualTo(Map.of(
                        "80/tcp", List.of(new PortBinding("0.0.0.0", "", List.of("10.0.0.0/8"))),
                        "81/tcp", List.of(new PortBinding("0.0.0.0", "", List.of("10.0.0.0/8")))));
        assertThat(PortBindings.summaries(published, Set.of()))
                .containsExactly(new PortSummary(null, 80, null, "tcp"), new PortSummary(null, 81, null, "tcp"));
    }

    @Test
    void ipv6_addressesAreNakedInDockersWords() {
        assertThat(PortBindings.requests(Map.of("80/tcp", List.of(binding("2001:db8::1", "8080"), binding("::", "")))))
                .containsExactlyInAnyOrder("[2001:db8::1]:8080:80/tcp", "[::]::80/tcp");
        assertThat(PortBindings.asked(List.of("[2001:db8::1]:8080:80/tcp,from=fd00::/8")))
                .isEqualTo(Map.of("80/tcp", List.of(new PortBinding("2001:db8::1", "8080", List.of("fd00::/8")))));
        List<PublishedPort> published = Stream.of(
                        "[::]:8080:80/tcp", "[::]::81/tcp", "[2001:db8::1]:53:53/udp,from=fd00::/8")
                .map(text -> new PublishedPort(
                        new EndpointId("ab".repeat(32)), Ipv6Address.parse("fd00::2"), PortMapping.parse(text)))
                .toList();
        assertThat(PortBindings.of(published, Set.of()))
                .isEqualTo(Map.of(
                        "80/tcp", List.of(binding("::", "8080")),
                        "81/tcp", List.of(binding("::", "")),
                        "53/udp", List.of(new PortBinding("2001:db8::1", "53", List.of("fd00::/8")))));
        List<PublishedPort> routedTwice = List.of(
                published.get(1),
                new PublishedPort(
                        new EndpointId("ab".repeat(32)), Ipv4Address.parse("10.0.0.2"), PortMapping.parse("81/tcp")));
        assertThat(PortBindings.summaries(routedTwice, Set.of()))
                .containsExactly(new PortSummary(null, 81, null, "tcp"));
    }

    @Test
    void requests_whatCannotBeRead_is400() {
        for (Map.Entry<String, PortBinding> bad : Map.of(
                        "80/tcp", binding("::1", "80"), "x/tcp", binding("", ""), "81/tcp", binding("1.2.3", "1"))
                .entrySet()) {
            assertThatThrownBy(() -> PortBindings.requests(Map.of(bad.getKey(), List.of(bad.getValue()))))
                    .isInstanceOfSatisfying(
                            HttpFailure.class,
                            failure -> assertThat(failure.status()).isEqualTo(400))
                    .hasMessageStartingWith("cannot publish '");
        }
    }

    @Test
    void views_tellPortsOneByOne() {
        List<PublishedPort> published = Stream.of("0.0.0.0:7000-7001:80-81/tcp", "127.0.0.1:53:53/udp")
                .map(text -> new PublishedPort(
                        new EndpointId("ab".repeat(32)), Ipv4Address.parse("172.17.0.2"), PortMapping.parse(text)))
                .toList();
        assertThat(PortBindings.of(published, Set.of("99/tcp")))
                .isEqualTo(Map.of(
                        "80/tcp", List.of(binding("0.0.0.0", "7000")),
                        "81/tcp", List.of(binding("0.0.0.0", "7001")),
                        "53/udp", List.of(binding("127.0.0.1", "53")),
                        "99/tcp", List.of()));
        assertThat(PortBindings.summaries(published, Set.of("99/tcp")))
                .containsExactly(
                        new PortSummary("127.0.0.1", 53, 53, "udp"),
                        new PortSummary("0.0.0.0", 80, 7000, "tcp"),
                        new PortSummary("0.0.0.0", 81, 7001, "tcp"),
                        new PortSummary(null, 99, null, "tcp"));
        assertThat(PortBindings.asked(List.of("127.0.0.1:90-91:80-81/tcp", "80/tcp", "8000-8010:80/tcp")))
                .isEqualTo(Map.of(
                        "80/tcp", List.of(binding("127.0.0.1", "90"), binding("", ""), binding("", "8000-8010")),
                        "81/tcp", List.of(binding("127.0.0.1", "91"))));
    }
}
