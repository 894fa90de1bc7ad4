package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.view.ClosedChain;
import dev.bailey.engine.view.DefaultRoute;
import dev.bailey.engine.view.FirewallTable;
import dev.bailey.engine.view.HostChange;
import dev.bailey.engine.view.NatTable;
import dev.bailey.engine.view.ObservedFlow;
import dev.bailey.engine.view.ObservedLink;
import dev.bailey.engine.view.Observer;
import dev.bailey.engine.view.PortTaker;
import dev.bailey.linux.Errno;
import dev.bailey.linux.LinuxException;
import dev.bailey.linux.Sysctl;
import dev.bailey.netlink.AddressText;
import dev.bailey.netlink.route.Address;
import dev.bailey.netlink.route.Route;
import dev.bailey.netlink.route.RouteConnection;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Looks at the kernel of the network namespace that it was opened in.
 *
 * <p>One platform thread asks, one question after the other, over sockets that live as long as the question: the writer's
 * are not used, and nothing is kept open while nobody looks.
 */
public final class LinuxObserver implements Observer {
    private final ObserverThread thread;

    private LinuxObserver(ObserverThread thread) {
        this.thread = thread;
    }

    /** Opens an observer of the calling thread's network namespace. */
    public static LinuxObserver open() {
        return new LinuxObserver(ObserverThread.start());
    }

    @Override
    public List<ObservedLink> links() {
        return thread.ask(() -> {
            try (RouteConnection route = RouteConnection.open()) {
                return ObservedLinks.of(route.linkReports(), addresses(route));
            }
        });
    }

    private static Map<Integer, List<String>> addresses(RouteConnection route) throws IOException {
        return route.addresses().stream()
                .collect(Collectors.groupingBy(
                        Address::link,
                        Collectors.mapping(address -> address.prefix().toString(), Collectors.toList())));
    }

    @Override
    public List<DefaultRoute> defaultRoutes() {
        return thread.ask(() -> {
            try (RouteConnection route = RouteConnection.open()) {
                AdvertisedRoutes advertised = AdvertisedRoutes.read();
                return route.routes().stream()
                        .filter(each -> each.isDefault() && each.table() == Route.MAIN_TABLE)
                        .map(each -> defaultRoute(each, advertised))
                        .toList();
            }
        });
    }

    @Override
    public List<FirewallTable> tables() {
        return thread.ask(RuleReader::tables);
    }

    @Override
    public List<NatTable> nat() {
        return thread.ask(RuleReader::nat);
    }

    @Override
    public List<ObservedFlow> flows(Set<String> addresses) {
        return thread.ask(() -> FlowReader.flows(addresses));
    }

    @Override
    public List<ClosedChain> closedChains(Set<InterfaceName> bridges) {
        return thread.ask(() -> ClosedChains.read(bridges));
    }

    @Override
    public Map<String, String> settings(Set<String> names) {
        return thread.ask(() -> {
            Map<String, String> values = new HashMap<>();
            for (String name : names) {
                setting(name).ifPresent(value -> values.put(name, value));
            }
            return values;
        });
    }

    private static Optional<String> setting(String name) throws LinuxException {
        try {
            return Optional.of(Sysctl.read(name));
        } catch (LinuxException refusal) {
            if (refusal.errno().equals(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    @Override
    public List<PortTaker> listeners(Predicate<PortTaker> wanted) {
        return thread.ask(() -> HostSockets.takers(wanted));
    }

    @Override
    public Following follow(Consumer<HostChange> consumer) {
        return thread.ask(() -> ChangeFollower.start(consumer));
    }

    private static DefaultRoute defaultRoute(Route route, AdvertisedRoutes advertised) {
        return new DefaultRoute(
                route.link(),
                route.gateway().map(AddressText::of).orElse(""),
                Integer.toUnsignedLong(route.metric()),
                route.destination().address().getAddress().length > 4,
                advertised.contain(route));
    }

    @Override
    public void close() {
        thread.close();
    }
}
