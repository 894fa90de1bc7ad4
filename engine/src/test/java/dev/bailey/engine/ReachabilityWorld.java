package dev.bailey.engine;

import dev.bailey.engine.Reachability.Cell;
import dev.bailey.engine.Reachability.Mode;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.model.Subnet;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabException;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Reach;
import dev.bailey.lab.TcpConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A host with a network of each gateway mode and two containers on each, a neighbour on its LAN, and one network more. */
final class ReachabilityWorld implements AutoCloseable {
    private static final String HOST = "198.51.100.2";
    private static final String HOST_IPV6 = "2001:db8:1::2";
    private static final int PUBLISHED = 80;
    private static final int CLOSED = 81;
    private static final int HOST_PORT = 8000;

    private final LabHost host;
    private final LabHost lan;
    private final LabHost other;
    private final IptablesHost on;
    private final Map<Mode, LabHost> targets = new EnumMap<>(Mode.class);
    private final Map<Mode, LabHost> peers = new EnumMap<>(Mode.class);

    ReachabilityWorld(Lab lab, Path folder, FirewallBackend backend) throws IOException {
        host = lab.host("host");
        lan = lab.host("lan");
        IptablesHost.wire(host, lan);
        lan.route("10.9.0.0/16", HOST);
        host.exec("ip", "addr", "add", HOST_IPV6 + "/64", "dev", "up0", "nodad");
        lan.exec("ip", "addr", "add", "2001:db8:1::1/64", "dev", "h0", "nodad");
        lan.exec("ip", "-6", "route", "add", "fd00:9::/32", "via", HOST_IPV6);
        on = new IptablesHost(host, folder, backend, "nft");
        for (Mode mode : Mode.values()) {
            String name = mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
            on.engine.createNetwork(NetworkRequest.of(name)
                    .withSubnet(Subnet.parse(subnet(mode)))
                    .with(options(mode))
                    .with(ipv6(mode)));
            targets.put(mode, join("web-" + name, name, mode.internal ? List.of() : ports(mode)));
            peers.put(mode, join("peer-" + name, name, List.of()));
            serve(target(mode));
        }
        on.engine.createNetwork(NetworkRequest.of("other").with(Ipv6Request.ANY));
        other = join("other", "other", List.of());
        // Without a way back nobody would get an answer, and the rules would have no part in it.
        for (IpFamily family : IpFamily.values()) {
            target(Mode.INTERNAL).route("default", gateway(Mode.INTERNAL, family));
        }
    }

    private static Ipv6Request ipv6(Mode mode) {
        return new Ipv6Request(
                Optional.of(Ipv6Subnet.parse("fd00:9:" + mode.ordinal() + "::/64")),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                mode.gatewayMode,
                Optional.empty());
    }

    private static String subnet(Mode mode) {
        return "10.9." + mode.ordinal() + ".0/24";
    }

    private static String gateway(Mode mode, IpFamily family) {
        return switch (family) {
            case IPV4 -> "10.9." + mode.ordinal() + ".1";
            case IPV6 -> "fd00:9:" + mode.ordinal() + "::1";
        };
    }

    private static NetworkOptions options(Mode mode) {
        return new NetworkOptions(
                true,
                true,
                mode.internal,
                mode.gatewayMode,
                NetworkOptions.ALL_ADDRESSES,
                Optional.empty(),
                List.<InterfaceName>of(),
                true);
    }

    private static int hostPort(Mode mode) {
        return mode.hasHostPorts() ? HOST_PORT + mode.ordinal() : PUBLISHED;
    }

    private static List<PortRequest> ports(Mode mode) {
        return Stream.of("tcp", "udp")
                .map(protocol -> PortRequest.parse(hostPort(mode) + ":" + PUBLISHED + "/" + protocol))
                .toList();
    }

    private LabHost join(String box, String network, List<PortRequest> ports) {
        LabHost made = host.lab().host(box);
        on.engine.attach(AttachRequest.of(new SandboxTarget.Foreign(made.path(), box), network)
                .withPorts(ports));
        return made;
    }

    private static void serve(LabHost box) {
        for (int port : new int[] {PUBLISHED, CLOSED}) {
            box.tcpWhoAmI("::", port);
            box.udpWhoAmI("::", port);
        }
    }

