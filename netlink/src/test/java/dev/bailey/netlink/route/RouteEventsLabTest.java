package dev.bailey.netlink.route;

import static dev.bailey.netlink.route.Sandboxes.on;
import static dev.bailey.netlink.route.Sandboxes.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.linux.Action;
import dev.bailey.linux.NetworkNamespace;
import dev.bailey.linux.Sysctl;
import dev.bailey.linux.Task;
import dev.bailey.netlink.route.RouteEvents.Event;
import dev.bailey.netlink.route.VethSpec.End;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the kernel tells of changes, as typed events. */
@Tag("lab")
class RouteEventsLabTest {
    private static final Duration WAIT = Duration.ofSeconds(10);

    private NetworkNamespace host;

    @BeforeEach
    void open() throws IOException {
        host = NetworkNamespace.create();
        request(host, RouteRequests.createBridge("br0", 1500, Optional.empty()));
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void ofLinks_portComesAndGoes_everyEventIsOfAWholeLink() throws IOException {
        int bridge = on(host, route -> route.link("br0").orElseThrow()).index();
        try (RouteEvents events = host.call(RouteEvents::ofLinks)) {
            request(
                    host,
                    RouteRequests.createVeth(VethSpec.of(End.named("veth1"), End.named("veth2"))
                            .master(bridge)
                            .up()),
                    RouteRequests.setMaster("veth1", 0),
                    RouteRequests.deleteLink("veth1"));

            // Which end goes first is the kernel's choice.
            Set<String> gone = new HashSet<>();
            List<Event> seen = until(
                    events,
                    event -> event instanceof RouteEvents.LinkRemoved(Link link)
                            && gone.add(link.name())
                            && gone.size() == 2);
            assertThat(seen).isNotEmpty().allSatisfy(event -> {
                Link link = switch (event) {
                    case RouteEvents.LinkChanged(Link changed) -> changed;
                    case RouteEvents.LinkRemoved(Link removed) -> removed;
                    case RouteEvents.LinkLeaving _,
                            RouteEvents.AddressChanged _,
                            RouteEvents.AddressRemoved _,
                            RouteEvents.RouteChanged _,
                            RouteEvents.RouteRemoved _,
                            RouteEvents.RuleRemoved _,
                            RouteEvents.ForwardingChanged _,
                            RouteEvents.Overflow _ -> throw new AssertionError(event);
                };
                assertThat(link.kind()).isIn("veth", "bridge");
            });
            assertThat(seen)
                    .filteredOn(event -> event instanceof RouteEvents.LinkRemoved)
                    .hasSize(2);
            assertThat(seen)
                    .anyMatch(event -> event instanceof RouteEvents.LinkChanged(Link link) && link.master() == bridge);
        }
    }

    @Test
    void ofRemovedLinks_linkComesChangesAndGoes_onlyItsEndIsTold() throws IOException {
        try (RouteEvents events = host.call(RouteEvents::ofRemovedLinks)) {
            request(
                    host,
                    RouteRequests.createBridge("br9", 1500, Optional.empty()),
                    RouteRequests.setUp("br9", true),
                    RouteRequests.setMtu("br9", 1400),
                    RouteRequests.deleteLink("br9"));

            List<Event> seen = until(events, RouteEvents.LinkRemoved.class::isInstance);
            assertThat(seen).hasSize(2);
            assertThat(seen.getLast()).isInstanceOfSatisfying(RouteEvents.LinkRemoved.class, removed -> {
                assertThat(removed.link().name()).isEqualTo("br9");
                assertThat(removed.link().mtuBytes()).isEqualTo(1400);
                assertThat(seen.getFirst())
                        .isEqualTo(new RouteEvents.LinkLeaving(removed.link().index()));
            });
        }
    }

    @Test
    void ofAll_addressAndRouteComeAndGo_areTold() throws IOException {
        int bridge = on(host, route -> route.link("br0").orElseThrow()).index();
        Address address = new Address(bridge, Prefix.parse("10.1.0.1/24"));
        Route route = new Route(
                Prefix.parse("192.0.2.0/24"),
                Optional.of(Prefix.parse("10.1.0.9").address()),
                bridge,
                Optional.empty(),
                0,
                Route.MAIN_TABLE);
        try (RouteEvents events = host.call(RouteEvents::ofAll)) {
            request(
                    host,
                    RouteRequests.setUp(bridge, true),
                    RouteRequests.addAddress(address),
                    RouteRequests.addRoute(route),
                    RouteRequests.deleteRoute(route),
                    RouteRequests.deleteAddress(address));

            List<Event> seen = until(events, new RouteEvents.AddressRemoved(address)::equals);
            assertThat(seen)
                    .containsSubsequence(
                            new RouteEvents.AddressChanged(address),
                            new RouteEvents.RouteChanged(route),
                            new RouteEvents.RouteRemoved(route),
                            new RouteEvents.AddressRemoved(address));
        }
    }

    @Test
    void ofBreakages_portsThatWorkAndWhatWeDo_wakeNobody() throws IOException {
        int bridge = on(host, route -> route.link("br0").orElseThrow()).index();
        try (RouteConnection ours = host.call(RouteConnection::open);
                RouteEvents events = breakages(ours.portId())) {
            ours.request(RouteRequests.createVeth(VethSpec.of(End.named("veth1"), End.named("veth2"))
                    .master(bridge)
                    .up()));
            ours.request(RouteRequests.setUp("br0", true));
            request(host, RouteRequests.setMtu("veth1", 1400), RouteRequests.setGroup("veth1", 7));
            request(host, RouteRequests.setUp("veth1", false));

            List<Event> seen = until(
                    events,
                    event -> event instanceof RouteEvents.LinkChanged(Link link) && !link.up() && link.group() == 7);
            assertThat(seen)
                    .filteredOn(event ->
                            event instanceof RouteEvents.LinkChanged(Link link) && link.up() && link.master() == bridge)
                    .isEmpty();
            assertThat(seen)
                    .filteredOn(event -> event instanceof RouteEvents.LinkChanged(Link link)
                            && link.name().equals("veth1"))
                    .hasSize(1);

            request(host, RouteRequests.setMaster("veth1", 0));
            until(events, event -> event instanceof RouteEvents.LinkChanged(Link link) && link.master() == 0);
            switchForwarding("1");
            switchForwarding("0");
            assertThat(until(
                            events,
                            new RouteEvents.ForwardingChanged(false, RouteEvents.ForwardingChanged.ALL_LINKS, false)
                                    ::equals))
                    .noneMatch(event -> event instanceof RouteEvents.ForwardingChanged changed && changed.on());
        }
    }

    @Test
    void ofBreakages_pairBornAsPort_wakesNobody() throws IOException {
        int bridge = on(host, route -> route.link("br0").orElseThrow()).index();
        switchForwarding("1");
        try (RouteConnection ours = host.call(RouteConnection::open);
                RouteEvents events = breakages(ours.portId());
                NetworkNamespace sandbox = NetworkNamespace.create()) {
            ours.request(RouteRequests.createVeth(VethSpec.of(End.named("veth1"), End.named("eth0"))
                    .master(bridge)
                    .up()
                    .peerIn(sandbox)));
            switchForwarding("0");

            assertThat(until(events, event -> event instanceof RouteEvents.ForwardingChanged))
                    .noneMatch(event -> event instanceof RouteEvents.LinkChanged(Link link)
                            && link.name().equals("veth1"))
                    .last()
                    .isEqualTo(
                            new RouteEvents.ForwardingChanged(false, RouteEvents.ForwardingChanged.ALL_LINKS, false));
        }
    }

    /** Links that come, ours or not, tell of addresses and settings of their own: of those nobody hears. */
    @Test
    void ofBreakages_ipv6_tellsOfLostAddressesAndOfAllLinksAlone() throws IOException {
        Address address =
                new Address(on(host, route -> route.link("br0").orElseThrow()).index(), Prefix.parse("fd00::1/64"));
        try (RouteConnection ours = host.call(RouteConnection::open);
                RouteEvents events = breakages(ours.portId())) {
            request(host, RouteRequests.createVeth(VethSpec.of(End.named("veth1"), End.named("veth2"))));
            request(host, RouteRequests.addAddressAtOnce(address), RouteRequests.deleteAddress(address));
            Action<IOException> onAndOff = () -> {
                Sysctl.write("net.ipv6.conf.all.forwarding", "1");
                Sysctl.write("net.ipv6.conf.all.forwarding", "0");
            };
            host.run(onAndOff);

            List<Event> seen = until(
                    events,
                    new RouteEvents.ForwardingChanged(true, RouteEvents.ForwardingChanged.ALL_LINKS, false)::equals);
            assertThat(seen).contains(new RouteEvents.AddressRemoved(address));
            assertThat(seen).noneMatch(event -> event instanceof RouteEvents.AddressChanged);
            assertThat(seen)
                    .filteredOn(event -> event instanceof RouteEvents.ForwardingChanged changed && changed.ipv6())
                    .hasSize(1);
        }
    }

    @Test
    void next_nothingHappens_isEmpty() throws IOException {
        try (RouteEvents events = host.call(RouteEvents::ofAll)) {
            assertThat(events.next(Duration.ofMillis(1))).isEmpty();
        }
    }

    @Test
    void sandboxEndsWithItsNamespace_hostEndsRemovalIsTold() throws IOException {
        NetworkNamespace sandbox = NetworkNamespace.create();
        request(
                host,
                RouteRequests.createVeth(
                        VethSpec.of(End.named("veth1"), End.named("eth0")).peerIn(sandbox)));
        try (RouteEvents events = host.call(RouteEvents::ofLinks)) {
            sandbox.close();

            List<Event> seen = until(events, event -> event instanceof RouteEvents.LinkRemoved);
            assertThat(seen.getLast())
                    .isInstanceOfSatisfying(
                            RouteEvents.LinkRemoved.class,
                            event -> assertThat(event.link().name()).isEqualTo("veth1"));
        }
    }

    private RouteEvents breakages(int portId) throws IOException {
        Task<RouteEvents, IOException> open = () -> RouteEvents.ofBreakages(portId);
        return host.call(open);
    }

    private void switchForwarding(String value) throws IOException {
        Action<IOException> write = () -> Sysctl.write("net.ipv4.ip_forward", value);
        host.run(write);
    }

    private static List<Event> until(RouteEvents events, Predicate<Event> last) throws IOException {
        List<Event> seen = new ArrayList<>();
        do {
            seen.add(events.next(WAIT).orElseThrow());
        } while (!last.test(seen.getLast()));
        return seen;
    }
}
