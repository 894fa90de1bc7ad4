package dev.bailey.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.bailey.engine.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The index against a list in which everything is compared with everything. */
class PublishedPortsTest {
    private static final List<IpAddress> ADDRESSES = Stream.of(
                    "0.0.0.0", "127.0.0.1", "192.0.2.1", "::", "2001:db8::1", "2001:db8::2")
            .map(IpAddress::parse)
            .toList();

    private final RandomGenerator random = Seed.generator("PublishedPortsTest");
    private final List<EndpointId> endpoints =
            IntStream.range(0, 5).mapToObj(_ -> EndpointId.random(random)).toList();

    private record Version(PublishedPorts ports, List<PublishedPort> expected) {}

    @Test
    void withAndWithout_randomSteps_agreeWithAList() {
        for (int span : new int[] {20, 300, 60_000}) {
            List<Version> versions = new ArrayList<>();
            Version version = new Version(PublishedPorts.NONE, List.of());
            for (int step = 0; step < 3_000; step++) {
                version = random.nextInt(3) == 0 ? removed(version) : added(version, span);
                if (step % 100 == 0) {
                    versions.add(version);
                }
            }
            versions.add(version);
            versions.forEach(each -> check(each, span));
        }
    }

    private Version added(Version before, int span) {
        PublishedPort port = port(span);
        boolean taken = before.expected().stream().anyMatch(other -> isInTheWay(other, port));
        assertThat(before.ports().conflict(port.endpoint(), port.mapping()).isPresent())
                .isEqualTo(taken);
        if (taken) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> before.ports().with(port))
                    .withMessageContaining("conflicts with");
            return before;
        }
        List<PublishedPort> expected = new ArrayList<>(before.expected());
        expected.add(port);
        return new Version(before.ports().with(port), expected);
    }

    /** Routed ports are apart from those of the host and from those of other endpoints. */
    private static boolean isInTheWay(PublishedPort one, PublishedPort other) {
        PortMapping mapping = one.mapping();
        boolean sameOpen = mapping.routed()
                && other.mapping().routed()
                && one.endpoint().equals(other.endpoint())
                && mapping.protocol() == other.mapping().protocol()
                && mapping.family() == other.mapping().family()
                && mapping.sandboxPorts().overlaps(other.mapping().sandboxPorts());
        return sameOpen || mapping.conflictsWith(other.mapping());
    }

    private Version removed(Version before) {
        EndpointId endpoint = endpoints.get(random.nextInt(endpoints.size()));
        List<PublishedPort> gone = before.expected().stream()
                .filter(port -> port.endpoint().equals(endpoint) && random.nextInt(4) == 0)
                .toList();
        List<PublishedPort> expected = new ArrayList<>(before.expected());
        expected.removeAll(gone);
        return new Version(before.ports().without(gone), expected);
    }

    private void check(Version version, int span) {
        PublishedPorts ports = version.ports();
        assertThat(ports.all()).containsExactlyInAnyOrderElementsOf(version.expected());
        assertThat(ports.size()).isEqualTo(version.expected().size());
        for (EndpointId endpoint : endpoints) {
            assertThat(ports.of(endpoint))
                    .containsExactlyElementsOf(version.expected().stream()
                            .filter(port -> port.endpoint().equals(endpoint))
                            .toList());
        }
        for (int i = 0; i < 50; i++) {
            int port = 1 + random.nextInt(span);
            IpAddress address = ADDRESSES.get(1 + random.nextInt(2) + 3 * random.nextInt(2));
            assertThat(ports.find(TransportProtocol.UDP, address, port).stream().toList())
                    .containsExactlyElementsOf(version.expected().stream()
                            .filter(each -> isAt(each.mapping(), address, port))
                            .toList());
        }
    }

    private static boolean isAt(PortMapping mapping, IpAddress address, int port) {
        return !mapping.routed()
                && mapping.protocol() == TransportProtocol.UDP
                && mapping.hostPorts().contains(port)
                && mapping.family() == address.family()
                && (mapping.isOnAnyAddress() || mapping.hostAddress().equals(address));
    }

    private PublishedPort port(int span) {
        int size = random.nextInt(3) == 0 ? 1 + random.nextInt(Math.max(1, span / 10)) : 1;
        int first = 1 + random.nextInt(Math.min(span, PortRange.MAX_PORT - size));
        PortRange ports = new PortRange(first, first + size - 1);
        TransportProtocol protocol = random.nextBoolean() ? TransportProtocol.TCP : TransportProtocol.UDP;
        PortMapping mapping = random.nextInt(4) == 0
                ? PortMapping.routed(IpFamily.values()[random.nextInt(2)], protocol, ports, PortSources.ANYBODY)
                : new PortMapping(
                        ADDRESSES.get(random.nextInt(ADDRESSES.size())),
                        ports,
                        protocol,
                        new PortRange(1, size),
                        PortSources.ANYBODY);
        EndpointId endpoint = endpoints.get(random.nextInt(endpoints.size()));
        int own = endpoint.hashCode() & 0xffff;
        IpAddress address = mapping.family() == IpFamily.IPV4 ? Ipv4Address.of(own) : new Ipv6Address(0, own);
        return new PublishedPort(endpoint, address, mapping);
    }

    @Test
    void without_oneThatIsNotThere_isABug() {
        assertThatIllegalStateException().isThrownBy(() -> PublishedPorts.NONE.without(List.of(port(10))));
    }

    /** Ports in order are the worst that can happen to a tree that does not balance itself: this would run out of stack. */
    @Test
    void with_portsInOrder_staysFlat() {
        PublishedPorts ports = PublishedPorts.NONE;
        for (int port = 1; port <= 60_000; port++) {
            ports = ports.with(new PublishedPort(
                    endpoints.get(port % 5), ADDRESSES.get(1), PortMapping.of(TransportProtocol.TCP, port, 80)));
            if (port % 10_000 == 0) {
                ports = ports.without(ports.of(endpoints.getFirst()));
            }
        }
        assertThat(ports.find(TransportProtocol.TCP, ADDRESSES.get(2), 59_999)).isPresent();
        assertThat(ports.find(TransportProtocol.UDP, ADDRESSES.get(2), 59_999)).isEmpty();
    }
}
