package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.firewall.EgressPolicy;
import dev.bailey.engine.firewall.EgressPolicy.Exit;
import dev.bailey.linux.Errno;
import dev.bailey.netlink.NetlinkConnection.Request;
import dev.bailey.netlink.route.Prefix;
import dev.bailey.netlink.route.Route;
import dev.bailey.netlink.route.RouteConnection;
import dev.bailey.netlink.route.RouteRequests;
import dev.bailey.netlink.route.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has marked packets take their ways: rules of policy routing, and a table with a default route for each uplink in use.
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
    private static final Set<Errno> GONE = Set.of(Errno.ENOENT, Errno.ESRCH, Errno.ENODEV);
    /** ENODEV, ENETDOWN, ENETUNREACH: the link went while nobody looked, of which the kernel tells in a moment. */
    private static final Set<Errno> LINK_GONE = Set.of(Errno.ENODEV, new Errno(100), new Errno(101));

    private final RouteConnection route;

    /** Changes rules and routes through a connection that stays the caller's. */
    RoutingSteps(RouteConnection route) {
        this.route = route;
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
        for (Route missing : missing(routes)) {
            request(RouteRequests.replaceRoute(missing, MAKER), LINK_GONE);
        }
        for (Rule rule : wanted) {
            if (!found.contains(rule)) {
                route.request(RouteRequests.addRule(rule));
            }
        }
    }

    private void request(Request request, Set<Errno> tolerated) throws IOException {
        try {
            route.request(request);
        } catch (IOException refusal) {
            if (Refusals.errno(refusal).filter(tolerated::contains).isEmpty()) {
                throw refusal;
            }
            LOG.debug("not needed any more: {}", refusal.getMessage());
        }
    }

    private Set<Rule> found() throws IOException {
        Set<Rule> found = new LinkedHashSet<>();
        route.rules().stream().filter(RoutingSteps::isOwn).forEach(found::add);
        return found;
    }

    private static Set<Rule> rules(Map<Integer, Exit> exits) {
        Set<Rule> rules = new LinkedHashSet<>();
        if (!exits.isEmpty()) {
            rules.add(Rule.marked(0, EgressPolicy.MARK_MASK, SPECIFIC_FIRST, Route.MAIN_TABLE)
                    .inverse()
                    .suppressing(0)
                    .by(MAKER));
        }
        new TreeMap<>(exits)
                .forEach((number, exit) ->
                        rules.add(Rule.marked(EgressPolicy.mark(number), EgressPolicy.MARK_MASK, BY_MARK, exit.table())
                                .by(MAKER)));
        return rules;
    }

    /** The routes that are wanted, by their table. */
    private static Map<Integer, Route> routes(Map<Integer, Exit> exits) {
        Map<Integer, Route> routes = new HashMap<>();
        exits.values()
                .forEach(exit -> exit.hop()
                        .ifPresent(hop -> routes.put(
                                exit.table(),
                                new Route(
                                        Prefix.ANY_IPV4,
                                        hop.gateway().map(Values::inet),
                                        hop.link(),
                                        Optional.empty(),
                                        0,
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
            route.ipv4Routes(table).stream()
                    .filter(each -> !wanted.containsKey(table) || !each.isDefault() || each.metric() != 0)
                    .forEach(surplus::add);
        }
        return surplus;
    }

    private List<Route> missing(Map<Integer, Route> wanted) throws IOException {
        List<Route> missing = new ArrayList<>();
        for (Route each : wanted.values()) {
            if (!route.ipv4Routes(each.table()).contains(each)) {
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
        for (Route each : missing(routes(exits))) {
            broken.add("the default route of table " + each.table() + " was gone");
        }
        return broken;
    }
}
