package dev.bailey.netlink.conntrack;

import static dev.bailey.netlink.Namespaced.inNamespace;
import static dev.bailey.netlink.Namespaced.mustRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.linux.Sysctl;
import dev.bailey.netlink.Namespaced.Body;
import dev.bailey.netlink.nftables.Batch;
import dev.bailey.netlink.nftables.Chain;
import dev.bailey.netlink.nftables.ChainType;
import dev.bailey.netlink.nftables.CtState;
import dev.bailey.netlink.nftables.Family;
import dev.bailey.netlink.nftables.Hook;
import dev.bailey.netlink.nftables.HookPoint;
import dev.bailey.netlink.nftables.Matches;
import dev.bailey.netlink.nftables.NftablesConnection;
import dev.bailey.netlink.nftables.Policy;
import dev.bailey.netlink.nftables.Prefix;
import dev.bailey.netlink.nftables.Rule;
import dev.bailey.netlink.nftables.Statements;
import dev.bailey.netlink.nftables.Table;
import dev.bailey.netlink.nftables.TableId;
import dev.bailey.netlink.nftables.Value;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The kernel's connection tracking, fed by datagrams over the loopback interface. */
@Tag("lab")
class ConntrackConnectionLabTest {
    private static final int UDP = 17;
    private static final InetAddress LOCAL = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress LOCAL_TOO = InetAddress.ofLiteral("127.0.0.2");
    private static final InetAddress LOCAL6 = InetAddress.ofLiteral("::1");
    private static final InetAddress OTHER6 = InetAddress.ofLiteral("fd00::1");

    /** A namespace where connections are tracked, and those to port 53 go to port 5353. */
    private static void tracked(Body body) throws Exception {
        inNamespace(() -> {
            mustRun("ip", "link", "set", "lo", "up");
            Sysctl.write("net.netfilter.nf_conntrack_acct", "1");
            TableId table = new TableId(Family.INET, "bailey");
            Chain out = Chain.base(
                    table, "out", Hook.of(ChainType.FILTER, HookPoint.OUTPUT, Hook.PRIORITY_FILTER, Policy.ACCEPT));
            Chain nat = Chain.base(
                    table, "nat", Hook.of(ChainType.NAT, HookPoint.OUTPUT, Hook.PRIORITY_DNAT, Policy.ACCEPT));
            try (NftablesConnection nft = NftablesConnection.open()) {
                nft.commit(new Batch()
                        .add(Table.of(Family.INET, "bailey"))
                        .add(out)
                        .add(nat)
                        .add(Rule.of(out, Matches.dport(77), Statements.setCtMark(0x77)))
                        .add(Rule.of(out, Matches.ctState(CtState.NEW), Statements.counter()))
                        .add(Rule.of(
                                nat,
                                Matches.l4proto(Value.UDP),
                                Matches.daddr(Prefix.parse("127.0.0.1")),
                                Matches.dport(53),
                                Statements.dnat(Value.address("127.0.0.1"), 5353))));
            }
            body.run();
        });
    }

