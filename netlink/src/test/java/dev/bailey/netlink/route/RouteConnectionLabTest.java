package dev.bailey.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.linux.Errno;
import dev.bailey.linux.NetworkNamespace;
import dev.bailey.linux.Task;
import dev.bailey.netlink.NetlinkException;
import dev.bailey.netlink.route.VethSpec.End;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the kernel makes of our requests, read back by our own decoders and by {@code ip}. */
@Tag("lab")
class RouteConnectionLabTest {
    private NetworkNamespace host;
    private NetworkNamespace sandbox;

    @BeforeEach
    void namespaces() throws IOException {
        host = NetworkNamespace.create();
        sandbox = NetworkNamespace.create();
    }

    @AfterEach
    void close() {
        host.close();
        sandbox.close();
    }

    @Test
    void createBridge_isABridgeWithItsMtuAndAddress() throws IOException {
        Link bridge = on(host, route -> {
            HardwareAddress mac = new HardwareAddress("02:ba:0a:01:00:01");
            route.request(RouteRequests.createBridge("br0", 1400, Optional.of(mac)));
            return route.link("br0").orElseThrow();
        });

        assertThat(bridge.kind()).isEqualTo("bridge");
        assertThat(bridge.mtuBytes()).isEqualTo(1400);
        assertThat(bridge.up()).isFalse();
        assertThat(ip(host, "-d", "-j", "link", "show", "br0"))
                .contains("\"mtu\":1400", "02:ba:0a:01:00:01", "\"mcast_snooping\":0");
    }

    @Test
    void createVeth_peerInNamespace_isBornThereAndConfiguredWithOneSend() throws IOException {
        on(host, route -> {
            route.request(RouteRequests.createBridge("br0", 1500, Optional.empty()));
            int bridge = route.link("br0").orElseThrow().index();
            route.request(RouteRequests.createVeth(VethSpec.of(
                            new End("veth1", 51, 1400, Optional.empty()),
                            new End("eth0", 52, 1400, Optional.of(new HardwareAddress("02:ba:0a:01:00:02"))))
                    .master(bridge)
                    .up()
                    .peerIn(sandbox)));
            return route;
        });
        on(sandbox, route -> {
            route.requestAll(List.of(
                    RouteRequests.setUp(1, true),
                    RouteRequests.setUp(52, true),
                    RouteRequests.addAddress(new Address(52, Prefix.parse("10.1.0.2/24"))),
                    RouteRequests.addRoute(
                            Route.defaultVia(Prefix.parse("10.1.0.1").address()))));
            return route;
        });

        assertThat(ip(host, "-j", "link", "show", "veth1")).contains("\"ifindex\":51", "\"master\":\"br0\"", "\"UP\"");
        assertThat(ip(sandbox, "-j", "link", "show", "eth0"))
                .contains("\"ifindex\":52", "02:ba:0a:01:00:02", "\"mtu\":1400");
        assertThat(ip(sandbox, "-j", "addr", "show", "eth0"))
                .contains("\"local\":\"10.1.0.2\"", "\"prefixlen\":24", "\"broadcast\":\"10.1.0.255\"");
        assertThat(ip(sandbox, "-j", "route", "show", "default"))
                .contains("\"gateway\":\"10.1.0.1\"", "\"dev\":\"eth0\"");
        assertThat(on(sandbox, RouteConnection::addresses))
                .contains(new Address(52, Prefix.parse("10.1.0.2/24")), new Address(1, Prefix.parse("127.0.0.1/8")));
        assertThat(on(sandbox, RouteConnection::routes)).anySatisfy(route -> {
            assertThat(route.isDefault()).isTrue();
            assertThat(route.gateway()).contains(Prefix.parse("10.1.0.1").address());
            assertThat(route.link()).isEqualTo(52);
        });
    }

