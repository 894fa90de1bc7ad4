package dev.bailey.engine.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.firewall.AllowedRanges.Range;
import dev.bailey.engine.model.EgressTarget;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.IpSubnet;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.Subnet;
import dev.bailey.engine.model.TransportProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AllowedRangesTest {
    private static final Subnet OWN = Subnet.parse("172.17.0.0/16");
    private static final Ipv6Subnet OWN_IPV6 = Ipv6Subnet.parse("fd00:9::/64");

    private static List<String> ranges(String... targets) {
        return ranges(OWN, targets);
    }

    private static List<String> ranges(IpSubnet own, String... targets) {
        return AllowedRanges.of(own, Stream.of(targets).map(EgressTarget::parse).toList()).stream()
                .map(range -> range.destination() + " " + range.firstProtocol() + "-" + range.lastProtocol() + " "
                        + range.ports().first() + "-" + range.ports().last())
                .toList();
    }

    @Test
    void ranges_areAsFewAsTheyCan() {
        assertThat(ranges("10.0.0.0/8", "10.1.0.0/16", "10.2.3.4:443", "172.17.0.9:80"))
                .containsExactly("10.0.0.0/8 0-255 0-65535", "172.17.0.0/16 0-255 0-65535");
        assertThat(ranges("10.0.0.0/8:80-90", "10.0.0.0/8:91", "10.1.0.0/16:85-99", "10.1.0.0/16/udp"))
                .containsExactly(
                        "172.17.0.0/16 0-255 0-65535",
                        "10.0.0.0/8 6-6 80-91",
                        "10.1.0.0/16 6-6 92-99",
                        "10.1.0.0/16 17-17 0-65535");
        assertThat(ranges("10.0.0.0/8:80", "10.0.0.0/16"))
                .containsExactly(
                        "10.0.0.0/16 0-5 0-65535",
                        "10.0.0.0/16 7-16 0-65535",
                        "10.0.0.0/16 18-131 0-65535",
                        "10.0.0.0/16 133-255 0-65535",
                        "172.17.0.0/16 0-255 0-65535",
                        "10.0.0.0/8 6-6 80-80",
                        "10.0.0.0/16 6-6 0-79",
                        "10.0.0.0/16 6-6 81-65535",
                        "10.0.0.0/16 17-17 0-65535",
                        "10.0.0.0/16 132-132 0-65535");
    }

    @Test
    void ranges_areOfTheFamilyOfTheSubnet() {
        String[] targets = {"10.0.0.0/8", "2001:db8:2::/48", "[2001:db8::1]:443", "2001:db8:1::/48/udp", "10.0.0.1/udp"
        };
        assertThat(ranges(OWN, targets)).containsExactly("10.0.0.0/8 0-255 0-65535", "172.17.0.0/16 0-255 0-65535");
        assertThat(ranges(OWN_IPV6, targets))
                .containsExactly(
                        "2001:db8:2::/48 0-255 0-65535",
                        "fd00:9::/64 0-255 0-65535",
                        "2001:db8::1/128 6-6 443-443",
                        "2001:db8:1::/48 17-17 0-65535");
        assertThat(ranges(OWN_IPV6, "10.0.0.0/8", "0.0.0.0/0:80"))
                .as("nothing but the own subnet")
                .containsExactly("fd00:9::/64 0-255 0-65535");
        assertThat(ranges(OWN_IPV6, "::/0")).containsExactly("::/0 0-255 0-65535");
    }

    /** Small addresses and few ports, so that everything meets everything. */
    @ParameterizedTest
    @EnumSource(IpFamily.class)
    void randomTargets_noTwoRangesOverlap_andTogetherTheyAreTheTargets(IpFamily family) {
        IpSubnet own = family == IpFamily.IPV4 ? OWN : OWN_IPV6;
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            List<EgressTarget> targets = new ArrayList<>();
            for (int n = random.nextInt(7); n > 0; n--) {
                targets.add(target(own, random));
            }
            List<Range> ranges = AllowedRanges.of(own, targets);
            for (int probe = 0; probe < 50; probe++) {
                IpAddress address = address(own, random, 0);
                int protocol = List.of(1, 6, 17, 132, 200).get(random.nextInt(5));
                int port = random.nextInt(8);
                long hits = ranges.stream()
                        .filter(range -> range.destination().includes(address)
                                && range.firstProtocol() <= protocol
                                && protocol <= range.lastProtocol()
                                && range.ports().first() <= port
                                && port <= range.ports().last())
                        .count();
                boolean wanted = own.includes(address)
                        || targets.stream().anyMatch(target -> allows(target, address, protocol, port));
                assertThat(hits)
                        .as("seed %s: %s for %s/%s/%s of %s", seed, ranges, address, protocol, port, targets)
                        .isEqualTo(wanted ? 1 : 0);
            }
        }
    }

    private static boolean allows(EgressTarget target, IpAddress address, int protocol, int port) {
        return target.destination().includes(address)
                && target.protocol().map(each -> each.number() == protocol).orElse(true)
                && target.ports().map(ports -> ports.contains(port)).orElse(true);
    }

    private static EgressTarget target(IpSubnet own, Random random) {
        int hostBits = random.nextInt(5);
        int length = own.family().bits() - hostBits;
        IpSubnet destination = IpSubnet.parse(address(own, random, hostBits) + "/" + length);
        if (random.nextInt(3) == 0) {
            return new EgressTarget(destination, Optional.empty(), Optional.empty());
        }
        Optional<TransportProtocol> protocol = Optional.of(TransportProtocol.values()[random.nextInt(3)]);
        int first = 1 + random.nextInt(6);
        return random.nextInt(4) == 0
                ? new EgressTarget(destination, protocol, Optional.empty())
                : new EgressTarget(destination, protocol, Optional.of(new PortRange(first, first + random.nextInt(3))));
    }

    private static IpAddress address(IpSubnet own, Random random, int zeroBits) {
        boolean near = random.nextInt(8) == 0;
        int last = random.nextInt(16) & -1 << zeroBits;
        return switch (own) {
            case Subnet ipv4 -> new Ipv4Address((near ? ipv4.base().bits() : 0x0a00_0000) | last);
            case Ipv6Subnet ipv6 -> new Ipv6Address(near ? ipv6.base().high() : 0x2001_0db8_0000_0000L, last);
        };
    }
}
