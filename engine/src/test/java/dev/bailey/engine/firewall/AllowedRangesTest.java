package dev.bailey.engine.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.firewall.AllowedRanges.Range;
import dev.bailey.engine.model.EgressTarget;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.Subnet;
import dev.bailey.engine.model.TransportProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AllowedRangesTest {
    private static final Subnet OWN = Subnet.parse("172.17.0.0/16");

    private static List<String> ranges(String... targets) {
        return AllowedRanges.of(OWN, Stream.of(targets).map(EgressTarget::parse).toList()).stream()
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

    /** Small addresses and few ports, so that everything meets everything. */
    @Test
    void randomTargets_noTwoRangesOverlap_andTogetherTheyAreTheTargets() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            List<EgressTarget> targets = new ArrayList<>();
            for (int n = random.nextInt(7); n > 0; n--) {
                targets.add(target(random));
            }
            List<Range> ranges = AllowedRanges.of(OWN, targets);
            for (int probe = 0; probe < 50; probe++) {
                Ipv4Address address = address(random, 32);
                int protocol = List.of(1, 6, 17, 132, 200).get(random.nextInt(5));
                int port = random.nextInt(8);
                long hits = ranges.stream()
                        .filter(range -> range.destination().contains(address)
                                && range.firstProtocol() <= protocol
                                && protocol <= range.lastProtocol()
                                && range.ports().first() <= port
                                && port <= range.ports().last())
                        .count();
                boolean wanted = OWN.contains(address)
                        || targets.stream().anyMatch(target -> allows(target, address, protocol, port));
                assertThat(hits)
                        .as("seed %s: %s for %s/%s/%s of %s", seed, ranges, address, protocol, port, targets)
                        .isEqualTo(wanted ? 1 : 0);
            }
        }
    }

    private static boolean allows(EgressTarget target, Ipv4Address address, int protocol, int port) {
        return target.destination().contains(address)
                && target.protocol().map(each -> each.number() == protocol).orElse(true)
                && target.ports().map(ports -> ports.contains(port)).orElse(true);
    }

    private static EgressTarget target(Random random) {
        int length = 28 + random.nextInt(5);
        Subnet destination = Subnet.containing(address(random, length), length);
        if (random.nextInt(3) == 0) {
            return new EgressTarget(destination, Optional.empty(), Optional.empty());
        }
        Optional<TransportProtocol> protocol = Optional.of(TransportProtocol.values()[random.nextInt(3)]);
        int first = 1 + random.nextInt(6);
        return random.nextInt(4) == 0
                ? new EgressTarget(destination, protocol, Optional.empty())
                : new EgressTarget(destination, protocol, Optional.of(new PortRange(first, first + random.nextInt(3))));
    }

    private static Ipv4Address address(Random random, int length) {
        int bits = random.nextInt(8) == 0 ? OWN.base().bits() : 0x0a00_0000;
        return new Ipv4Address(bits | random.nextInt(16) & -1 << 32 - length);
    }
}
