package dev.bailey.engine.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bailey.engine.Seed;
import dev.bailey.engine.model.Ipv6Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Which IPv6 subnet a network gets, and what is in its way. */
class Ipv6SubnetChoiceTest {
    private static final Ipv6Pool POOL = new Ipv6Pool(Ipv6Subnet.parse("fd12:3456:789a::/48"), 64);

    @Test
    void firstFree_nothingUsed_isTheFirstOfThePool() {
        assertThat(Ipv6SubnetChoice.firstFree(List.of(POOL), List.of())).hasToString("fd12:3456:789a::/64");
    }

    @Test
    void firstFree_rangesInTheWay_goesBehindThem() {
        List<UsedIpv6Range> used = List.of(
                route("::/0", "eth0"),
                route("fc00::/7", "eth0"),
                network("fd12:3456:789a::/64"),
                route("fd12:3456:789a:1:8000::/65", "tun0"),
                network("fd12:3456:789a:2::/63"));
        assertThat(Ipv6SubnetChoice.firstFree(List.of(POOL), used)).hasToString("fd12:3456:789a:4::/64");
    }

    @Test
    void firstFree_noneLeft_saysSo() {
        List<Ipv6Pool> pools = List.of(new Ipv6Pool(Ipv6Subnet.parse("fd00::/64"), 64));
        assertThatExceptionOfType(IpamException.class)
                .isThrownBy(() -> Ipv6SubnetChoice.firstFree(pools, List.of(network("fd00::/60"))))
                .withMessageStartingWith("no free IPv6 subnet in the address pools fd00::/64 (in /64): name a subnet");
        Ipv6Pool last = new Ipv6Pool(Ipv6Subnet.parse("ffff:ffff:ffff:ffff::/64"), 64);
        assertThatExceptionOfType(IpamException.class)
                .isThrownBy(() -> Ipv6SubnetChoice.firstFree(
                        List.of(last), List.of(network(last.base().toString()))));
    }

    @Test
    void collision_networkAndItsRoute_namesTheNetwork() {
        List<UsedIpv6Range> used = List.of(route("fd00::/64", "br-x"), network("fd00::/64"));
        assertThat(Ipv6SubnetChoice.collision(Ipv6Subnet.parse("fd00::/48"), used))
                .hasValueSatisfying(range -> assertThat(range).hasToString("fd00::/64 (the subnet of network web)"));
        assertThat(Ipv6SubnetChoice.collision(Ipv6Subnet.parse("fd01::/48"), used))
                .isEmpty();
    }

    @Test
    void firstFree_randomRanges_isTheFirstThatOverlapsNone() {
        RandomGenerator random = Seed.generator("Ipv6SubnetChoiceTest");
        Ipv6Pool pool = new Ipv6Pool(Ipv6Subnet.parse("fd00::/120"), 124);
        for (int round = 0; round < 2_000; round++) {
            List<UsedIpv6Range> used = new ArrayList<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                int length = 119 + random.nextInt(10);
                used.add(network(Ipv6Subnet.containing(pool.base().base().plus(random.nextInt(512)), length)
                        .toString()));
            }
            List<Ipv6Subnet> free = new ArrayList<>();
            for (int block = 0; block < 16; block++) {
                Ipv6Subnet subnet = Ipv6Subnet.containing(pool.base().base().plus(16L * block), 124);
                if (used.stream().noneMatch(range -> range.subnet().overlaps(subnet))) {
                    free.add(subnet);
                }
            }
            if (free.isEmpty()) {
                assertThatExceptionOfType(IpamException.class)
                        .isThrownBy(() -> Ipv6SubnetChoice.firstFree(List.of(pool), used));
            } else {
                assertThat(Ipv6SubnetChoice.firstFree(List.of(pool), used)).isEqualTo(free.getFirst());
            }
        }
    }

    @Test
    void pool_sizeThatDoesNotFit_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ipv6Pool(Ipv6Subnet.parse("fd00::/48"), 40))
                .withMessage("size 40 does not fit the pool fd00::/48: its subnets can have a prefix length from 48 to"
                        + " 126");
    }

    private static UsedIpv6Range route(String subnet, String link) {
        return new UsedIpv6Range(Ipv6Subnet.parse(subnet), UsedRange.Reason.ROUTE, link);
    }

    private static UsedIpv6Range network(String subnet) {
        return new UsedIpv6Range(Ipv6Subnet.parse(subnet), UsedRange.Reason.NETWORK, "web");
    }
}
