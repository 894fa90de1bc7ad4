package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.view.HostChange;
import dev.bailey.engine.view.Observer;
import dev.bailey.netlink.AddressText;
import dev.bailey.netlink.nftables.NftablesEvent;
import dev.bailey.netlink.nftables.NftablesMonitor;
import dev.bailey.netlink.route.Address;
import dev.bailey.netlink.route.Link;
import dev.bailey.netlink.route.Route;
import dev.bailey.netlink.route.RouteConnection;
import dev.bailey.netlink.route.RouteEvents;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what the kernel reports of links, addresses, routes and rules, for one listener, on two threads and sockets of
 * its own.
 */
final class ChangeFollower implements Observer.Following {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeFollower.class);
    private static final Duration WAIT = Duration.ofMinutes(1);
    private static final int LOCAL_TABLE = 255;

    private final RouteEvents routes;
    private final NftablesMonitor rules;
    private final Map<Integer, String> names = new ConcurrentHashMap<>();
    private final Consumer<HostChange> consumer;

    private ChangeFollower(RouteEvents routes, NftablesMonitor rules, Consumer<HostChange> consumer) {
        this.routes = routes;
        this.rules = rules;
        this.consumer = consumer;
    }

    /** Follows the calling thread's network namespace. */
    static ChangeFollower start(Consumer<HostChange> consumer) throws IOException {
        RouteEvents routes = RouteEvents.ofAll();
        NftablesMonitor rules;
        try {
            rules = NftablesMonitor.open();
        } catch (IOException refusal) {
            routes.close();
            throw refusal;
        }
        ChangeFollower follower = new ChangeFollower(routes, rules, consumer);
        try (RouteConnection now = RouteConnection.open()) {
            now.links().forEach(link -> follower.names.put(link.index(), link.name()));
        } catch (IOException refusal) {
            follower.close();
            throw refusal;
        }
        follower.run("bailey-follow-links", () -> routes.next(WAIT).ifPresent(follower::tell));
        follower.run("bailey-follow-rules", () -> rules.next(WAIT).ifPresent(follower::tell));
        return follower;
    }

    @FunctionalInterface
    private interface Turn {
        void take() throws IOException;
    }

    private void run(String name, Turn turn) {
        Thread.ofPlatform().name(name).daemon(true).start(() -> {
            try {
                while (true) {
                    turn.take();
                }
            } catch (AsynchronousCloseException closed) {
                LOG.debug("{} has ended", name);
            } catch (IOException failure) {
                LOG.warn("{} can no longer follow the kernel: {}", name, failure.getMessage());
            }
        });
    }

    private void tell(RouteEvents.Event event) {
        switch (event) {
            case RouteEvents.LinkChanged(Link link) -> {
                names.put(link.index(), link.name());
                link("change", link);
            }
            case RouteEvents.LinkRemoved(Link link) -> {
                link("remove", link);
                names.remove(link.index());
            }
            case RouteEvents.AddressChanged(Address address) -> address("change", address);
            case RouteEvents.AddressRemoved(Address address) -> address("remove", address);
            case RouteEvents.RouteChanged(Route route) -> route("change", route);
            case RouteEvents.RouteRemoved(Route route) -> route("remove", route);
            case RouteEvents.ForwardingChanged changed -> forwarding(changed);
            case RouteEvents.Overflow() -> lost();
            case RouteEvents.RuleRemoved _, RouteEvents.LinkLeaving _ -> {}
        }
    }

    private void lost() {
        consumer.accept(new HostChange("kernel", "overflow", "notifications were lost", Map.of()));
    }

    private void link(String action, Link link) {
        consumer.accept(new HostChange(
                "link",
                action,
                link.name(),
                Map.of(
                        "state", link.up() ? link.carrier() ? "up" : "no carrier" : "down",
                        "mtu", String.valueOf(link.mtuBytes()),
                        "master", link.master() == 0 ? "" : name(link.master()))));
    }

    private void address(String action, Address address) {
        Map<String, String> attributes = Map.of("address", address.prefix().toString());
        consumer.accept(new HostChange("address", action, name(address.link()), attributes));
    }

    /** The kernel's own routes to this host's addresses come and go with these, which are told already. */
    private void route(String action, Route route) {
        if (route.table() != LOCAL_TABLE) {
            Map<String, String> attributes = Map.of(
                    "destination", route.destination().toString(),
                    "gateway", route.gateway().map(AddressText::of).orElse(""),
                    "metric", Integer.toUnsignedString(route.metric()),
                    "table", Integer.toUnsignedString(route.table()));
            consumer.accept(new HostChange("route", action, name(route.link()), attributes));
        }
    }

    private void forwarding(RouteEvents.ForwardingChanged changed) {
        int link = changed.link();
        String name = link == RouteEvents.ForwardingChanged.ALL_LINKS ? "all" : name(link);
        String family = changed.ipv6() ? "ipv6" : "ipv4";
        Map<String, String> attributes = Map.of("value", changed.on() ? "1" : "0");
        consumer.accept(
                new HostChange("setting", "change", "net." + family + ".conf." + name + ".forwarding", attributes));
    }

    private String name(int index) {
        return Optional.ofNullable(names.get(index)).orElse("link " + index);
    }

    private void tell(NftablesEvent event) {
        switch (event) {
            case NftablesEvent.Overflow() -> lost();
            case NftablesEvent.Committed committed -> {
                String tables = committed.changes().stream()
                        .map(change -> change.table().toString())
                        .collect(Collectors.collectingAndThen(
                                Collectors.toCollection(TreeSet::new), all -> String.join(", ", all)));
                consumer.accept(new HostChange(
                        "rules",
                        "commit",
                        committed.generation().threadName(),
                        Map.of(
                                "tables", tables,
                                "changes", String.valueOf(committed.changes().size()),
                                "process", String.valueOf(committed.generation().threadId()))));
            }
        }
    }

    @Override
    public void close() {
        routes.close();
        rules.close();
    }
}