    @Test
    void rulesNeighboursAndRoutes_readBackAsSent() throws IOException {
        Rule rule = Rule.marked(0x10, 0xf0, 1000, 77);
        int bridge = on(host, route -> {
            route.request(RouteRequests.createBridge("br0", 1500, Optional.empty()));
            return route.link("br0").orElseThrow().index();
        });
        HardwareAddress mac = new HardwareAddress("02:00:00:00:00:09");
        InetAddress other = Prefix.parse("10.1.0.9").address();
        Neighbour neighbour = new Neighbour(bridge, other, Optional.of(mac), Neighbour.PERMANENT);
        Route route77 = new Route(Prefix.parse("192.0.2.0/24"), Optional.empty(), 1, Optional.empty(), 5, 77);
        on(host, route -> {
            route.requestAll(List.of(
                    RouteRequests.setUp(1, true),
                    RouteRequests.setUp(bridge, true),
                    RouteRequests.addRule(rule),
                    RouteRequests.replaceNeighbour(neighbour),
                    RouteRequests.addRoute(route77)));
            return route;
        });

        assertThat(on(host, RouteConnection::rules)).contains(rule);
        assertThat(on(host, RouteConnection::neighbours)).contains(neighbour);
        assertThat(on(host, RouteConnection::routes)).contains(route77);
        on(host, route -> {
            route.requestAll(List.of(
                    RouteRequests.deleteRule(rule),
                    RouteRequests.deleteNeighbour(neighbour),
                    RouteRequests.deleteRoute(route77)));
            return route;
        });
        assertThat(on(host, RouteConnection::rules)).doesNotContain(rule);
        assertThat(on(host, RouteConnection::routes)).doesNotContain(route77);
    }

    @Test
    void requestAll_oneRefused_theOthersHappenAndTheErrorNamesIt() {
        assertThatThrownBy(() -> on(host, route -> {
                    route.requestAll(List.of(
                            RouteRequests.setUp(1, true),
                            RouteRequests.setUp("nosuch0", true),
                            RouteRequests.addAddress(new Address(1, Prefix.parse("10.9.9.9/32")))));
                    return route;
                }))
                .isInstanceOfSatisfying(NetlinkException.class, refusal -> {
                    assertThat(refusal.index()).isEqualTo(1);
                    assertThat(refusal.errno()).isEqualTo(Errno.ENODEV);
                    assertThat(refusal.object()).isEqualTo("nosuch0");
                });
        assertThat(ip(host, "-j", "addr", "show", "lo")).contains("10.9.9.9");
    }

    @Test
    void events_linkComesAndGoes_areDelivered() throws IOException {
        try (RouteEvents events = host.call(RouteEvents::ofLinks)) {
            on(host, route -> {
                route.request(RouteRequests.createBridge("br1", 1500, Optional.empty()));
                route.request(RouteRequests.deleteLink("br1"));
                return route;
            });

            assertThat(next(events))
                    .isInstanceOfSatisfying(
                            RouteEvents.LinkChanged.class,
                            event -> assertThat(event.link().name()).isEqualTo("br1"));
            RouteEvents.Event event = next(events);
            while (event instanceof RouteEvents.LinkChanged) {
                event = next(events);
            }
            assertThat(event).isInstanceOf(RouteEvents.LinkRemoved.class);
        }
    }

    @Test
    void link_absent_isEmpty() throws IOException {
        Optional<Link> byName = on(host, route -> route.link("nosuch0"));
        Optional<Link> byIndex = on(host, route -> route.link(4711));

        assertThat(byName).isEmpty();
        assertThat(byIndex).isEmpty();
    }

    @Test
    void deleteGroup_removesAllOfIt() throws IOException {
        List<Link> left = on(host, route -> {
            for (String name : List.of("br1", "br2", "br3")) {
                route.request(RouteRequests.createBridge(name, 1500, Optional.empty()));
            }
            route.requestAll(List.of(RouteRequests.setGroup("br1", 7), RouteRequests.setGroup("br3", 7)));
            route.request(RouteRequests.deleteGroup(7));
            return route.links();
        });

        assertThat(left).extracting(Link::name).containsExactlyInAnyOrder("lo", "br2");
    }

    private static RouteEvents.Event next(RouteEvents events) throws IOException {
        return events.next(Duration.ofSeconds(5)).orElseThrow();
    }

    private interface Use<T> {
        T with(RouteConnection route) throws IOException;
    }

    private static <T> T on(NetworkNamespace namespace, Use<T> use) throws IOException {
        Task<T, IOException> task = () -> {
            try (RouteConnection route = RouteConnection.open()) {
                return use.with(route);
            }
        };
        return namespace.call(task);
    }

    private static String ip(NetworkNamespace namespace, String... arguments) {
        try {
            Task<String, IOException> task = () -> {
                List<String> command = new java.util.ArrayList<>(List.of("ip"));
                command.addAll(List.of(arguments));
                Process process =
                        new ProcessBuilder(command).redirectErrorStream(true).start();
                String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
                return text;
            };
            return namespace.call(task);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
