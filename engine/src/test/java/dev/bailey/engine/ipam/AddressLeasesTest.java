package dev.bailey.engine.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.engine.Seed;
import dev.bailey.engine.ipam.IpamException.Reason;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Subnet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Leases: their order, what is never given out, and every sequence of operations on tiny subnets. */
class AddressLeasesTest {
    private static final EndpointId A = EndpointId.random(new Random(1));
    private static final EndpointId B = EndpointId.random(new Random(2));

    @Test
    void allocate_fresh_startsBehindTheGateway() {
        AddressLeases<Ipv4Address> leases = leases("172.17.0.0/16", "172.17.0.1");
        assertThat(leases.allocate(A)).hasToString("172.17.0.2");
        assertThat(leases.allocate(B)).hasToString("172.17.0.3");
        assertThat(leases.leased()).isEqualTo(2);
        assertThat(leases.free()).isEqualTo(65531);
        assertThat(leases.holder(Ipv4Address.parse("172.17.0.3"))).contains(B);
        assertThat(leases.holder(Ipv4Address.parse("172.17.0.4"))).isEmpty();
    }

    @Test
    void allocate_gatewayInTheMiddle_isSkipped() {
        AddressLeases<Ipv4Address> leases = leases("10.0.0.0/29", "10.0.0.3");
        assertThat(allocateAll(leases)).containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.4", "10.0.0.5", "10.0.0.6");
    }

    @Test
    void allocate_released_isNotReusedBeforeTheOthers() {
        AddressLeases<Ipv4Address> leases = leases("10.0.0.0/29", "10.0.0.1");
        Ipv4Address first = leases.allocate(A);
        leases.release(first, A);
        assertThat(allocateAll(leases)).containsExactly("10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6", "10.0.0.2");
    }

    @Test
    void allocate_cursorOnTheReleasedOne_takesAnother() {
        AddressLeases<Ipv4Address> leases = leases("10.0.0.0/29", "10.0.0.1");
        leases.claim(Ipv4Address.parse("10.0.0.2"), A);
        leases.release(Ipv4Address.parse("10.0.0.2"), A);
        assertThat(leases.allocate(B)).hasToString("10.0.0.3");
    }

    @Test
    void allocate_releasedIsTheOnlyOneLeft_takesIt() {
        AddressLeases<Ipv4Address> leases = leases("10.0.0.0/30", "10.0.0.1");
        leases.release(leases.allocate(A), A);
        assertThat(leases.allocate(B)).hasToString("10.0.0.2");
    }