    private LabHost target(Mode mode) {
        return Objects.requireNonNull(targets.get(mode));
    }

    /** Sends a packet and says whether there was an answer. */
    String probe(Cell cell, Duration limit) {
        LabHost from = from(cell);
        String address = address(cell);
        int inside = cell.column().published ? PUBLISHED : CLOSED;
        int port = cell.column().atHost && cell.column().published ? hostPort(cell.mode()) : inside;
        return switch (cell.column()) {
            case PING -> ping(from, address, limit);
            case PUBLISHED_HOST_TCP, PUBLISHED_OWN_TCP, CLOSED_HOST_TCP, CLOSED_OWN_TCP ->
                from.reachTcp(address, port, limit) == Reach.CONNECTED
                        ? seen(cell, whoAmI(from, address, port))
                        : Reachability.NO;
            case PUBLISHED_HOST_UDP, PUBLISHED_OWN_UDP, CLOSED_HOST_UDP, CLOSED_OWN_UDP ->
                askUdp(from, address, port, limit).map(who -> seen(cell, who)).orElse(Reachability.NO);
        };
    }

    private LabHost from(Cell cell) {
        return switch (cell.row()) {
            case HOST, LOOPBACK -> host;
            case LAN -> lan;
            case SAME_NETWORK -> Objects.requireNonNull(peers.get(cell.mode()));
            case OTHER_NETWORK -> other;
            case SAME_CONTAINER -> target(cell.mode());
        };
    }

    private String address(Cell cell) {
        if (!cell.column().atHost) {
            return own(target(cell.mode()).name(), cell.family());
        }
        boolean loopback = cell.row() == Reachability.Row.LOOPBACK;
        return switch (cell.family()) {
            case IPV4 -> loopback ? "127.0.0.1" : HOST;
            case IPV6 -> loopback ? "::1" : HOST_IPV6;
        };
    }

    private String own(String sandbox, IpFamily family) {
        Endpoint endpoint = on.endpoint(sandbox);
        return switch (family) {
            case IPV4 -> endpoint.ipv4().orElseThrow().address().address().toString();
            case IPV6 -> endpoint.ipv6().orElseThrow().address().address().toString();
        };
    }

    /** Sets the policy of iptables' chain FORWARD, of both families. */
    void dropForwarded() {
        host.exec("iptables-nft", "-P", "FORWARD", "DROP");
        host.exec("ip6tables-nft", "-P", "FORWARD", "DROP");
    }

    private static String ping(LabHost from, String address, Duration limit) {
        String seconds = String.format(Locale.ROOT, "%.1f", limit.toMillis() / 1000.0);
        int exit =
                from.command("ping", "-c1", "-W" + seconds, address).execute().exitCode();
        return exit == 0 ? Reachability.YES : Reachability.NO;
    }

    /** A container of an isolated network has no way to anybody else. */
    private static Optional<String> askUdp(LabHost from, String address, int port, Duration limit) {
        try {
            return from.askUdp(address, port, "?", limit);
        } catch (LabException noRoute) {
            if (String.valueOf(noRoute.getMessage()).endsWith("Network is unreachable")) {
                return Optional.empty();
            }
            throw noRoute;
        }
    }

    private static String whoAmI(LabHost from, String address, int port) {
        try (TcpConnection connection = from.connectTcp(address, port)) {
            return connection.readAll();
        }
    }

    /** The host has the bridge's address itself; it is another one than it sent with where it asked at another address. */
    private static String seen(Cell cell, String who) {
        String address = who.substring(0, who.lastIndexOf(':')).replaceAll("%.*", "");
        boolean bridge = IpAddress.parse(address).equals(IpAddress.parse(gateway(cell.mode(), cell.family())));
        boolean own = cell.row() == Reachability.Row.HOST && !cell.column().atHost;
        return bridge && !own ? Reachability.AS_BRIDGE : Reachability.YES;
    }

    @Override
    public void close() {
        on.engine.snapshot().sandboxes().forEach(sandbox -> on.engine.removeSandbox(sandbox.id()));
        on.engine.snapshot().networks().stream()
                .filter(network -> !network.isDefault())
                .forEach(network -> on.engine.removeNetwork(network.id()));
        on.close();
    }
}
