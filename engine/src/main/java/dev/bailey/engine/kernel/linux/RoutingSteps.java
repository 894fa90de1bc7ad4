package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.firewall.EgressPolicy;
import dev.bailey.engine.firewall.EgressPolicy.Exit;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.linux.Errno;
import dev.bailey.netlink.NetlinkConnection.Request;
import dev.bailey.netlink.route.Link;
import dev.bailey.netlink.route.Prefix;
import dev.bailey.netlink.route.Route;
import dev.bailey.netlink.route.RouteConnection;
import dev.bailey.netlink.route.RouteRequests;
import dev.bailey.netlink.route.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has marked packets of one family take their ways: rules of policy routing, and a table with a default route for each uplink in use.
 *
 * <pre>{@code
 * 30070: not from all fwmark 0/0xfc000000 lookup main suppress_prefixlength 0
 * 30071: from all fwmark 0x4000000/0xfc000000 lookup 717001
 * }</pre>
 *
 * <p>All of main's routes come first but its default ones; where the table has no route, main's default one is taken. When a
 * link goes down, the kernel takes its routes away without a word, so what there is is read before each change. For tasks of
 * the writer, one at a time.
 */
final class RoutingSteps {
    private static final Logger LOG = LoggerFactory.getLogger(RoutingSteps.class);

    /** Who made rules and routes, in the place of RTPROT_* of linux/rtnetlink.h; nobody else's in iproute2's list. */
    private static final int MAKER = 71;

    private static final int SPECIFIC_FIRST = 30_070;
    private static final int BY_MARK = 30_071;
    /** What a route gets that asks for nothing, IP6_RT_PRIO_USER of net/ip6_fib.h. */
    private static final int IPV6_METRIC = 1024;

    private static final Set<Errno> GONE = Set.of(Errno.ENOENT, Errno.ESRCH, Errno.ENODEV);
    /**
     * ENODEV, ENETDOWN, ENETUNREACH: the link went while nobody looked, of which the kernel tells in a moment. EACCES: IPv6 is
     * switched off on it (fib6_nh_init of net/ipv6/route.c).
     */
    private static final Set<Errno> LINK_UNFIT = Set.of(Errno.ENODEV, Errno.EACCES, new Errno(100), new Errno(101));

    private final IpFamily family;
    private final Prefix any;
    private final int metric;
    private final RouteConnection route;
    /** What the kernel did not take; when that has changed it is asked for anew. */
    private final Set<Route> refused = new HashSet<>();

    /** Changes rules and routes through a connection that stays the caller's. */
    RoutingSteps(IpFamily family, RouteConnection route) {
        this.family = family;
        this.route = route;
        any = switch (family) {
            case IPV4 -> Prefix.ANY_IPV4;
            case IPV6 -> Prefix.ANY_IPV6;
        };
        metric = switch (family) {
            case IPV4 -> 0;
            case IPV6 -> IPV6_METRIC;
        };
    }

    /** Whether a rule is one of the engine's. */
    static boolean isOwn(Rule rule) {
        return rule.protocol() == MAKER && (rule.priority() == SPECIFIC_FIRST || rule.priority() == BY_MARK);
    }

    /** Brings rules and routes to these ways; O(ways + the host's rules). */
    void commit(Map<Integer, Exit> exits) throws IOException {
        Set<Rule> wanted = rules(exits);
        Set<Rule> found = found();
        for (Rule rule : found) {
            if (!wanted.contains(rule)) {
                request(RouteRequests.deleteRule(rule), GONE);
            }
        }
        Map<Integer, Route> routes = routes(exits);
        for (Route surplus : routesBut(routes, tables(exits, found))) {
            request(RouteRequests.deleteRoute(surplus), GONE);
        }
        refused.clear();
        for (Route missing : missing(routes)) {
            if (!request(RouteRequests.replaceRoute(missing, MAKER), LINK_UNFIT)) {
                refused.add(missing);
            }
        }
        for (Rule rule : wanted) {
            if (!found.contains(rule)) {
                route.request(RouteRequests.addRule(rule));
            }
        }
    }

