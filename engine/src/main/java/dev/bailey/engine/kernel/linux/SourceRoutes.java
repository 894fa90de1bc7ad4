package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.kernel.SandboxStep.SourceRoute;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.IpSubnet;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Has packets leave a sandbox by the end whose address they have as their source: three rules for each such address, and a
 * table for its end. First the subnets of the ends, then the sandbox's own routes, whoever made them, but for the default one,
 * then the gateway.
 *
 * <pre>{@code
 * 30072: from 172.20.0.2 lookup 718012 suppress_prefixlength 0
 * 30073: from 172.20.0.2 lookup main suppress_prefixlength 0
 * 30074: from 172.20.0.2 lookup 718012
 *
 * table 718012
 * default via 172.20.0.1 dev eth1
 * 172.19.0.0/16 via 172.20.0.1 dev eth1
 * 172.20.0.0/16 dev eth1 scope link
 * }</pre>
 *
 * <p>When an end goes, the kernel takes its routes and leaves the rules, which then lead nowhere.
 */
final class SourceRoutes {
    /** Who made rules and routes, as with {@link RoutingSteps}. */
    private static final int MAKER = 71;

    /** Not those of {@link RoutingSteps}, whose rules a sandbox has that is the host of an engine of its own. */
    private static final int SUBNETS_FIRST = 30_072;

    private static final int THEN_MAIN = 30_073;
    private static final int THEN_GATEWAY = 30_074;

    /** The table of the link with index 0; the others follow. */
    private static final int FIRST_TABLE = 718_000;

    private SourceRoutes() {}

    /** Brings them to what is wanted, in the namespace behind a connection. */
    static void commit(RouteConnection inside, Set<SourceRoute> wanted) throws IOException {
        Set<Rule> found = new HashSet<>();
        inside.rules().stream().filter(SourceRoutes::isOwn).forEach(found::add);
        Set<Rule> rules = new LinkedHashSet<>();
        Set<Route> routes = new LinkedHashSet<>();
        for (SourceRoute each : wanted) {
            Optional<Link> end = inside.link(each.hop().sandboxEnd().value());
            if (end.isPresent()) {
                int link = end.get().index();
                rules.addAll(rules(each, FIRST_TABLE + link));
                routes.addAll(routes(each, link));
            }
        }
        removeRoutes(inside, tables(rules, found), routes);
        for (Route route : routes) {
            inside.request(RouteRequests.replaceRoute(route, MAKER));
        }
        for (Rule rule : rules) {
            if (!found.remove(rule)) {
                inside.request(RouteRequests.addRule(rule));
            }
        }
        for (Rule surplus : found) {
            inside.request(RouteRequests.deleteRule(surplus));
        }
    }

    private static boolean isOwn(Rule rule) {
        return rule.protocol() == MAKER && rule.priority() >= SUBNETS_FIRST && rule.priority() <= THEN_GATEWAY;
    }

    private static List<Rule> rules(SourceRoute wanted, int table) {
        InetAddress source = Values.inet(wanted.address().address());
        Prefix from = new Prefix(source, source.getAddress().length * Byte.SIZE);
        return List.of(
                Rule.from(from, SUBNETS_FIRST, table).suppressing(0).by(MAKER),
                Rule.from(from, THEN_MAIN, Route.MAIN_TABLE).suppressing(0).by(MAKER),
                Rule.from(from, THEN_GATEWAY, table).by(MAKER));
    }

    private static List<Route> routes(SourceRoute wanted, int link) {
        int table = FIRST_TABLE + link;
        InetAddress gateway = Values.inet(wanted.hop().gateway());
        List<Route> routes = new ArrayList<>();
        routes.add(new Route(subnet(wanted.address()), Optional.empty(), link, Optional.empty(), 0, table));
        Stream.concat(
                        wanted.beyond().stream().map(SourceRoutes::prefix),
                        Stream.of(Route.defaultVia(gateway).destination()))
                .forEach(to -> routes.add(new Route(to, Optional.of(gateway), link, Optional.empty(), 0, table)));
        return routes;
    }

    private static Prefix subnet(LinkAddress address) {
        return switch (address) {
            case InterfaceAddress ipv4 -> prefix(ipv4.subnet());
            case Ipv6InterfaceAddress ipv6 -> prefix(ipv6.subnet());
        };
    }

    private static Prefix prefix(IpSubnet subnet) {
        return new Prefix(Values.inet(subnet.base()), subnet.prefixLength());
    }

    private static Set<Integer> tables(Set<Rule> wanted, Set<Rule> found) {
        return Stream.concat(wanted.stream(), found.stream())
                .map(Rule::table)
                .filter(table -> table != Route.MAIN_TABLE)
                .collect(Collectors.toSet());
    }

    /** What would not be replaced; the kernel says of some routes more than they were made with. */
    private static void removeRoutes(RouteConnection inside, Set<Integer> tables, Set<Route> wanted)
            throws IOException {
        Set<String> kept = wanted.stream().map(SourceRoutes::place).collect(Collectors.toSet());
        for (Route route : inside.routes()) {
            if (tables.contains(route.table()) && !kept.contains(place(route))) {
                inside.request(RouteRequests.deleteRoute(route));
            }
        }
    }

    private static String place(Route route) {
        return route.table() + " " + route.destination();
    }
}