    /** Sends a datagram of 100 bytes; returns the port it was sent from. */
    private static int send(InetAddress to, int port) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(to, 0))) {
            socket.send(new DatagramPacket(new byte[100], 100, to, port));
            return socket.getLocalPort();
        }
    }

    private static ConnectionTuple udp(InetAddress from, int fromPort, InetAddress to, int toPort) {
        return new ConnectionTuple(from, to, new Transport.Ports(UDP, fromPort, toPort));
    }

    @Test
    void connections_natted_haveBothDirectionsStatusAndCounters() throws Exception {
        tracked(() -> {
            int port = send(LOCAL, 53);
            try (ConntrackConnection conntrack = ConntrackConnection.open()) {
                TrackedConnection tracked = conntrack
                        .connections(ConntrackFilter.ALL.withDestinationPort(UDP, 53))
                        .getFirst();
                assertThat(tracked.original()).isEqualTo(udp(LOCAL, port, LOCAL, 53));
                assertThat(tracked.reply()).isEqualTo(udp(LOCAL, 5353, LOCAL, port));
                assertThat(tracked.status())
                        .contains(ConnectionStatus.CONFIRMED, ConnectionStatus.DESTINATION_NAT)
                        .doesNotContain(ConnectionStatus.SOURCE_NAT);
                assertThat(tracked.originalTraffic()).contains(new TrafficCounter(1, 128));
                assertThat(tracked.timeout()).isPositive();
                assertThat(tracked.mark()).isZero();
                assertThat(tracked.zone()).isZero();
                String listed = mustRun("conntrack", "-L", "-p", "udp", "--orig-port-dst", "53");
                assertThat(listed).contains("sport=" + port).contains("sport=5353");
            }
        });
    }

    @Test
    void connections_filtered_areThoseThatMatch() throws Exception {
        tracked(() -> {
            send(LOCAL, 1001);
            send(LOCAL_TOO, 1001);
            send(LOCAL, 1002);
            send(LOCAL6, 1001);
            send(LOCAL, 77);
            try (ConntrackConnection conntrack = ConntrackConnection.open()) {
                assertThat(portsOf(conntrack, ConntrackFilter.ALL.withDestinationPort(UDP, 1001)))
                        .containsExactly(1001, 1001, 1001);
                assertThat(portsOf(conntrack, ConntrackFilter.ALL.withDestination(LOCAL)))
                        .containsExactly(77, 1001, 1002);
                assertThat(portsOf(conntrack, ConntrackFilter.ALL.withSource(LOCAL_TOO)))
                        .containsExactly(1001);
                assertThat(portsOf(conntrack, ConntrackFilter.ALL.withDestination(LOCAL6)))
                        .containsExactly(1001);
                assertThat(portsOf(
                                conntrack,
                                ConntrackFilter.ALL.withDestination(LOCAL).withDestinationPort(UDP, 1002)))
                        .containsExactly(1002);
                assertThat(portsOf(conntrack, ConntrackFilter.ALL.withMark(0x70, 0xf0)))
                        .containsExactly(77);
                assertThat(portsOf(conntrack, ConntrackFilter.ALL.withZone(7))).isEmpty();
                assertThat(portsOf(conntrack, ConntrackFilter.ALL.withProtocol(6)))
                        .isEmpty();
            }
        });
    }

    private static List<Integer> portsOf(ConntrackConnection conntrack, ConntrackFilter filter) throws IOException {
        return conntrack.connections(filter).stream()
                .map(tracked -> tracked.original().transport())
                .filter(Transport.Ports.class::isInstance)
                .map(transport -> ((Transport.Ports) transport).destination())
                .sorted()
                .toList();
    }

    @Test
    void delete_byTuple_forgetsThatOne() throws Exception {
        tracked(() -> {
            int port = send(LOCAL, 1001);
            int port6 = send(LOCAL6, 1001);
            try (ConntrackConnection conntrack = ConntrackConnection.open()) {
                assertThat(conntrack.delete(udp(LOCAL, port, LOCAL, 1001), 0)).isTrue();
                assertThat(portsOf(conntrack, ConntrackFilter.ALL.withDestination(LOCAL)))
                        .isEmpty();
                assertThat(conntrack.delete(udp(LOCAL, port, LOCAL, 1001), 0)).isFalse();
                assertThat(conntrack.delete(udp(LOCAL6, port6, LOCAL6, 1001), 0))
                        .isTrue();
                assertThat(portsOf(conntrack, ConntrackFilter.ALL)).isEmpty();
            }
        });
    }

    @Test
    void delete_listedConnection_forgetsIt() throws Exception {
        tracked(() -> {
            send(LOCAL, 1001);
            try (ConntrackConnection conntrack = ConntrackConnection.open()) {
                TrackedConnection listed =
                        conntrack.connections(ConntrackFilter.ALL).getFirst();
                assertThat(conntrack.delete(listed)).isTrue();
                assertThat(conntrack.delete(listed)).isFalse();
                assertThat(portsOf(conntrack, ConntrackFilter.ALL)).isEmpty();
            }
        });
    }

    @Test
    void deleteAll_byAddressAndPort_leavesTheOthers() throws Exception {
        tracked(() -> {
            for (int i = 0; i < 3; i++) {
                send(LOCAL, 53);
            }
            send(LOCAL, 54);
            send(LOCAL_TOO, 53);
            send(LOCAL6, 53);
            mustRun("ip", "addr", "add", "fd00::1/128", "dev", "lo");
            send(OTHER6, 55);
            try (ConntrackConnection conntrack = ConntrackConnection.open()) {
                conntrack.deleteAll(ConntrackFilter.ALL.withDestination(LOCAL).withDestinationPort(UDP, 53));
                assertThat(portsOf(conntrack, ConntrackFilter.ALL)).containsExactly(53, 53, 54, 55);
                conntrack.deleteAll(ConntrackFilter.ALL.withDestination(LOCAL6));
                assertThat(portsOf(conntrack, ConntrackFilter.ALL)).containsExactly(53, 54, 55);
                conntrack.deleteAll(ConntrackFilter.ALL.withDestinationPort(UDP, 54));
                assertThat(portsOf(conntrack, ConntrackFilter.ALL)).containsExactly(53, 55);
                conntrack.deleteAll(ConntrackFilter.ALL.withZone(5));
                assertThat(portsOf(conntrack, ConntrackFilter.ALL)).containsExactly(53, 55);
                conntrack.deleteAll(ConntrackFilter.ALL);
                assertThat(portsOf(conntrack, ConntrackFilter.ALL)).isEmpty();
            }
        });
    }

    @Test
    void connections_ping_hasItsId() throws Exception {
        tracked(() -> {
            mustRun("ping", "-c", "1", "-W", "5", "127.0.0.1");
            try (ConntrackConnection conntrack = ConntrackConnection.open()) {
                TrackedConnection ping = conntrack
                        .connections(ConntrackFilter.ALL.withProtocol(1))
                        .getFirst();
                assertThat(ping.original().transport()).isInstanceOfSatisfying(Transport.Icmp.class, icmp -> {
                    assertThat(icmp.type()).isEqualTo(8);
                    assertThat(icmp.id()).isPositive();
                });
                assertThat(conntrack.delete(ping)).isTrue();
            }
        });
    }
}