    @Test
    void allocate_exhausted_reportsSubnet() {
        AddressLeases<Ipv4Address> leases = leases("10.0.0.0/29", "10.0.0.1");
        allocateAll(leases);
        assertThatExceptionOfType(IpamException.class)
                .isThrownBy(() -> leases.allocate(A))
                .withMessage("no free address in 10.0.0.0/29: all 5 are leased")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.EXHAUSTED));
        assertThat(leases.free()).isZero();
    }

    @Test
    void claim_takenByAnother_namesTheHolder() {
        AddressLeases<Ipv4Address> leases = leases("172.17.0.0/16", "172.17.0.1");
        leases.claim(Ipv4Address.parse("172.17.0.9"), A);
        assertThatExceptionOfType(IpamException.class)
                .isThrownBy(() -> leases.claim(Ipv4Address.parse("172.17.0.9"), B))
                .withMessage("172.17.0.9 is already leased by endpoint " + A.shortForm())
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.CONFLICT))
                .satisfies(e -> assertThat(e.holder()).contains(A));
    }

    @Test
    void claim_whatNobodyCanHave_saysWhy() {
        AddressLeases<Ipv4Address> leases = leases("172.17.0.0/16", "172.17.0.1");
        for (String bad : new String[] {"172.17.0.0", "172.17.255.255", "172.18.0.2", "0.0.0.0"}) {
            assertThatExceptionOfType(IpamException.class)
                    .isThrownBy(() -> leases.claim(Ipv4Address.parse(bad), A))
                    .withMessage(bad + " cannot be leased: the hosts of 172.17.0.0/16 go from 172.17.0.1 to"
                            + " 172.17.255.254")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.INVALID));
        }
        assertThatExceptionOfType(IpamException.class)
                .isThrownBy(() -> leases.claim(Ipv4Address.parse("172.17.0.1"), A))
                .withMessage("172.17.0.1 cannot be leased: it is the gateway of 172.17.0.0/16")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.CONFLICT));
    }

    @Test
    void claim_justReleased_isGranted() {
        AddressLeases<Ipv4Address> leases = leases("10.0.0.0/29", "10.0.0.1");
        Ipv4Address address = leases.allocate(A);
        leases.release(address, A);
        leases.claim(address, B);
        assertThat(leases.holder(address)).contains(B);
    }

    @Test
    void release_notTheHolder_isAProgrammersError() {
        AddressLeases<Ipv4Address> leases = leases("10.0.0.0/29", "10.0.0.1");
        Ipv4Address address = leases.allocate(A);
        assertThatIllegalStateException().isThrownBy(() -> leases.release(address, B));
        assertThatIllegalStateException().isThrownBy(() -> leases.release(address.plus(1), A));
        assertThat(leases.holder(address)).contains(A);
    }

    @Test
    void resumeAfter_recovered_goesOnBehindTheLast() {
        AddressLeases<Ipv4Address> leases = leases("172.17.0.0/16", "172.17.0.1");
        leases.claim(Ipv4Address.parse("172.17.0.2"), A);
        leases.claim(Ipv4Address.parse("172.17.0.9"), B);
        leases.resumeAfter(Ipv4Address.parse("172.17.0.9"));
        assertThat(leases.allocate(A)).hasToString("172.17.0.10");
    }

    @Test
    void subnetSizes_edges() {
        assertThat(allocateAll(leases("10.0.0.0/31", "10.0.0.0"))).containsExactly("10.0.0.1");
        assertThat(allocateAll(leases("10.0.0.0/32", "10.0.0.0"))).isEmpty();
        AddressLeases<Ipv4Address> largest = leases("10.0.0.0/8", "10.255.255.254");
        largest.claim(Ipv4Address.parse("10.255.255.253"), A);
        largest.resumeAfter(Ipv4Address.parse("10.255.255.252"));
        assertThat(largest.allocate(B)).as("wraps").hasToString("10.0.0.1");
        assertThat(largest.free()).isEqualTo((1 << 24) - 5);
        assertThatExceptionOfType(IpamException.class)
                .isThrownBy(() -> leases("10.0.0.0/7", "10.0.0.1"))
                .withMessage("10.0.0.0/7 is too large for a network: its prefix length goes from 8 to 32");
        assertThatExceptionOfType(IpamException.class)
                .isThrownBy(() -> leases("10.0.0.0/24", "10.0.1.1"))
                .withMessage("10.0.1.1 cannot be the gateway of 10.0.0.0/24: the hosts of 10.0.0.0/24 go from 10.0.0.1"
                        + " to 10.0.0.254");
    }

    /** All sequences of four to six operations on a /31, /30 and /29: allocate, claim each and release each address. */
    @Test
    void anyOperation_allShortSequencesOnTinySubnets_agreeWithTheModel() {
        int sequences = explore(new ArrayList<>(), "10.0.0.0/31", "10.0.0.0", 6)
                + explore(new ArrayList<>(), "10.0.0.0/30", "10.0.0.2", 4)
                + explore(new ArrayList<>(), "10.0.0.0/29", "10.0.0.1", 4);
        assertThat(sequences).isGreaterThan(100_000);
    }

    /** An operation is -1 for allocate, i for claim and i + size for release of the address with index i. */
    private static int explore(List<Integer> operations, String subnet, String gateway, int depth) {
        AddressLeases<Ipv4Address> leases = leases(subnet, gateway);
        CountingLeases model = new CountingLeases(Subnet.parse(subnet), Ipv4Address.parse(gateway));
        operations.forEach(operation -> model.step(leases, operation));
        int sequences = 1;
        if (operations.size() < depth) {
            for (int operation = -1; operation < 2 * Subnet.parse(subnet).size(); operation++) {
                operations.add(operation);
                sequences += explore(operations, subnet, gateway, depth);
                operations.removeLast();
            }
        }
        return sequences;
    }

    @Test
    void anyOperation_randomSequences_agreeWithTheModel() {
        RandomGenerator random = Seed.generator("anyOperation_randomSequences_agreeWithTheModel");
        for (String subnet : new String[] {"10.0.0.0/28", "10.1.0.0/25", "10.2.0.0/19"}) {
            AddressLeases<Ipv4Address> leases =
                    leases(subnet, Subnet.parse(subnet).lastHost().toString());
            CountingLeases model = new CountingLeases(
                    Subnet.parse(subnet), Subnet.parse(subnet).lastHost());
            int size = (int) Subnet.parse(subnet).size();
            for (int step = 0; step < 20_000; step++) {
                boolean grow = step / (2 * size) % 2 == 0;
                int address = random.nextInt(size);
                model.step(
                        leases,
                        random.nextInt(3) > 0 == grow ? -1 : random.nextInt(10) == 0 ? address : size + address);
            }
        }
    }

    @Test
    void anyOperation_randomSequencesInARange_agreeWithTheModel() {
        RandomGenerator random = Seed.generator("anyOperation_randomSequencesInARange_agreeWithTheModel");
        for (String text : new String[] {"10.0.0.0/28", "10.0.0.8/29", "10.0.0.4/31", "10.0.0.0/32"}) {
            Subnet subnet = Subnet.parse("10.0.0.0/27");
            Subnet range = Subnet.parse(text);
            Set<Ipv4Address> reserved = Set.of(Ipv4Address.parse("10.0.0.1"), Ipv4Address.parse("10.0.0.9"));
            AddressLeases<Ipv4Address> leases = AddressLeases.of(subnet, range, asGateways(reserved));
            CountingLeases model = new CountingLeases(subnet, range, reserved);
            for (int step = 0; step < 5_000; step++) {
                int address = random.nextInt(32);
                model.step(leases, random.nextBoolean() ? -1 : random.nextInt(4) == 0 ? address : 32 + address);
            }
        }
    }

    private static Map<Ipv4Address, String> asGateways(Set<Ipv4Address> addresses) {
        return addresses.stream().collect(Collectors.toMap(address -> address, _ -> AddressLeases.GATEWAY));
    }

    @Test
    void claim_reservedAddress_saysWhatItIs() {
        Subnet subnet = Subnet.parse("10.0.0.0/24");
        Ipv4Address router = Ipv4Address.parse("10.0.0.9");
        AddressLeases<Ipv4Address> leases =
                AddressLeases.of(subnet, subnet, Map.of(router, "auxiliary address router"));

        assertThatThrownBy(() -> leases.claim(router, A))
                .hasMessage("10.0.0.9 cannot be leased: it is auxiliary address router of 10.0.0.0/24");
        assertThat(allocateAll(leases)).hasSize(253).doesNotContain("10.0.0.9");
    }

    @Test
    void keep_addressOfASandbox_nobodyElseGetsIt() {
        SandboxId web = SandboxId.random();
        SandboxId other = SandboxId.random();
        Ipv4Address address = Ipv4Address.parse("10.0.0.3");
        AddressLeases<Ipv4Address> leases = leases("10.0.0.0/29", "10.0.0.1");
        leases.keep(address, web, "web");

        assertThat(leases.free()).isEqualTo(4);
        assertThatThrownBy(() -> leases.claim(address, A, other))
                .hasMessage("10.0.0.3 is kept for web, which asked for it");
        assertThatThrownBy(() -> leases.keep(address, other, "other"))
                .hasMessage("10.0.0.3 is kept for web, which asked for it");
        assertThat(allocateAll(leases)).containsExactly("10.0.0.2", "10.0.0.4", "10.0.0.5", "10.0.0.6");
        assertThatThrownBy(() -> leases.allocate(B))
                .hasMessage("no free address in 10.0.0.0/29: all 5 are leased or kept");

        leases.claim(address, B, web);
        leases.release(address, B);
        assertThat(leases.free()).isZero();
        leases.giveUp(address, other);
        assertThat(leases.free()).isZero();
        leases.giveUp(address, web);
        assertThat(leases.allocate(B)).isEqualTo(address);
    }

    @Test
    void giveUp_whileLeased_theLeaseStays() {
        SandboxId web = SandboxId.random();
        Ipv4Address address = Ipv4Address.parse("10.0.0.3");
        AddressLeases<Ipv4Address> leases = leases("10.0.0.0/29", "10.0.0.1");
        leases.claim(address, A, web);
        leases.keep(address, web, "web");
        leases.giveUp(address, web);
        assertThat(leases.holder(address)).contains(A);
        assertThat(leases.free()).isEqualTo(4);
        leases.release(address, A);
        assertThat(leases.free()).isEqualTo(5);
    }

    @Test
    void allocate_range_givesItsHostsOnly() {
        AddressLeases<Ipv4Address> leases = AddressLeases.of(
                Subnet.parse("10.0.0.0/24"),
                Subnet.parse("10.0.0.128/30"),
                asGateways(Set.of(Ipv4Address.parse("10.0.0.1"), Ipv4Address.parse("10.0.0.129"))));

        assertThat(allocateAll(leases)).containsExactly("10.0.0.128", "10.0.0.130", "10.0.0.131");
        assertThatThrownBy(() -> leases.allocate(B)).hasMessage("no free address in 10.0.0.128/30: all 3 are leased");
        leases.claim(Ipv4Address.parse("10.0.0.2"), B);
        assertThat(leases.free()).isZero();
        leases.resumeAfter(Ipv4Address.parse("10.0.0.2"));
        leases.release(Ipv4Address.parse("10.0.0.131"), A);
        assertThat(leases.allocate(A)).hasToString("10.0.0.131");
    }

    @Test
    void leases_rangeOutsideTheSubnet_refused() {
        assertThatThrownBy(() -> AddressLeases.of(Subnet.parse("10.0.0.0/24"), Subnet.parse("10.0.0.0/23"), Map.of()))
                .isInstanceOf(IpamException.class)
                .hasMessage("10.0.0.0/23 cannot be the range of 10.0.0.0/24: it must be a part of it");
    }

    @Test
    void leases_gatewayIsTheBase_allHostsAreThere() {
        assertThat(allocateAll(leases("10.0.0.0/29", "10.0.0.0")))
                .containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6");
    }

    @Test
    void ipv6_allocate_nextFitWithoutTheBaseAndTheGateway() {
        AddressLeases<Ipv6Address> leases = ipv6("fd00::/64", "fd00::/64");
        assertThat(leases.allocate(A)).hasToString("fd00::2");
        leases.release(Ipv6Address.parse("fd00::2"), A);
        assertThat(leases.allocate(A)).hasToString("fd00::3");
        leases.claim(Ipv6Address.parse("fd00::4"), B);
        assertThat(leases.allocate(A)).hasToString("fd00::5");
        leases.resumeAfter(Ipv6Address.parse("fd00::f:ffff"));
        assertThat(leases.allocate(B))
                .as("from the start again, but for the one released last")
                .hasToString("fd00::6");
    }

    @Test
    void ipv6_claim_farAway_isLeasedOnceAndDoesNotMoveTheNext() {
        AddressLeases<Ipv6Address> leases = ipv6("fd00::/64", "fd00::/64");
        long free = leases.free();
        for (String text : new String[] {"fd00::ffff:ffff:ffff:ffff", "fd00::8000:0:0:0", "fd00::10:0"}) {
            Ipv6Address far = Ipv6Address.parse(text);
            leases.claim(far, A);
            leases.resumeAfter(far);
            assertThatThrownBy(() -> leases.claim(far, B))
                    .hasMessage(far + " is already leased by endpoint " + A.shortForm());
            leases.release(far, A);
            leases.claim(far, B);
        }
        assertThat(leases.free()).isEqualTo(free);
        assertThat(leases.allocate(A)).hasToString("fd00::2");
    }

    @Test
    void ipv6_range_givesItsAddressesOnly() {
        AddressLeases<Ipv6Address> leases = ipv6("fd00::/64", "fd00::1:0/126");
        for (int i = 0; i < 4; i++) {
            assertThat(leases.allocate(A)).hasToString("fd00::1:" + i);
        }
        assertThatThrownBy(() -> leases.allocate(B)).hasMessage("no free address in fd00::1:0/126: all 4 are leased");
        assertThatThrownBy(() -> leases.claim(Ipv6Address.parse("fd00:1::2"), B))
                .hasMessage("fd00:1::2 cannot be leased: the hosts of fd00::/64 go from fd00::1 to"
                        + " fd00::ffff:ffff:ffff:ffff");
        assertThatThrownBy(() -> leases.claim(Ipv6Address.parse("fd00::1"), B))
                .hasMessage("fd00::1 cannot be leased: it is the gateway of fd00::/64");
        assertThatThrownBy(() -> leases.claim(Ipv6Address.parse("fd00::"), B))
                .hasMessageStartingWith("fd00:: cannot be leased: the hosts of fd00::/64");
    }

    private static AddressLeases<Ipv6Address> ipv6(String subnet, String range) {
        Ipv6Subnet parsed = Ipv6Subnet.parse(subnet);
        return AddressLeases.of(parsed, Ipv6Subnet.parse(range), Map.of(parsed.firstHost(), AddressLeases.GATEWAY));
    }

    private static AddressLeases<Ipv4Address> leases(String subnet, String gateway) {
        return AddressLeases.of(Subnet.parse(subnet), Ipv4Address.parse(gateway));
    }

    private static List<String> allocateAll(AddressLeases<Ipv4Address> leases) {
        Deque<String> all = new ArrayDeque<>();
        while (leases.free() > 0) {
            all.add(leases.allocate(A).toString());
        }
        return List.copyOf(all);
    }
}