    /** Whether it was carried out. */
    private boolean request(Request request, Set<Errno> tolerated) throws IOException {
        try {
            route.request(request);
            return true;
        } catch (IOException refusal) {
            if (Refusals.errno(refusal).filter(tolerated::contains).isEmpty()) {
                throw refusal;
            }
            LOG.debug("not needed, or not now: {}", refusal.getMessage());
            return false;
        }
    }

    private Set<Rule> found() throws IOException {
        Set<Rule> found = new LinkedHashSet<>();
        route.rules().stream()
                .filter(rule -> isOwn(rule) && rule.source().equals(any))
                .forEach(found::add);
        return found;
    }

    private Set<Rule> rules(Map<Integer, Exit> exits) {
        Set<Rule> rules = new LinkedHashSet<>();
        if (!exits.isEmpty()) {
            rules.add(Rule.marked(any, 0, EgressPolicy.MARK_MASK, SPECIFIC_FIRST, Route.MAIN_TABLE)
                    .inverse()
                    .suppressing(0)
                    .by(MAKER));
        }
        new TreeMap<>(exits)
                .forEach((number, exit) -> rules.add(
                        Rule.marked(any, EgressPolicy.mark(number), EgressPolicy.MARK_MASK, BY_MARK, exit.table())
                                .by(MAKER)));
        return rules;
    }

    /** The routes that are wanted, by their table. */
    private Map<Integer, Route> routes(Map<Integer, Exit> exits) {
        Map<Integer, Route> routes = new HashMap<>();
        exits.values()
                .forEach(exit -> exit.hop()
                        .ifPresent(hop -> routes.put(
                                exit.table(),
                                new Route(
                                        any,
                                        hop.gateway().map(Values::inet),
                                        hop.link(),
                                        Optional.empty(),
                                        metric,
                                        exit.table()))));
        return routes;
    }

    /** The engine's own tables that may have routes: those that are wanted, and those that a rule leads to. */
    private static Set<Integer> tables(Map<Integer, Exit> exits, Set<Rule> found) {
        Set<Integer> tables = new LinkedHashSet<>();
        exits.values().forEach(exit -> tables.add(exit.table()));
        found.forEach(rule -> tables.add(rule.table()));
        tables.removeIf(table -> !EgressPolicy.isOwnTable(table));
        return tables;
    }

    /** What would not be replaced. */
    private List<Route> routesBut(Map<Integer, Route> wanted, Set<Integer> tables) throws IOException {
        List<Route> surplus = new ArrayList<>();
        for (int table : tables) {
            routesOf(table).stream()
                    .filter(each -> !wanted.containsKey(table) || !each.isDefault() || each.metric() != metric)
                    .forEach(surplus::add);
        }
        return surplus;
    }

    private List<Route> routesOf(int table) throws IOException {
        return switch (family) {
            case IPV4 -> route.ipv4Routes(table);
            case IPV6 -> route.ipv6Routes(table);
        };
    }

    private List<Route> missing(Map<Integer, Route> wanted) throws IOException {
        List<Route> missing = new ArrayList<>();
        for (Route each : wanted.values()) {
            if (!routesOf(each.table()).contains(each)) {
                missing.add(each);
            }
        }
        return missing;
    }

    /** What differs from what is wanted, in a few words. */
    List<String> broken(Map<Integer, Exit> exits) throws IOException {
        List<String> broken = new ArrayList<>();
        Set<Rule> found = found();
        for (Rule rule : rules(exits)) {
            if (!found.contains(rule)) {
                broken.add("the rule to look up table " + rule.table() + " was gone");
            }
        }
        List<Route> missing = missing(routes(exits));
        missing.removeAll(refused);
        for (Route each : missing) {
            if (isUp(each.link())) {
                broken.add("the default route of table " + each.table() + " was gone");
            }
        }
        return broken;
    }

    /** Whoever follows the uplinks sees to the routes of those that went. */
    private boolean isUp(int link) throws IOException {
        return route.link(link).filter(Link::up).isPresent();
    }
}
