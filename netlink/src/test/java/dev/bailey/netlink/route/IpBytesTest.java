package dev.bailey.netlink.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.linux.NetworkNamespace;
import dev.bailey.netlink.NetlinkConnection.Request;
import dev.bailey.netlink.NetlinkMessage;
import dev.bailey.netlink.route.VethSpec.End;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our requests have the very bytes that ip sends for the same commands. */
class IpBytesTest {

    private static final int BRIDGE = 2;
    private static final int VETH = 51;
    private static final HardwareAddress MAC = new HardwareAddress("02:00:00:00:00:09");
    private static final Optional<InetAddress> NONE = Optional.empty();

    private static NetworkNamespace red;

    /** A line of the file. */
    record Line(String command, int type, int flags, String payload) {
        @Override
        public String toString() {
            return command;
        }
    }

    @BeforeAll
    static void open() throws IOException {
        Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
        red = NetworkNamespace.ofCurrentThread();
    }

    @AfterAll
    static void close() {
        red.close();
    }

    static List<Line> lines() throws IOException {
        try (InputStream in = Objects.requireNonNull(IpBytesTest.class.getResourceAsStream("ip-requests.tsv"))) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .map(cells -> new Line(cells[0], Integer.parseInt(cells[1]), Integer.decode(cells[2]), cells[3]))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void request_isWhatIpSends(Line line) {
        NetlinkMessage ours = Objects.requireNonNull(requests().get(line.command()), line.command())
                .message();

        assertThat(HexFormat.of().formatHex(ours.payload()))
                .isEqualTo(line.payload().replace(namespace(4), namespace()));
        assertThat(ours.type()).isEqualTo(line.type());
        assertThat(ours.flags() | NetlinkMessage.NLM_F_ACK).isEqualTo(line.flags());
    }

    @Test
    void requests_allHere_areInTheFile() throws IOException {
        assertThat(requests().keySet())
                .containsExactlyElementsOf(lines().stream().map(Line::command).toList());
    }

    private static String namespace() {
        return namespace(red.descriptor().number());
    }

    /** IFLA_NET_NS_FD with a descriptor. */
    private static String namespace(int descriptor) {
        return "08001c00" + HexFormat.of().toHexDigits(Integer.reverseBytes(descriptor));
    }

    private static Map<String, Request> requests() {
        Map<String, Request> requests = new LinkedHashMap<>();
        links(requests);
        addresses(requests);
        routes(requests);
        rules(requests);
        neighbours(requests);
        return requests;
    }

    private static void links(Map<String, Request> requests) {
        requests.put(
                "ip link add br0 mtu 1400 address 02:ba:0a:01:00:01 type bridge mcast_snooping 0"
                        + " no_linklocal_learn 1",
                RouteRequests.createBridge("br0", 1400, Optional.of(new HardwareAddress("02:ba:0a:01:00:01"))));
        End here = new End("veth1", VETH, 1400, Optional.empty());
        End peer = new End("eth0", 52, 1400, Optional.of(new HardwareAddress("02:ba:0a:01:00:02")));
        requests.put(
                "ip link add veth1 index 51 up numtxqueues 1 numrxqueues 1 mtu 1400 master br0 type veth peer name eth0"
                        + " index 52 numtxqueues 1 numrxqueues 1 mtu 1400 address 02:ba:0a:01:00:02 netns red",
                RouteRequests.createVeth(
                        VethSpec.of(here, peer).master(BRIDGE).up().peerIn(red)));
        requests.put(
                "ip link add veth2 numtxqueues 1 numrxqueues 1 type veth peer name veth3 numtxqueues 1 numrxqueues 1",
                RouteRequests.createVeth(VethSpec.of(End.named("veth2"), End.named("veth3"))));
        requests.put("ip link set veth1 up", RouteRequests.setUp(VETH, true));
        requests.put("ip link set veth1 down", RouteRequests.setUp(VETH, false));
        requests.put("ip link set veth1 mtu 1300", RouteRequests.setMtu(VETH, 1300));
        requests.put("ip link set veth1 master br0", RouteRequests.setMaster(VETH, BRIDGE));
        requests.put("ip link set veth1 nomaster", RouteRequests.setMaster(VETH, 0));
        requests.put("ip link set veth1 type bridge_slave isolated on", RouteRequests.setIsolated(VETH, true));
        requests.put("ip link set veth1 type bridge_slave hairpin on", RouteRequests.setHairpin(VETH, true));
        requests.put("ip link set veth1 type bridge_slave isolated off", RouteRequests.setIsolated(VETH, false));
        requests.put("ip link set veth1 group 7", RouteRequests.setGroup(VETH, 7));
        requests.put("ip link set veth1 addrgenmode none", RouteRequests.generateNoAddress(VETH));
        requests.put("ip link set veth1 name veth9", RouteRequests.setName(VETH, "veth9"));
        requests.put("ip link delete veth9", RouteRequests.deleteLink(VETH));
        requests.put("ip link delete group 7", RouteRequests.deleteGroup(7));
    }

    private static void addresses(Map<String, Request> requests) {
        for (String address : List.of("10.1.0.2/24 brd +", "10.9.9.9/32", "10.9.9.8/31", "fd00::2/64")) {
            Prefix prefix = Prefix.parse(address.replace(" brd +", ""));
            requests.put("ip addr add " + address + " dev br0", RouteRequests.addAddress(new Address(BRIDGE, prefix)));
        }
        requests.put(
                "ip addr del 10.1.0.2/24 dev br0",
                RouteRequests.deleteAddress(new Address(BRIDGE, Prefix.parse("10.1.0.2/24"))));
    }

    private static void routes(Map<String, Request> requests) {
        Route byDefault = Route.defaultVia(ip("10.1.0.1"));
        Route via = new Route(Prefix.parse("192.0.2.0/24"), Optional.of(ip("10.1.0.1")), BRIDGE, NONE, 5, 254);
        Prefix local = Prefix.parse("198.51.100.0/24");
        requests.put("ip route add default via 10.1.0.1", RouteRequests.addRoute(byDefault));
        requests.put("ip route add 192.0.2.0/24 via 10.1.0.1 metric 5 dev br0", RouteRequests.addRoute(via));
        requests.put(
                "ip route add 198.51.100.0/24 src 10.1.0.2 dev br0",
                RouteRequests.addRoute(new Route(local, NONE, BRIDGE, Optional.of(ip("10.1.0.2")), 0, 254)));
        requests.put(
                "ip route add fd01::/64 via fd00::1 metric 7 dev br0",
                RouteRequests.addRoute(
                        new Route(Prefix.parse("fd01::/64"), Optional.of(ip("fd00::1")), BRIDGE, NONE, 7, 254)));
        requests.put(
                "ip route replace 198.51.100.0/24 table 1000 dev br0",
                RouteRequests.replaceRoute(new Route(local, NONE, BRIDGE, NONE, 0, 1000)));
        requests.put("ip route del unicast 192.0.2.0/24 via 10.1.0.1 metric 5 dev br0", RouteRequests.deleteRoute(via));
        requests.put("ip route del unicast default via 10.1.0.1", RouteRequests.deleteRoute(byDefault));
    }

    private static void rules(Map<String, Request> requests) {
        Rule marked = Rule.marked(0x10, 0xf0, 1000, 77);
        requests.put(
                "ip rule add from 10.1.0.0/24 priority 100 lookup 77",
                RouteRequests.addRule(Rule.from(Prefix.parse("10.1.0.0/24"), 100, 77)));
        requests.put("ip rule add fwmark 0x10/0xf0 priority 1000 lookup 77", RouteRequests.addRule(marked));
        requests.put(
                "ip rule add fwmark 0x10/0xffffffff priority 999 lookup 77",
                RouteRequests.addRule(Rule.marked(0x10, 0, 999, 77)));
        Optional<Prefix> to = Optional.of(Prefix.parse("192.0.2.0/24"));
        requests.put(
                "ip rule add to 192.0.2.0/24 iif br0 priority 1001 lookup 1000",
                RouteRequests.addRule(new Rule(1001, Prefix.ANY_IPV4, to, "br0", "", 0, 0, 1000)));
        requests.put(
                "ip rule add oif br0 priority 1002 lookup 77",
                RouteRequests.addRule(new Rule(1002, Prefix.ANY_IPV4, Optional.empty(), "", "br0", 0, 0, 77)));
        requests.put(
                "ip -6 rule add from fd00::/64 priority 1003 lookup 77",
                RouteRequests.addRule(Rule.from(Prefix.parse("fd00::/64"), 1003, 77)));
        requests.put(
                "ip rule add not fwmark 0/0xfc000000 priority 1004 lookup main suppress_prefixlength 0 protocol 71",
                RouteRequests.addRule(Rule.marked(0, 0xfc00_0000, 1004, Route.MAIN_TABLE)
                        .inverse()
                        .suppressing(0)
                        .by(71)));
        requests.put("ip rule del fwmark 0x10/0xf0 priority 1000 lookup 77", RouteRequests.deleteRule(marked));
    }

    private static void neighbours(Map<String, Request> requests) {
        for (String address : List.of("10.1.0.9", "fd00::9")) {
            Neighbour known = new Neighbour(BRIDGE, ip(address), Optional.of(MAC), Neighbour.PERMANENT);
            requests.put(
                    "ip neigh replace " + address + " lladdr " + MAC + " dev br0 nud permanent",
                    RouteRequests.replaceNeighbour(known));
        }
        Neighbour unknown = new Neighbour(BRIDGE, ip("10.1.0.9"), Optional.empty(), Neighbour.PERMANENT);
        requests.put("ip neigh del 10.1.0.9 dev br0", RouteRequests.deleteNeighbour(unknown));
    }

    private static InetAddress ip(String literal) {
        return Prefix.parse(literal).address();
    }
}
