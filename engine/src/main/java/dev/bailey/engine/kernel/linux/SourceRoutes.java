package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.kernel.SandboxStep.SourceRoute;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.LinkAddress;
import dev.bailey.netlink.route.Link;
import dev.bailey.netlink.route.Prefix;
import dev.bailey.netlink.route.Route;
import dev.bailey.netlink.route.RouteConnection;
import dev.bailey.netlink.route.RouteRequests;
import dev.bailey.netlink.route.Rule;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Has packets leave a sandbox by the end whose address they have as their source: a rule for each such address, and a table
 * for its end.
 *
 * <pre>{@code
 * 30072: from 172.20.0.2 lookup 718012
 *
 * table 718012
 * default via 172.20.0.1 dev eth1
 * 172.20.0.0/16 dev eth1 scope link
 * }</pre>
 *
 * <p>When an end goes, the kernel takes its routes and leaves the rule, which then leads nowhere.
 */
final class SourceRoutes {
    /** Who made rules and routes, as with {@link RoutingSteps}. */
    private static final int MAKER = 71;

    /** Not one of {@link RoutingSteps}, whose rules a sandbox has that is the host of an engine of its own. */
    private static final int BY_SOURCE = 30_072;

    /** The table of the link with index 0; the others follow. */
    private static final int FIRST_TABLE = 718_000;

    private SourceRoutes() {}

    /** Brings them to what is wanted, in the namespace behind a connection. */
    static void commit(RouteConnection inside, Set<SourceRoute> wanted) throws IOException {
        Set<Rule> found = new HashSet<>();
        inside.rules().stream().filter(SourceRoutes::isOwn).forEach(found::add);
        for (SourceRoute each : wanted) {
            Optional<Link> end = inside.link(each.hop().sandboxEnd().value());
            if (end.isPresent()) {
                int link = end.get().index();
                Rule rule = rule(each, FIRST_TABLE + link);
                lead(inside, each, link);
                if (!found.remove(rule)) {
                    inside.request(RouteRequests.addRule(rule));
                }
            }
        }
        if (!found.isEmpty()) {
            remove(inside, found);
        }
    }

    private static boolean isOwn(Rule rule) {
        return rule.protocol() == MAKER && rule.priority() == BY_SOURCE;
    }

    private static Rule rule(SourceRoute wanted, int table) {
        InetAddress source = Values.inet(wanted.address().address());
        return Rule.from(new Prefix(source, source.getAddress().length * Byte.SIZE), BY_SOURCE, table)
                .by(MAKER);
    }

    private static void lead(RouteConnection inside, SourceRoute wanted, int link) throws IOException {
        int table = FIRST_TABLE + link;
        Prefix subnet = subnet(wanted.address());
        Route neighbours = new Route(subnet, Optional.empty(), link, Optional.empty(), 0, table);
        InetAddress gateway = Values.inet(wanted.hop().gateway());
        Prefix any = Route.defaultVia(gateway).destination();
        inside.request(RouteRequests.replaceRoute(neighbours, MAKER));
        inside.request(RouteRequests.replaceRoute(
                new Route(any, Optional.of(gateway), link, Optional.empty(), 0, table), MAKER));
    }

    private static Prefix subnet(LinkAddress address) {
        return Values.prefix(
                switch (address) {
                    case InterfaceAddress ipv4 ->
                        new InterfaceAddress(ipv4.subnet().base(), ipv4.prefixLength());
                    case Ipv6InterfaceAddress ipv6 ->
                        new Ipv6InterfaceAddress(ipv6.subnet().base(), ipv6.prefixLength());
                });
    }

    private static void remove(RouteConnection inside, Set<Rule> surplus) throws IOException {
        Set<Integer> tables = surplus.stream().map(Rule::table).collect(Collectors.toSet());
        for (Rule rule : surplus) {
            inside.request(RouteRequests.deleteRule(rule));
        }
        for (Route route : inside.routes()) {
            if (tables.contains(route.table())) {
                inside.request(RouteRequests.deleteRoute(route));
            }
        }
    }
}
