package dev.bailey.engine.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bailey.engine.Seed;
import dev.bailey.engine.ipam.UsedRange.Reason;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which subnet a network gets on hosts of all kinds. */
class SubnetChoiceTest {
    private static final List<AddressPool> DEFAULTS = AddressPool.DEFAULTS;

    @Test
    void firstFree_emptyHost_takesTheFirstPool() {
        assertThat(SubnetChoice.firstFree(DEFAULTS, List.of())).hasToString("172.17.0.0/16");
    }

    @Test
    void firstFree_eachKindOfUse_isAvoided() {
        List<UsedRange> used = List.of(
                link("172.17.5.0/24", "eth0"),
                route("172.18.0.128/25", "tun0"),
                new UsedRange(Subnet.parse("172.19.0.53/32"), Reason.NAMESERVER, "172.19.0.53"),
                new UsedRange(Subnet.parse("172.20.0.0/16"), Reason.NETWORK, "web"));
        assertThat(SubnetChoice.firstFree(DEFAULTS, used)).hasToString("172.21.0.0/16");
    }

    @Test
    void firstFree_widerThanSubnet_skipsAllOfIt() {
        assertThat(SubnetChoice.firstFree(DEFAULTS, List.of(route("172.16.0.0/12", "wg0"))))
                .hasToString("192.168.0.0/20");
        assertThat(SubnetChoice.firstFree(
                        DEFAULTS, List.of(route("172.16.0.0/12", "wg0"), link("192.168.0.0/19", "eth0"))))
                .hasToString("192.168.32.0/20");
    }

    /** What VPN clients set to catch everything, whole or in pieces around the addresses they must not catch. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/0",
                "0.0.0.0/1,128.0.0.0/1",
                "0.0.0.0/2,64.0.0.0/2,128.0.0.0/2,192.0.0.0/2",
                "128.0.0.0/3,160.0.0.0/5,168.0.0.0/6,172.0.0.0/8",
                "172.0.0.0/11"
            })
    void firstFree_coveringRoutes_doNotCount(String routes) {
        List<UsedRange> used = new ArrayList<>();
        for (String route : routes.split(",")) {
            used.add(route(route, "tun0"));
        }
        assertThat(SubnetChoice.firstFree(DEFAULTS, used)).hasToString("172.17.0.0/16");
    }

    @Test
    void firstFree_realNetworkOfTheVpn_counts() {
        List<UsedRange> used = List.of(route("0.0.0.0/1", "tun0"), route("172.17.0.0/16", "tun0"));
        assertThat(SubnetChoice.firstFree(DEFAULTS, used)).hasToString("172.18.0.0/16");
    }

    @Test
    void firstFree_exhausted_namesWhatIsInTheWay() {
        List<UsedRange> used = List.of(
                route("0.0.0.0/0", "eth0"),
                route("192.168.0.0/16", "wg0"),
                link("10.0.0.0/8", "eth0"),
                route("172.16.0.0/12", "wg0"));
        assertThatExceptionOfType(IpamException.class)
                .isThrownBy(() -> SubnetChoice.firstFree(
                        List.of(
                                AddressPool.parse("base=172.17.0.0/16,size=16"),
                                AddressPool.parse("base=192.168.0.0/16,size=20")),
                        used))
                .withMessage("no free subnet in the address pools 172.17.0.0/16 (in /16), 192.168.0.0/16 (in /20): the"
                        + " host uses 172.16.0.0/12 (routed to wg0), 192.168.0.0/16 (routed to wg0); name a range it"
                        + " does not use with --default-address-pool base=PREFIX,size=LENGTH")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(IpamException.Reason.EXHAUSTED));
    }

    @Test
    void firstFree_exhaustedByMany_namesEight() {
        List<UsedRange> used = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            used.add(route("10.0.0." + i * 16 + "/28", "tun" + i));
        }
        assertThatExceptionOfType(IpamException.class)
                .isThrownBy(() -> SubnetChoice.firstFree(List.of(AddressPool.parse("base=10.0.0.0/24,size=28")), used))
                .withMessageContaining("10.0.0.112/28 (routed to tun7) and 8 more; name a range")
                .withMessageNotContaining("tun8)");
    }

    @Test
    void firstFree_lastSubnetOfTheAddressSpace_isFound() {
        List<AddressPool> pools = List.of(AddressPool.parse("base=255.255.254.0/23,size=24"));
        assertThat(SubnetChoice.firstFree(pools, List.of(link("255.255.254.0/24", "a"))))
                .hasToString("255.255.255.0/24");
        assertThatExceptionOfType(IpamException.class)
                .isThrownBy(() -> SubnetChoice.firstFree(pools, List.of(link("255.255.254.0/23", "a"))));
    }

    @Test
    void firstFree_randomHosts_agreesWithTryingEverySubnet() {
        RandomGenerator random = Seed.generator("firstFree_randomHosts_agreesWithTryingEverySubnet");
        List<AddressPool> pools = List.of(
                AddressPool.parse("base=10.0.1.0/24,size=28"),
                AddressPool.parse("base=10.0.0.0/25,size=26"),
                AddressPool.parse("base=10.0.3.0/24,size=30"));
        int exhausted = 0;
        for (int round = 0; round < 5_000; round++) {
            List<UsedRange> used = new ArrayList<>();
            for (int i = random.nextInt(30); i > 0; i--) {
                Ipv4Address address = Ipv4Address.parse("10.0.0.0").plus(random.nextInt(1024));
                used.add(link(Subnet.containing(address, 25 + random.nextInt(8)).toString(), "x"));
            }
            Optional<Subnet> expected = pools.stream()
                    .flatMap(p -> subnets(p).stream())
                    .filter(s -> used.stream().noneMatch(u -> u.subnet().overlaps(s)))
                    .findFirst();
            Optional<Subnet> found = tryFirstFree(pools, used);
            assertThat(found).as(used.toString()).isEqualTo(expected);
            exhausted += found.isEmpty() ? 1 : 0;
        }
        assertThat(exhausted).as("rounds of both kinds happened").isBetween(1, 4_999);
    }

    private static Optional<Subnet> tryFirstFree(List<AddressPool> pools, List<UsedRange> used) {
        try {
            return Optional.of(SubnetChoice.firstFree(pools, used));
        } catch (IpamException e) {
            return Optional.empty();
        }
    }

    private static List<Subnet> subnets(AddressPool pool) {
        List<Subnet> all = new ArrayList<>();
        for (long i = 0; i < pool.base().size(); i += 1L << 32 - pool.size()) {
            all.add(new Subnet(pool.base().base().plus(i), pool.size()));
        }
        return all;
    }

    @Test
    void collision_chosenSubnet_namesTheUse() {
        List<UsedRange> used = List.of(route("0.0.0.0/0", "eth0"), link("172.17.5.0/24", "eth1"));
        assertThat(SubnetChoice.collision(Subnet.parse("172.17.0.0/16"), used))
                .map(UsedRange::toString)
                .contains("172.17.5.0/24 (the subnet of eth1)");
        assertThat(SubnetChoice.collision(Subnet.parse("172.18.0.0/16"), used)).isEmpty();
    }

    private static UsedRange link(String subnet, String name) {
        return new UsedRange(Subnet.parse(subnet), Reason.LINK_ADDRESS, name);
    }

    private static UsedRange route(String subnet, String link) {
        return new UsedRange(Subnet.parse(subnet), Reason.ROUTE, link);
    }
}
