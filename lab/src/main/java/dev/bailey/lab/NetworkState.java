package dev.bailey.lab;

import dev.bailey.linux.NetworkNamespace;
import dev.bailey.netlink.conntrack.ConnectionTuple;
import dev.bailey.netlink.conntrack.ConntrackConnection;
import dev.bailey.netlink.conntrack.ConntrackFilter;
import dev.bailey.netlink.conntrack.TrackedConnection;
import dev.bailey.netlink.nftables.InstalledTable;
import dev.bailey.netlink.nftables.NftablesConnection;
import dev.bailey.netlink.nftables.SetContent;
import dev.bailey.netlink.nftables.TableContent;
import dev.bailey.netlink.route.Address;
import dev.bailey.netlink.route.Link;
import dev.bailey.netlink.route.Route;
import dev.bailey.netlink.route.RouteConnection;
import dev.bailey.netlink.route.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a network namespace holds, one line for each thing, as a leak check compares it. */
final class NetworkState {
    private final List<String> lines = new ArrayList<>();
    private final String where;

    private NetworkState(String where) {
        this.where = where;
    }

    /** The links, addresses, routes, rules and packet filter tables of the namespace that this JVM lives in. */
    static List<String> ofThisJvm() {
        NetworkState state = new NetworkState("");
        try (NetworkNamespace namespace = NetworkNamespace.open(Path.of("/proc/self/ns/net"))) {
            namespace.<IOException>run(state::read);
        } catch (IOException e) {
            throw new LabException("looking at the network of this JVM", e);
        }
        return state.lines;
    }

    /** The same of a host, and the connections tracked there. */
    static List<String> of(LabHost host) {
        NetworkState state = new NetworkState(" in " + host.name());
        try {
            host.namespace().<IOException>run(() -> {
                state.read();
                state.readConnections();
            });
        } catch (IOException e) {
            throw new LabException("looking at the network of " + host.name(), e);
        }
        return state.lines;
    }

    private void read() throws IOException {
        try (RouteConnection connection = RouteConnection.open()) {
            readRoutes(connection);
        }
        try (NftablesConnection connection = NftablesConnection.open()) {
            for (InstalledTable table : connection.tables()) {
                connection.read(table.table().id()).ifPresent(this::add);
            }
        }
    }

    private void readRoutes(RouteConnection connection) throws IOException {
        List<Link> links = connection.links();
        Map<Integer, String> names = links.stream().collect(Collectors.toMap(Link::index, Link::name));
        links.forEach(link -> add("link " + link.index() + " " + link.name() + " " + link.kind()));
        for (Address address : connection.addresses()) {
            // The kernel gives and takes link-local ones when it likes.
            if (!address.prefix().address().isLinkLocalAddress()) {
                add("address " + address.prefix() + " on " + names.get(address.link()));
            }
        }
        for (Route route : connection.routes()) {
            if (!route.destination().address().isLinkLocalAddress()) {
                add("route " + describe(route, names));
            }
        }
        for (Rule rule : connection.rules()) {
            add("rule " + rule);
        }
    }

    private void add(TableContent content) {
        String table = "table " + content.table().table().id();
        add(table);
        content.chains().forEach(chain -> add(table + " chain " + chain.name()));
        // Not what the rules say, since counters are a part of that.
        content.rules().forEach(rule -> add(table + " chain " + rule.rule().chain() + " rule " + rule.handle()));
        for (SetContent set : content.sets()) {
            add(table + " set " + set.definition().name());
            set.elements()
                    .forEach(element -> add(table + " set " + set.definition().name() + " " + element));
        }
    }

    private void readConnections() throws IOException {
        try (ConntrackConnection connection = ConntrackConnection.open()) {
            for (TrackedConnection tracked : connection.connections(ConntrackFilter.ALL)) {
                ConnectionTuple tuple = tracked.original();
                add("connection " + Integer.toUnsignedString(tracked.id()) + " from "
                        + tuple.source().getHostAddress() + " to "
                        + tuple.destination().getHostAddress() + " " + tuple.transport());
            }
        }
    }

    private void add(String thing) {
        lines.add(thing.strip() + where);
    }

    private static String describe(Route route, Map<Integer, String> names) {
        return (route.isDefault() ? "default" : route.destination())
                + route.gateway()
                        .map(gateway -> " via " + gateway.getHostAddress())
                        .orElse("")
                + (route.link() == 0 ? "" : " on " + names.get(route.link()))
                + " table " + route.table()
                + (route.metric() == 0 ? "" : " metric " + route.metric());
    }
}
